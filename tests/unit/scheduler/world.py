"""A world around the clock's function: its time stands still until the next trigger is due, and every call is heard."""

import json
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from types import SimpleNamespace
from typing import Any

import botocore.session
import msgspec
import pytest
from botocore.client import BaseClient

from adapters.live import joining
from adapters.live.games import Games
from adapters.live.joining import Joining
from adapters.live.players import Players
from handlers.scheduler import clock
from quiz.live.broadcasts import Job
from quiz.live.games import Game, Phase
from quiz.live.participants import scored
from quiz.live.settings import LiveSettings
from quiz.questions import Definition, Question, Quiz
from tests.unit.builders import context, fill_bank, question
from tests.unit.scheduler import places

# Long ago by the queue's own clock, so that nothing here depends on today.
BEGINNING = 1_800_000_000_000

_job = msgspec.json.Decoder(Job)


class Crash(BaseException):
    """The function's environment is gone, whatever it was doing."""


@cache
def _session() -> botocore.session.Session:
    return botocore.session.Session()


@cache
def made(service: str) -> Any:
    return _session().create_client(service, region_name=places.REGION)


class World:
    """Drives the real handler; `crash_after` counts the calls that the function makes."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = BEGINNING
        self.waiting: list[tuple[int, str]] = []
        self.jobs: list[Job] = []
        self.calls: list[str] = []
        self.correlated: list[str] = []
        self.hurried: list[int] = []
        self.crash_after: int | None = None
        self.slept: list[float] = []
        self.refuse: dict[str, BaseException] = {}
        self._inside = False
        self._original = BaseClient._make_api_call  # type: ignore[attr-defined]
        monkeypatch.setattr(BaseClient, "_make_api_call", self._listening())
        monkeypatch.setattr(clock, "now_ms", lambda: self.now)
        monkeypatch.setattr(clock, "time", SimpleNamespace(sleep=self._sleep))
        monkeypatch.setattr(joining, "now_ms", lambda: self.now)
        for name, value in places.SETTINGS.items():
            monkeypatch.setenv(name, value)
        places.build(made)

    # What is there

    def bank(self, quiz_id: str = "quiz", questions: int = 1, **live: Any) -> Definition:
        asked = tuple(question(question_id=f"q{number}", points=1) for number in range(questions))
        return self.bank_of(*asked, quiz_id=quiz_id, **live)

    def bank_of(self, *asked: Question, quiz_id: str = "quiz", **live: Any) -> Definition:
        settings = LiveSettings(**{"expected_players": 1, **live})
        quiz = Quiz(quiz_id=quiz_id, question_ids=tuple(q.question_id for q in asked), title="A quiz", live=settings)
        definition = Definition(quiz, asked)
        fill_bank(made("dynamodb"), definition)
        return definition

    def game(self, name: str = "quiz") -> Game:
        return Games(made("dynamodb"), "games", lambda: self.now).fresh(name)

    def join(self, *names: str, quiz: str = "quiz") -> None:
        game = self.game(quiz)
        for name in names:
            Joining(made("dynamodb"), "participants", "games").join(game, f"id-{name}", name)
            self.now += 1

    def answer(
        self, name: str, value: Any = True, quiz: str = "quiz", after_ms: int = 1000, game: Game | None = None
    ) -> None:
        """In time, counted from the opening of the question."""
        game = game or self.game(quiz)
        at = game.opened_at + after_ms
        asked = question(question_id=game.question_id or "")
        # Of what an update changed, moto leaves out what became equal to itself; the answer is stored all the same.
        with suppress(KeyError):
            Players(made("dynamodb"), "participants").answer(
                game, f"id-{name}", lambda streak: scored(game, asked, value, streak, at)
            )

    # What happens

    def event(self, action: str = "start", event_id: str = "event-1", quiz_id: str = "quiz", **more: Any) -> None:
        self.invoke(control_event(action, event_id, quiz_id, **more))

    def invoke(self, event: dict[str, Any]) -> Any:
        """One delivery to a warm environment, or to a new one after a crash."""
        self._inside = True
        try:
            return clock.handler(event, context())
        except Crash:
            forget()
            raise
        finally:
            self._inside = False

    def deliver(self, body: str, receives: int = 1, correlation_id: str = "c-1") -> bool:
        """One trigger; whether the queue may forget it."""
        record = {
            "messageId": "m1",
            "receiptHandle": "handle",
            "body": body,
            "attributes": {"ApproximateReceiveCount": str(receives)},
            "messageAttributes": {"correlation_id": {"dataType": "String", "stringValue": correlation_id}},
        }
        response = self.invoke({"Records": [record]})
        assert response in ({"batchItemFailures": []}, {"batchItemFailures": [{"itemIdentifier": "m1"}]})
        return not response["batchItemFailures"]

    def send(self, action: str, quiz: str = "quiz", **more: Any) -> bool:
        return self.deliver(json.dumps({"game_id": self.game(quiz).game_id, "action": action, **more}))

    def next(self) -> str:
        """Take what is due first, and let time pass until then."""
        first = min(self.waiting, key=lambda sent: sent[0])
        self.waiting.remove(first)
        self.now = max(self.now, first[0])
        return first[1]

    def step(self, times: int = 1) -> None:
        for _ in range(times):
            assert self.deliver(self.next())

    def run(self, until: Phase = Phase.ENDED, quiz: str = "quiz") -> Game:
        while self.waiting and self.game(quiz).phase is not until:
            self.step()
        assert self.game(quiz).phase is until
        return self.game(quiz)

    def run_to_question(self, index: int) -> None:
        while self.game().index < index:
            self.step()

    # What came of it

    def messages(self, kind: str = "", quiz: str = "") -> list[dict[str, Any]]:
        """The messages that were sent, each version once, as all see them."""
        by_version = {(job.game_id, job.version): json.loads(bytes(job.message)) for job in self.jobs}
        wanted = self.game(quiz).game_id if quiz else ""
        return [m for (game, _), m in by_version.items() if m["type"].startswith(kind) and wanted in ("", game)]

    def you(self, name: str, version: int) -> dict[str, Any]:
        [one] = {job.you[f"id-{name}"] for job in self.jobs if job.version == version and f"id-{name}" in job.you}
        return dict(msgspec.to_builtins(one))

    def objects(self) -> dict[str, bytes]:
        found = made("s3").list_objects_v2(Bucket=places.BUCKET).get("Contents", [])
        keys = [each["Key"] for each in found]
        return {key: made("s3").get_object(Bucket=places.BUCKET, Key=key)["Body"].read() for key in keys}

    def told(self) -> list[dict[str, Any]]:
        """What came by topic and bus."""
        return [json.loads(message["Body"]) for message in _received()]

    def winners(self) -> list[dict[str, Any]]:
        return [json.loads(each["Message"]) for each in self.told() if "Message" in each]

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += round(seconds * 1000)

    def _listening(self) -> Any:
        def call(client: Any, operation: str, parameters: dict[str, Any]) -> Any:
            if self._inside and operation in self.refuse:
                raise self.refuse[operation]
            # What is delivered here was never received from moto's queue.
            known = operation != "ChangeMessageVisibility"
            answer = self._original(client, operation, parameters) if known else {}
            self._hear(operation, parameters)
            return answer

        return call

    def _hear(self, operation: str, parameters: dict[str, Any]) -> None:
        if not self._inside:
            return
        self.calls.append(operation)
        if operation == "SendMessage":
            self.correlated.append(parameters["MessageAttributes"]["correlation_id"]["StringValue"])
        if operation == "SendMessage" and parameters["QueueUrl"] == places.JOBS:
            self.jobs.append(_job.decode(parameters["MessageBody"]))
        elif operation == "SendMessage":
            assert parameters["QueueUrl"] == places.TRIGGERS
            self.waiting.append((self.now + parameters["DelaySeconds"] * 1000, parameters["MessageBody"]))
        if operation == "ChangeMessageVisibility":
            self.hurried.append(parameters["VisibilityTimeout"])
        if self.crash_after is not None:
            self.crash_after -= 1
            if self.crash_after == 0:
                raise Crash(operation)


def control_event(action: str = "start", event_id: str = "event-1", quiz_id: str = "quiz", **more: Any) -> Any:
    return {
        "version": "0",
        "id": event_id,
        "source": "quiz.platform",
        "detail-type": "Quiz Control",
        "time": "2027-01-15T08:00:00Z",
        "detail": {"quiz_id": quiz_id, "action": action, **more},
    }


def forget() -> None:
    """The next delivery meets a new environment."""
    if clock.bootstrap.cache_info().currsize:
        clock.bootstrap().pool.shutdown()
    clock.bootstrap.cache_clear()


def _received() -> Iterator[Any]:
    while found := made("sqs").receive_message(QueueUrl=places.TOLD, MaxNumberOfMessages=10).get("Messages"):
        yield from found


def metrics(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """All metrics that were written, later ones over earlier ones."""
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {name: value for line in lines if "_aws" in line for name, value in line.items()}
