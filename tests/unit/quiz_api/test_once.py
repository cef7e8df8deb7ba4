"""A quiz is submitted once: whoever submits again, or at the same moment, gets the one result that counts."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import structs

from adapters.results import Results
from handlers.api import quiz as routes
from quiz.sittings import Sitting
from tests.unit.builders import Calls
from tests.unit.quiz_api.support import (
    choices,
    generated,
    read_results,
    store,
    submit,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@pytest.fixture
def quiz(api: Calls, database: "DynamoDBClient") -> Any:
    store(database, choices(3))
    return generated(count=3)


def _right(quiz: Any, number: int = 3) -> list[str]:
    return ["a"] * number + ["b"] * (len(quiz["questions"]) - number)


def test_the_same_answers_get_the_same_response_byte_for_byte(quiz: Any) -> None:
    first = submit(quiz["quiz_id"], _right(quiz, 1))
    assert first.status == 200
    assert first.body["percentage"] == Decimal("33.33")
    assert submit(quiz["quiz_id"], _right(quiz, 1)).text == first.text
    assert read_results(quiz["quiz_id"]).text == first.text


def test_other_answers_are_a_conflict_and_change_nothing(quiz: Any) -> None:
    first = submit(quiz["quiz_id"], _right(quiz, 1))
    reply = submit(quiz["quiz_id"], _right(quiz, 2))
    assert (reply.status, reply.body["error"]) == (409, "conflicting_submission")
    assert read_results(quiz["quiz_id"]).text == first.text


def _overtaken(monkeypatch: pytest.MonkeyPatch, rival: Callable[[], Any]) -> None:
    """Between the next read and the write that follows it, something else happens."""
    get, waiting = Results.get, [rival]

    def get_slowly(self: Results, quiz_id: str) -> Sitting:
        found = get(self, quiz_id)
        if waiting:
            waiting.pop()()
        return found

    monkeypatch.setattr(Results, "get", get_slowly)


def test_of_two_at_once_with_the_same_answers_both_see_one_result(quiz: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    replies = []
    _overtaken(monkeypatch, lambda: replies.append(submit(quiz["quiz_id"], _right(quiz, 1))))
    replies.append(submit(quiz["quiz_id"], _right(quiz, 1)))
    assert [reply.status for reply in replies] == [200, 200]
    assert replies[0].text == replies[1].text == read_results(quiz["quiz_id"]).text


def test_of_two_at_once_with_different_answers_the_first_wins(quiz: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    replies = []
    _overtaken(monkeypatch, lambda: replies.append(submit(quiz["quiz_id"], _right(quiz, 3))))
    late = submit(quiz["quiz_id"], _right(quiz, 1))
    assert (late.status, late.body["error"]) == (409, "conflicting_submission")
    assert replies[0].text == read_results(quiz["quiz_id"]).text


def test_a_quiz_that_expires_meanwhile_is_not_made_anew(
    quiz: Any, database: "DynamoDBClient", monkeypatch: pytest.MonkeyPatch
) -> None:
    key: Any = {"quiz_id": {"S": quiz["quiz_id"]}}
    _overtaken(monkeypatch, lambda: database.delete_item(TableName="results", Key=key))
    assert submit(quiz["quiz_id"], _right(quiz)).status == 404
    assert database.scan(TableName="results")["Items"] == []


def _at(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """So much later than now, for the server."""
    moment, quizzes = datetime.now(UTC) + timedelta(seconds=seconds), routes.bootstrap()
    monkeypatch.setattr(routes, "bootstrap", lambda: structs.replace(quizzes, now=lambda: moment))


@pytest.mark.parametrize(("seconds", "status"), [(59, 200), (64, 200), (66, 409), (10**6, 409)])
def test_a_late_submission_is_refused_after_some_grace(
    quiz: Any, monkeypatch: pytest.MonkeyPatch, seconds: float, status: int
) -> None:
    limited = generated(count=3, time_limit=60)
    assert "closes_at" in limited
    assert "closes_at" not in quiz
    _at(monkeypatch, seconds)
    reply = submit(limited["quiz_id"], _right(limited))
    assert reply.status == status
    assert status == 200 or reply.body["error"] == "too_late"


def test_a_result_is_told_again_after_the_quiz_has_closed(
    api: Calls, quiz: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited = generated(count=3, time_limit=60)
    first = submit(limited["quiz_id"], _right(limited))
    _at(monkeypatch, 10**6)
    assert submit(limited["quiz_id"], _right(limited)).text == first.text
