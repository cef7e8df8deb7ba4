"""What the tests are made of: valid things with one detail changed."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from threading import Lock
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from adapters import clients
from adapters.items import to_item
from quiz import errors
from quiz.keys import Key, TrueFalse
from quiz.questions import Definition, Option, Question, Quiz

SRC = Path(errors.__file__).parents[1]
NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
PLENTY_OF_TIME_MS = 30_000


def question(key: Key | None = None, options: str = "", question_id: str = "q1", points: Decimal | int = 1) -> Question:
    """A question; every word of `options` is the id of one."""
    return Question(
        question_id=question_id,
        text="?",
        key=key or TrueFalse(correct=True),
        options=tuple(Option(id=word, text=word) for word in options.split()),
        points=Decimal(points),
    )


def definition(*questions: Question) -> Definition:
    asked = questions or (question(),)
    return Definition(Quiz(quiz_id="quiz", question_ids=tuple(q.question_id for q in asked)), asked)


def stored(struct: Any, **also: Any) -> dict[str, Any]:
    """A quiz or question as the bank holds it."""
    return to_item({**msgspec.to_builtins(struct, builtin_types=(Decimal,)), **also})


def fill_bank(client: Any, filled: Definition) -> None:
    """Put a quiz and its questions into the tables."""
    client.put_item(TableName="quizzes", Item=stored(filled.quiz))
    puts = [{"PutRequest": {"Item": stored(asked, bucket=3, sample_key="0.42")}} for asked in filled.questions]
    for start in range(0, len(puts), 25):
        client.batch_write_item(RequestItems={"questions": puts[start : start + 25]})


def submission(**changes: Any) -> dict[str, Any]:
    """The fields of a good submission; a change to `...` leaves the field out."""
    fields = {
        "schema_version": 1,
        "submission_id": "sub-1",
        "student_id": "student-1",
        "quiz_id": "quiz",
        "answers": {"q1": True},
        "submitted_at": "2026-03-04T05:06:07Z",
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not ...}


def body(**changes: Any) -> str:
    return json.dumps(submission(**changes))


def body_with_answer(raw: str) -> str:
    """A body whose one answer is this piece of raw JSON."""
    return body(answers={"q1": "@"}).replace('"@"', raw)


def sqs_record(message: str, message_id: str = "m1", group: str = "student-1", sent_ms: int = 0) -> dict[str, Any]:
    return {
        "messageId": message_id,
        "body": message,
        "attributes": {"MessageGroupId": group, "SentTimestamp": str(sent_ms), "SenderId": "AIDALMS"},
    }


def context(remaining_ms: int = PLENTY_OF_TIME_MS) -> Any:
    return SimpleNamespace(
        aws_request_id="request-1", function_version="7", get_remaining_time_in_millis=lambda: remaining_ms
    )


class Calls:
    """Every AWS call of the clients it watches, and answers for those operations that a test wants to answer itself."""

    def __init__(self) -> None:
        self.made: list[tuple[str, dict[str, Any]]] = []
        self.services: list[str] = []
        self.answers: dict[str, Any] = {}
        self._lock = Lock()

    def watch(self, client: Any) -> None:
        client.meta.events.register("before-call", self._hear)

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.made]

    @contextmanager
    def counted(self) -> Iterator[list[str]]:
        """The names of the calls made inside the block."""
        names: list[str] = []
        already = len(self.made)
        yield names
        names += self.names[already:]

    def _hear(self, model: Any, params: Mapping[str, Any], **_: Any) -> Any:
        payload = json.loads(params["body"])
        with self._lock:
            self.made.append((model.name, payload))
        answer = self.answers.get(model.name)
        return answer(payload) if answer else None


def watch_clients(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put every client that the code makes for itself from now on under watch."""
    make = clients.make

    def make_watched(service: str, *options: Any) -> Any:
        client = make(service, *options)
        calls.watch(client)
        calls.services.append(service)
        return client

    monkeypatch.setattr(clients, "make", make_watched)


def accepted(**parsed: Any) -> tuple[Any, dict[str, Any]]:
    """What botocore takes for a good answer of the service."""
    return SimpleNamespace(status_code=200), {"ResponseMetadata": {"HTTPStatusCode": 200}, **parsed}


def refused(code: str, status: int = 400) -> tuple[Any, dict[str, Any]]:
    """What botocore takes for an error answer of the service."""
    parsed = {"Error": {"Code": code, "Message": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return SimpleNamespace(status_code=status), parsed
