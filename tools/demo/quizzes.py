"""Three students sign up, take a quiz each, and get their scores from the server."""

import random
from collections.abc import Mapping
from typing import Any, NamedTuple

from quiz.questions import Question
from tools.api_client import ApiClient
from tools.demo.school_class import answer_of

# A talent between 0 (guesses) and 1 (knows everything), and what they want to be asked about.
_STUDENTS = {"ada": (1.0, "geography"), "ben": (0.6, "science"), "eve": (0.2, "history")}
_PASSWORD = "A-demo-passw0rd"  # noqa: S105  # of an emulator on the loopback interface


class QuizFailed(Exception):
    """The API refused something that a student may do."""


class Taken(NamedTuple):
    """A student's quiz and its score."""

    student: str
    category: str
    result: dict[str, Any]


def take(known: dict[str, Any], bank: Mapping[str, Question], run: str) -> list[Taken]:
    """Everything over HTTP, as an app on a phone would do it."""
    return [_take(known, bank, f"{name}-{run}", *wanted) for name, wanted in _STUDENTS.items()]


def _take(known: dict[str, Any], bank: Mapping[str, Question], student: str, talent: float, category: str) -> Taken:
    api, chance = ApiClient(known), random.Random(student)  # noqa: S311  # a demo
    username = f"{student}@example.com"
    api.sign_up(username, _PASSWORD)
    api.sign_in(username, _PASSWORD)
    quiz = _call(api, "/quiz/generate", {"quiz_type": category, "count": 10})
    asked = [bank[question["question_id"]] for question in quiz["questions"]]
    answers = {question.question_id: answer_of(question, chance, talent) for question in asked}
    return Taken(student, category, _call(api, "/quiz/submit", {"quiz_id": quiz["quiz_id"], "answers": answers}))


def _call(api: ApiClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    reply = api.call("POST", path, body)
    if reply.status != 200:
        raise QuizFailed(f"POST {path} answered {reply.status}: {reply.body}")
    answer: dict[str, Any] = reply.body
    return answer
