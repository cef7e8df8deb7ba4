"""The fuzz campaign notices each kind of fault; and what it found can be found again."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from handlers.api import http, quiz, socket
from handlers.intake import ledger
from handlers.queue import submissions
from tests.proofs.campaigns import fuzz
from tests.proofs.campaigns.fuzzing import bank, playing
from tests.proofs.campaigns.fuzzing.counting import Count, count
from tests.proofs.campaigns.fuzzing.judging import FAILED, LEAKED, RAISED, WRONG
from tools.leaderboard import scratch

_SEED = 20_260
_REQUESTS = 250


@dataclass
class _Broken:
    """A function that is no better than this."""

    handler: Any


@pytest.fixture(scope="module")
def redis_port() -> Iterator[int]:
    with scratch.server() as port:
        yield port


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playing, "REQUESTS", _REQUESTS)


def _played(redis_port: int) -> Count:
    return count(playing.play(_SEED, 0, redis_port))


def _broken(counted: Count) -> dict[str, set[str]]:
    """The kinds of faults by row."""
    found: dict[str, set[str]] = {}
    for offence in counted.offences:
        found.setdefault(offence.row, set()).add(offence.kind)
    return found


def test_every_kind_of_fault_is_noticed(redis_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = quiz.Quizzes._public

    def with_hint(self: Any, question: Any) -> Any:
        return shown(self, question).__class__(**{**_fields(shown(self, question)), "text": question.explanation})

    def talkative(event: dict[str, Any], context: Any) -> Any:
        print(json.dumps({"key": bank.word(5, 5)}))  # noqa: T201  # a log line
        return socket.handler(event, context)

    def crashing(event: dict[str, Any], context: Any) -> Any:
        return {**http.handler(event, context), "statusCode": 500}

    def raising(event: dict[str, Any], context: Any) -> Any:
        raise ValueError(event["Records"][0]["messageId"])

    def unbelieving(event: dict[str, Any], context: Any) -> Any:
        answer = ledger.handler(event, context)
        return {**answer, "statusCode": 418} if "statusCode" in answer else answer

    monkeypatch.setattr(quiz.Quizzes, "_public", with_hint)
    handlers = {**playing.HANDLERS, "socket": _Broken(talkative), "submissions": _Broken(raising)}
    monkeypatch.setattr(playing, "HANDLERS", {**handlers, "intake": _Broken(unbelieving)})
    counted = _played(redis_port)
    found = _broken(counted)
    assert found.pop("/quiz") == {LEAKED}
    assert found.pop("WebSocket messages") == found.pop("WebSocket connections") == {LEAKED}
    assert found.pop("LMS submissions") == {RAISED}
    assert found.pop("/intake") == {WRONG}
    assert found == {}

    # The section says so, and names what repeats it.
    section = fuzz.section(fuzz.Size(_REQUESTS), _SEED, counted)
    broken = [row.cells[0] for row in section.rows if row.holds is False]
    assert len(broken) == 5
    assert all(f"seed {_SEED}: request " in name for name in broken)

    monkeypatch.setattr(playing, "REQUESTS", 30)
    monkeypatch.setattr(playing, "HANDLERS", {**playing.HANDLERS, "http": _Broken(crashing)})
    assert {FAILED} <= _broken(_played(redis_port))["/questions"]


def _fields(struct: Any) -> dict[str, Any]:
    return {name: getattr(struct, name) for name in struct.__struct_fields__}


def test_a_good_record_that_is_asked_for_again_is_noticed(redis_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(event: dict[str, Any], context: Any) -> Any:
        submissions.handler(event, context)
        return {"batchItemFailures": [{"itemIdentifier": event["Records"][0]["messageId"]}]}

    monkeypatch.setattr(playing, "HANDLERS", {**playing.HANDLERS, "submissions": _Broken(refusing)})
    assert _broken(_played(redis_port)) == {"LMS submissions": {WRONG}}


def test_a_seed_repeats_a_run(redis_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playing, "REQUESTS", 60)
    runs = [
        [(outcome.asked.row, outcome.asked.route, outcome.verdicts) for outcome in playing.play(_SEED, 0, redis_port)]
        for _ in range(2)
    ]
    assert runs[0] == runs[1]
