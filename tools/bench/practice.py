"""What adaptive practice costs: choosing among many questions, the stored session, and a warm answer's AWS calls."""

import contextlib
import io
import json
import os
import statistics
import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from unittest.mock import patch

import msgspec
from botocore.client import BaseClient
from msgspec.structs import replace

from adapters import clients, dynamo
from adapters.items import plain, to_item
from handlers.api import http
from handlers.api.practice import routes
from quiz.keys import SingleChoice
from quiz.practice.policies import next_pick
from quiz.practice.pools import TRIES, Entry, Pool
from quiz.practice.practising import chosen, named, practise, remembering
from quiz.practice.sessions import Asked, CreateSession, Session, new_session
from quiz.questions import Option, Question
from tools.bench.cold_start import VARIABLES

_ID = "0123456789abcdef0123456789abcdef"
_MANY, _WRONG = 10_000, 500
_FEW, _FEW_WRONG = 10, 5
_ROUNDS, _PICKS = 31, 300
_ANSWERS = 300


class Measured(NamedTuple):
    """`ratio` is the time to choose among 10,000 questions with 500 wrong answers, over that among 10 with 5."""

    ratio: float
    item_bytes: int
    practise_us: float
    calls: Counter[str]
    most_calls: int
    answers_of_two_calls: float
    cpu_ms: float


class _Context:
    aws_request_id = "bench"

    def get_remaining_time_in_millis(self) -> int:
        return 10_000


def measure() -> Measured:
    """All of it."""
    many, few = _session(_MANY, _WRONG), _session(_FEW, _FEW_WRONG)
    calls, most, share, cpu = _answers()
    return Measured(selection_ratio(many, few), item_size(many), _practise_us(many), calls, most, share, cpu)


def selection_ratio(many: Session, few: Session) -> float:
    """Both are measured in turns, so that a busy machine slows both; the median of the rounds."""
    return statistics.median(_seconds(_picking(many)) / _seconds(_picking(few)) for _ in range(_ROUNDS))


def item_size(session: Session) -> int:
    """The bytes that DynamoDB counts of the stored session."""
    return sum(len(name.encode()) + _size(value) for name, value in to_item(plain(session)).items())


