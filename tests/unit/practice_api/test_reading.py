"""Questions are read together, what is left over again, and a bank that keeps failing not at all for a while."""

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from aws_lambda_powertools.utilities.circuit_breaker import base

from adapters.practice import breaker
from adapters.practice.questions import PracticeQuestions
from handlers.api.practice import routes
from quiz.errors import NotFound, Unavailable
from tests.unit.builders import Calls, accepted, refused
from tests.unit.practice_api.support import Practice, choice, choices, restart, store

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@pytest.fixture
def practice(api: Calls, database: "DynamoDBClient") -> Practice:
    store(database, choices(30))
    return Practice()


def _asked(call: dict[str, Any]) -> list[str]:
    return [key["question_id"]["S"] for key in call["RequestItems"].get("questions", {"Keys": []})["Keys"]]


def test_the_next_few_are_read_together(practice: Practice, api: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.api.practice.asking._AHEAD", 5)
    api.made.clear()
    routes.bootstrap().viewing.asking.questions._kept.clear()
    for _ in range(12):
        practice.answer()
    reads = [_asked(call) for name, call in api.made if name == "BatchGetItem"]
    assert 2 <= len(reads) <= 3
    assert all(1 < len(ids) <= 8 for ids in reads)


def test_unprocessed_keys_are_asked_for_again(practice: Practice, api: Calls) -> None:
    restart()
    left = [True, True]

    def nothing(call: dict[str, Any]) -> Any:
        return accepted(Responses={}, UnprocessedKeys=call["RequestItems"]) if left and left.pop() else None

    api.answers["BatchGetItem"] = nothing
    assert practice.question().status == 200
    assert api.names[-3:] == ["BatchGetItem"] * 3


def test_those_that_only_may_come_are_not_waited_for(dynamodb: "DynamoDBClient", calls: Calls) -> None:
    item = {"question_id": {"S": "a"}, "text": {"S": "?"}}
    left = {"questions": {"Keys": [{"question_id": {"S": "b"}}]}}
    calls.answers["BatchGetItem"] = lambda _: accepted(Responses={"questions": [item]}, UnprocessedKeys=left)
    questions = PracticeQuestions(dynamodb, "questions")
    assert questions.get("a", ["b"]) is None
    assert calls.names == ["BatchGetItem"]


def test_a_bank_that_answers_nothing_is_unavailable(practice: Practice, api: Calls) -> None:
    restart()
    api.answers["BatchGetItem"] = lambda call: accepted(Responses={}, UnprocessedKeys=call["RequestItems"])
    reply = practice.question()
    assert (reply.status, reply.error) == (503, "unavailable")
    assert reply.headers["Retry-After"]


def _metrics(capsys: pytest.CaptureFixture[str]) -> list[str]:
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"_aws"' in line]
    return [name for line in lines for name in line if name.startswith("Circuit")]


def test_the_circuit_opens_and_closes(
    practice: Practice, api: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    restart()
    api.answers["BatchGetItem"] = lambda _: refused("ThrottlingException")
    for _ in range(breaker.FAILURES):
        assert practice.question().status == 503
    assert _metrics(capsys) == ["CircuitOpened"]
    # THEN nothing is asked for a while
    with api.counted() as calls:
        reply = practice.question()
    assert (reply.status, calls) == (503, ["GetItem"])
    assert reply.headers["Retry-After"]
    _later(monkeypatch, breaker.RECOVERY_SECONDS + 1)
    # THEN one probe fails, and the next one after another while does not
    assert practice.question().status == 503
    assert _metrics(capsys) == ["CircuitOpened"]
    with api.counted() as still:
        practice.question()
    assert still == ["GetItem"]
    api.answers.clear()
    _later(monkeypatch, 2 * breaker.RECOVERY_SECONDS + 2)
    assert practice.question().status == 200
    assert _metrics(capsys) == ["CircuitClosed"]
    assert practice.answer()["correct"]


def _later(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    later = int(time.time()) + seconds
    monkeypatch.setattr(base.CircuitBreakerHandler, "_now", staticmethod(lambda: later))


def test_what_is_kept_is_shown_while_it_is_open(practice: Practice, api: Calls) -> None:
    shown = practice.question().body
    api.answers["BatchGetItem"] = lambda _: refused("ThrottlingException")
    assert practice.question().body == shown


def test_only_what_may_pass_counts_as_a_failure() -> None:
    asked = []

    def fail(error: Exception) -> None:
        asked.append(error)
        raise error

    guarded = breaker.guarded("a-circuit", fail)
    for _ in range(2 * breaker.FAILURES):
        with pytest.raises(NotFound):
            guarded(NotFound("no"))
    for _ in range(2 * breaker.FAILURES):
        with pytest.raises(Unavailable):
            guarded(Unavailable("later"))
    assert len(asked) == 3 * breaker.FAILURES


def test_a_probe_that_did_not_end_keeps_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[Exception] = [*[Unavailable("later")] * breaker.FAILURES, NotFound("no")]

    def ask() -> str:
        if answers:
            raise answers.pop(0)
        return "found"

    guarded = breaker.guarded("b-circuit", ask)
    for _ in range(breaker.FAILURES):
        with pytest.raises(Unavailable):
            guarded()
    _later(monkeypatch, breaker.RECOVERY_SECONDS + 1)
    with pytest.raises(NotFound):
        guarded()
    # GIVEN that another thread goes on
    monkeypatch.setattr(base, "_probe_owner_id", lambda: "another")
    assert guarded() == "found"


def test_many_questions_are_not_kept(database: "DynamoDBClient") -> None:
    questions = PracticeQuestions(database, "questions")
    for number in range(400):
        questions._keep({f"q{number}": choice(f"q{number}")})
    assert len(questions._kept) == 300
