"""What is measured of requests: submissions of an LMS, quizzes over HTTP, practice. Functions are warm, as most are."""

import json
from collections.abc import Callable
from itertools import count
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from handlers.api import http
from handlers.api.practice import creating
from handlers.queue import submissions
from handlers.tables import stream
from tools.cost.measure import bank
from tools.cost.measure.asking import queued, request
from tools.cost.measure.place import Place
from tools.cost.measure.recorder import Counted

# Of each piece of work what it asked for, and how many times it was done.
Work = dict[str, tuple[Counted, int]]

# How many messages and records a function gets at once.
BATCH = 10
PRACTISED = 40


def lms(place: Place) -> Work:
    """A full batch of ten students who answered twenty questions each, and the announcement of their results."""
    batch, announced = Counted(), Counted()
    for run in ("cold", "warm"):
        counted = (None, None) if run == "cold" else (batch, announced)
        event = {"Records": [queued(submission(f"{run}-{number:04}"), number) for number in range(BATCH)]}
        _require(place.invoke(submissions.handler, event, counted[0]) == {"batchItemFailures": []}, run)
        follow(place, counted[1])
    return {"lms_batch": (batch, BATCH), "lms_stream": (announced, BATCH)}


def submission(student: str) -> str:
    """What an LMS posts of one student."""
    answers = {one.question_id: "abcd"[number % 4] for number, one in enumerate(bank.questions()[: bank.ASKED])}
    return json.dumps(
        {
            "schema_version": 1,
            "submission_id": f"{bank.QUIZ}-attempt-1",
            "student_id": f"school-42-student-{student}",
            "quiz_id": bank.QUIZ,
            "answers": answers,
            "submitted_at": "2026-11-20T15:04:05.678Z",
        }
    )


def quizzes(place: Place) -> Work:
    """Quizzes of ten questions: drawn, answered, exported and announced."""
    generated, submitted, followed = Counted(), Counted(), Counted()
    _take(place, None, None)
    follow(place, None)
    for _ in range(BATCH):
        _take(place, generated, submitted)
    # The record of a quiz that was only generated never reaches the function: its mapping's filter takes changes alone.
    place.recorder.changes = [change for change in place.recorder.changes if change[1] is not None]
    follow(place, followed)
    return {"generate": (generated, BATCH), "submit": (submitted, BATCH), "quizzes_stream": (followed, BATCH)}


def _take(place: Place, generated: Counted | None, submitted: Counted | None) -> None:
    wanted = {"quiz_type": bank.CATEGORY, "difficulty": bank.DIFFICULTY, "count": 10}
    quiz = _asked(place, request("POST /quiz/generate", wanted), generated)
    answers = {one["question_id"]: "abcd"[number % 4] for number, one in enumerate(quiz["questions"])}
    _asked(place, request("POST /quiz/submit", {"quiz_id": quiz["quiz_id"], "answers": answers}), submitted)


def practice(place: Place) -> Work:
    """One student: a session, its first question, and forty answers, every third of them wrong."""
    created, read, answered, followed = (Counted() for _ in range(4))
    wanted = {"category": bank.CATEGORY, "difficulty": bank.DIFFICULTY}
    # Which questions come again follows from the session's seed: the same for everybody who counts.
    with patch.object(creating, "uuid", SimpleNamespace(uuid4=_ids())):
        for counted in (None, created):
            session = _asked(place, request("POST /sessions", wanted), counted)
    path = {"session_id": session["session_id"]}
    shown = _asked(place, request("GET /sessions/{session_id}/question", **path), read)
    place.stream_records()
    for number in range(PRACTISED):
        said = {"question_id": shown["question"]["question_id"], "selected_answers": ["b" if number % 3 == 2 else "a"]}
        body = {**said, "time_spent": 5, "version": shown["version"]}
        shown = _asked(place, request("POST /sessions/{session_id}/answer", body, **path), answered)
    follow(place, followed)
    return {
        "session": (created, 1),
        "question": (read, 1),
        "answer": (answered, PRACTISED),
        "practice_stream": (followed, PRACTISED),
    }


def _ids() -> Callable[[], Any]:
    numbers = count()
    return lambda: SimpleNamespace(hex=f"{next(numbers):032x}")


def _asked(place: Place, event: dict[str, Any], counted: Counted | None) -> Any:
    response = place.invoke(http.handler, event, counted)
    _require(response["statusCode"] in (200, 201), place.said.getvalue()[-3000:])
    return json.loads(response["body"])


def follow(place: Place, counted: Counted | None) -> None:
    """Hand what has changed to the stream's function, some at a time."""
    records = place.stream_records()
    for start in range(0, len(records), BATCH):
        done = place.invoke(stream.handler, {"Records": records[start : start + BATCH]}, counted)
        _require(done == {"batchItemFailures": []}, done)


def _require(holds: bool, told: Any) -> None:
    if not holds:
        raise AssertionError(f"the handler answered {told}")