def _session(total: int, wrong: int) -> Session:
    """Half way through, with every field filled."""
    wanted = CreateSession(category="mathematics", difficulty=3)
    made = new_session(wanted, _ID, _ID, _ID, _ID, total, 0, 1_772_600_000)
    pool = Pool("".join(str(Pool().with_last(Entry(place, TRIES))) for place in range(total - wrong, total)))
    made = replace(made, pool=str(pool), new_asked=total // 2, answered=2 * total, correct=total, version=2 * total)
    shown = _shown(made)
    practised = practise(shown, _asked(shown), correct=False)
    return remembering(practised, practised.session, _ID * 2, "f" * 100)


def _shown(session: Session) -> Session:
    after, pick = chosen(session)
    return named(after, pick, "" if pick is None else f"q{pick.place}")


def _asked(session: Session) -> Asked:
    if session.asked is None:
        raise AssertionError("nothing is asked")
    return session.asked


def _picking(session: Session) -> Callable[[], None]:
    # Over many seeds: one alone may be quick or slow to find a place.
    sessions = [replace(session, seed=f"{_ID}{number}") for number in range(_PICKS)]

    def pick() -> None:
        for each in sessions:
            next_pick(each)

    return pick


def _seconds(work: Callable[[], None]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _practise_us(session: Session) -> float:
    """One right answer to what was wrong, and the choice of the next question."""
    asked = _asked(session)

    def work() -> None:
        for _ in range(_PICKS):
            chosen(practise(session, asked, correct=True).session, asked.place)

    return statistics.median(_seconds(work) for _ in range(_ROUNDS)) / _PICKS * 1e6


def _size(attribute: Mapping[str, Any]) -> int:
    [(kind, value)] = attribute.items()
    match kind:
        case "S":
            return len(value.encode())
        case "N":
            # Two digits a byte, and one more; at most one for a sign.
            return len(value) // 2 + 2
        case "M":
            return 3 + sum(len(name.encode()) + 1 + _size(inner) for name, inner in value.items())
        case "L":
            return 3 + sum(1 + _size(inner) for inner in value)
    return 1


class _Tables:
    """Answers the handler's calls from memory; each transaction's session is the next one read."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.session = _begun()

    def answer(self, operation: str, asked: dict[str, Any]) -> dict[str, Any]:
        self.calls[operation] += 1
        if operation == "TransactWriteItems":
            self.session = asked["TransactItems"][0]["Put"]["Item"]
            return {}
        if operation == "GetItem":
            return {"Item": self.session}
        [(table, wanted)] = asked["RequestItems"].items()
        make = _row if table == "sessions" else _question
        return {"Responses": {table: [make(key) for key in wanted["Keys"]]}, "UnprocessedKeys": {}}


def _begun() -> dict[str, Any]:
    wanted = CreateSession(category="mathematics")
    made = new_session(wanted, "session", "student", _ID, "list", _MANY, 0, int(time.time()))
    return to_item(plain(_shown(made)))


def _row(key: Mapping[str, Any]) -> dict[str, Any]:
    number = int(key["session_id"]["S"].partition("#")[2])
    ids = [f"q{place}" for place in range(number * 2_000, (number + 1) * 2_000)]
    return to_item({"session_id": key["session_id"]["S"], "number": number, "ids": json.dumps(ids)})


def _question(key: Mapping[str, Any]) -> dict[str, Any]:
    options = tuple(Option(one, one.upper()) for one in "abcd")
    return to_item(plain(Question(key["question_id"]["S"], "Which?", SingleChoice("a"), options=options)))


def _answers() -> tuple[Counter[str], int, float, float]:
    """A student who is wrong one time in three: fewest calls of an answer, most, the share with two, milliseconds."""
    tables = _Tables()
    variables = {f"{name}_TABLE": name.lower() for name in ("SESSIONS", "PROGRESS", "QUESTIONS", "QUIZZES")}
    with (
        patch.dict(os.environ, {**VARIABLES, **variables, "MEDIA_BUCKET": "none"}),
        patch.object(BaseClient, "_make_api_call", lambda _, *asked: tables.answer(*asked)),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        _forget()
        try:
            spent, made = zip(*(_answer(tables, number) for number in range(_ANSWERS)), strict=True)
        finally:
            _forget()
    # Until the first right one the list has not been read.
    warm: list[Counter[str]] = list(made[2:])
    share = sum(calls.total() <= 2 for calls in warm) / len(warm)
    return min(warm, key=Counter.total), max(map(Counter.total, warm)), share, statistics.median(spent) * 1000


def _answer(tables: _Tables, number: int) -> tuple[float, Counter[str]]:
    event = _event(tables.session, "b" if number % 3 == 0 else "a")
    tables.calls.clear()
    begun = time.process_time()
    response = http.handler(event, _Context())
    spent = time.process_time() - begun
    if response["statusCode"] != 200:
        raise AssertionError(response)
    return spent, tables.calls.copy()


def _event(session: Mapping[str, Any], answer: str) -> dict[str, Any]:
    said = {
        "question_id": session["asked"]["M"]["question_id"]["S"],
        "selected_answers": [answer],
        "version": int(session["version"]["N"]),
        "time_spent": 5,
    }
    return {
        "routeKey": "POST /sessions/{session_id}/answer",
        "pathParameters": {"session_id": "session"},
        "requestContext": {
            "requestId": "bench",
            "authorizer": {"jwt": {"claims": {"sub": "student", "cognito:groups": "[]"}}},
        },
        "headers": {"content-type": "application/json"},
        "body": msgspec.json.encode(said).decode(),
    }


def _forget() -> None:
    cached: tuple[Any, ...] = (http.bootstrap, routes.bootstrap, dynamo.client, clients.create)
    for each in cached:
        each.cache_clear()
