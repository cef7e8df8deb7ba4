"""The real handler with its tables in the proofs' emulator; every call it makes passes here."""

import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.client import BaseClient

from adapters import clients, dynamo
from adapters.items import from_item, to_item
from handlers.api import http
from handlers.api.practice import creating, routes
from quiz.practice.sessions import PolicyName
from quiz.questions import Question, Quiz
from tests.proofs.live import events
from tests.proofs.live.calls import Crash
from tests.proofs.practice.wire import Books, Row, State, Told, questions
from tests.proofs.violation import Violation
from tests.unit.builders import context, stored
from tools.stack import emulator

MOST_QUESTIONS = 8
_TABLES = {
    "sessions": ("session_id",),
    "progress": ("user_id", "question_id"),
    "questions": ("question_id",),
    "quizzes": ("quiz_id",),
}
# A memory that was due long ago.
_MEMORY = {"stability": 3, "memory_difficulty": 5, "due": 1_600_000_000, "reviewed": 1_590_000_000}


class Place:
    """A bank with a quiz of each length, and what befalls the calls."""

    def __init__(self) -> None:
        self._crash: ContextVar[Crash | None] = ContextVar("crash", default=None)
        # Done once, just before the next transaction leaves.
        self.meanwhile: Callable[[], None] | None = None
        self._seeds: list[str] = []

    def call(self, operation: str, make: Callable[[], Any]) -> Any:
        """Any call of the handler."""
        if operation == "TransactWriteItems" and self.meanwhile:
            meanwhile, self.meanwhile = self.meanwhile, None
            meanwhile()
        crash = self._crash.get()
        return make() if crash is None else crash.run(operation, make)

    @contextmanager
    def crashing(self, number: int, *, before: bool = False) -> Iterator[Crash]:
        """The environment dies after the call of this number or just before it, or does not come so far."""
        crash = Crash(number, before)
        token = self._crash.set(crash)
        try:
            yield crash
        finally:
            self._crash.reset(token)
            cold()

    def serve(self, asked: list[Question], due: int, policy: PolicyName, seed: str) -> "Server":
        """A new student with a new session; the last `due` of the questions have been learnt once."""
        user_id = uuid.uuid4().hex
        for question in asked[len(asked) - due :]:
            row = {"user_id": user_id, "question_id": question.question_id, **_MEMORY}
            dynamo.client().put_item(TableName="progress", Item=to_item(row))
        self._seeds = [uuid.uuid4().hex, f"seed {seed}"]
        _, body = ask("POST /sessions", user_id, {"quiz_id": f"quiz-{len(asked)}", "policy": policy})
        return Server(body["session_id"], user_id)

    def draw(self) -> Any:
        """What is drawn instead of a random id: those of a session, and its seed."""
        return SimpleNamespace(hex=self._seeds.pop(0))


class Server:
    """A session behind the handler."""

    def __init__(self, session_id: str, user_id: str) -> None:
        self.session_id = session_id
        self.user_id = user_id

    def read(self) -> State:
        status, body = self._ask("GET /sessions/{session_id}")
        assert status == 200, body
        return _state(body)

    def answer(self, question_id: str, version: int, answer: str) -> Told:
        sent = {"question_id": question_id, "version": version, "selected_answers": [answer], "time_spent": 3}
        status, body = self._ask("POST /sessions/{session_id}/answer", sent)
        if status == 409:
            outdated = body["error"] == "outdated_session"
            return Told("outdated", _state(body["current"])) if outdated else Told("refused", None)
        assert status == 200, body
        if not body["correct"] and {"correct_answer", "explanation"} & set(body):
            raise Violation(f"the key was told after a wrong answer: {body}")
        return Told("accepted", _state(body), body["correct"], body["next_action"], body["penalty_indicator"])

    def books(self) -> Books:
        found = dynamo.client().query(
            TableName="progress",
            KeyConditionExpression="user_id = :user",
            ExpressionAttributeValues=to_item({":user": self.user_id}),
            ConsistentRead=True,
        )
        rows = {row["question_id"]: row for row in map(from_item, found["Items"])}
        summary = rows.pop("#summary", {})
        answered = {question_id: _row(row) for question_id, row in rows.items() if "attempts" in row}
        counted, correct, mastered = (summary.get(name, 0) for name in ("answered", "correct", "mastered"))
        _check_categories(summary)
        return Books(Row(counted, correct, mastered, len(answered)), answered)

    def _ask(self, route: str, body: Any = None) -> tuple[int, Any]:
        return ask(route, self.user_id, body, {"session_id": self.session_id})


def ask(route: str, user_id: str, body: Any = None, path: dict[str, str] | None = None) -> tuple[int, Any]:
    """A request of the student: status and body."""
    event = {**events.request(route, user_id, body), "pathParameters": path}
    answer = http.handler(event, context())
    return answer["statusCode"], json.loads(answer["body"] or "null")


def cold() -> None:
    """From now on a new execution environment answers."""
    routes.bootstrap.cache_clear()


def _state(body: dict[str, Any]) -> State:
    question, progress = body["question"], body["progress"]
    return State(
        version=body["version"],
        question_id=question and question["question_id"],
        order=tuple(option["id"] for option in question.get("options", ())) if question else (),
        remaining=progress["remaining"],
        pool=progress["wrong_pool"],
        mastered=progress["mastered"],
        answered=progress["answered"],
        correct=progress["correct"],
    )


def _row(row: dict[str, Any]) -> Row:
    # Only what was answered has been reviewed since.
    is_remembered = row.get("reviewed", 0) > _MEMORY["reviewed"]
    return Row(row["attempts"], row["correct"], int(row["tries"] == 0), int(is_remembered))


def _check_categories(summary: dict[str, Any]) -> None:
    for name in ("answered", "correct"):
        parts = sum(value for key, value in summary.items() if key.startswith(f"{name}:"))
        if parts != summary.get(name, 0):
            raise Violation(f"rule 6: {name} in sum and by category differ: {summary}")


@contextmanager
def place_at(url: str) -> Iterator[Place]:
    """The handler, and the tables that it needs."""
    place, make = Place(), BaseClient._make_api_call  # type: ignore[attr-defined]
    variables = {
        **emulator.credentials(url),
        "AWS_DEFAULT_REGION": emulator.REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "MEDIA_BUCKET": "media",
        **{f"{name.upper()}_TABLE": name for name in _TABLES},
    }
    cached: tuple[Any, ...] = (clients.create, dynamo.client, http.bootstrap, routes.bootstrap)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        patch.setattr(creating, "uuid", SimpleNamespace(uuid4=place.draw))
        for each in cached:
            each.cache_clear()
        _furnish(dynamo.client())
        patch.setattr(
            BaseClient,
            "_make_api_call",
            lambda client, operation, given: place.call(operation, lambda: make(client, operation, given)),
        )
        yield place
        for each in cached:
            each.cache_clear()


def _furnish(client: Any) -> None:
    for name, keys in _TABLES.items():
        indexed = ("user_id", "due") if name == "progress" else ()
        index = {"IndexName": "by_due", "KeySchema": _schema(indexed), "Projection": {"ProjectionType": "KEYS_ONLY"}}
        client.create_table(
            TableName=name,
            KeySchema=_schema(keys),
            AttributeDefinitions=[
                {"AttributeName": key, "AttributeType": "N" if key == "due" else "S"} for key in {*keys, *indexed}
            ],
            BillingMode="PAY_PER_REQUEST",
            **({"GlobalSecondaryIndexes": [index]} if indexed else {}),
        )
    bank = questions(MOST_QUESTIONS)
    for question in bank:
        client.put_item(TableName="questions", Item=stored(question))
    for count in range(1, MOST_QUESTIONS + 1):
        quiz = Quiz(f"quiz-{count}", tuple(question.question_id for question in bank[:count]))
        client.put_item(TableName="quizzes", Item=stored(quiz))


def _schema(keys: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"AttributeName": key, "KeyType": kind} for key, kind in zip(keys, ("HASH", "RANGE"), strict=False)]
