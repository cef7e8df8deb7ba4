"""Why a transaction was cancelled is read by position, and what may pass is tried once more."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from adapters.transactions import transact
from quiz.errors import Unavailable
from tests.unit.builders import Calls, accepted, refused

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ACTIONS: Sequence[Any] = [{"Delete": {"TableName": "t", "Key": {"id": {"S": str(i)}}}} for i in range(3)]
PASSING = ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"]


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    slept: list[float] = []
    monkeypatch.setattr("adapters.transactions.time.sleep", slept.append)
    return slept


def _cancelled(*codes: str, **items: Any) -> Any:
    http, parsed = refused("TransactionCanceledException")
    reasons = [
        {"Code": code, **({"Item": items[f"at_{i}"]} if f"at_{i}" in items else {})} for i, code in enumerate(codes)
    ]
    return http, {**parsed, "CancellationReasons": reasons}


def _answer(calls: Calls, *answers: Any) -> None:
    waiting = iter(answers)
    calls.answers["TransactWriteItems"] = lambda _: next(waiting)


def test_what_is_written_has_no_refusals(dynamodb: "DynamoDBClient", calls: Calls, pauses: list[float]) -> None:
    _answer(calls, accepted())
    assert transact(dynamodb, ACTIONS) == {}
    assert (len(calls.made), pauses) == (1, [])


def test_failed_conditions_are_told_by_position_with_what_they_met(dynamodb: "DynamoDBClient", calls: Calls) -> None:
    met = {"id": {"S": "0"}}
    _answer(calls, _cancelled("ConditionalCheckFailed", "None", "ConditionalCheckFailed", at_0=met))
    assert transact(dynamodb, ACTIONS) == {0: met, 2: {}}


@pytest.mark.parametrize("code", PASSING)
def test_what_may_pass_is_tried_again_after_a_pause(
    code: str, dynamodb: "DynamoDBClient", calls: Calls, pauses: list[float]
) -> None:
    _answer(calls, _cancelled("None", code, "None"), accepted())
    assert transact(dynamodb, ACTIONS) == {}
    [pause] = pauses
    assert 0 <= pause <= 0.1


@pytest.mark.parametrize("code", PASSING)
def test_twice_is_enough(code: str, dynamodb: "DynamoDBClient", calls: Calls) -> None:
    _answer(calls, *[_cancelled("None", code, "None")] * 2)
    with pytest.raises(Unavailable):
        transact(dynamodb, ACTIONS)
    assert len(calls.made) == 2


def test_the_tries_are_told_apart(dynamodb: "DynamoDBClient", calls: Calls) -> None:
    # GIVEN that a token of a cancelled transaction would be answered as a repetition of it
    _answer(calls, _cancelled("TransactionConflict"), accepted())
    transact(dynamodb, ACTIONS)
    assert len({call["ClientRequestToken"] for _, call in calls.made}) == 2


def test_a_failed_condition_beside_a_conflict_is_final(dynamodb: "DynamoDBClient", calls: Calls) -> None:
    _answer(calls, _cancelled("TransactionConflict", "ConditionalCheckFailed"))
    assert transact(dynamodb, ACTIONS) == {1: {}}


@pytest.mark.parametrize("codes", [["ValidationError", "None"], ["ValidationError", "TransactionConflict"]])
def test_what_can_never_succeed_is_a_failure_of_ours(
    codes: list[str], dynamodb: "DynamoDBClient", calls: Calls
) -> None:
    _answer(calls, _cancelled(*codes))
    with pytest.raises(ClientError):
        transact(dynamodb, ACTIONS)
    assert len(calls.made) == 1


@pytest.mark.parametrize("code", ["TransactionInProgressException", "ThrottlingException", "InternalServerError"])
def test_trouble_with_the_whole_may_pass(code: str, dynamodb: "DynamoDBClient", calls: Calls) -> None:
    calls.answers["TransactWriteItems"] = lambda _: refused(code)
    with pytest.raises(Unavailable, match=code):
        transact(dynamodb, ACTIONS)


def test_any_other_refusal_is_passed_on(dynamodb: "DynamoDBClient", calls: Calls) -> None:
    _answer(calls, refused("AccessDeniedException"))
    with pytest.raises(ClientError, match="AccessDenied"):
        transact(dynamodb, ACTIONS)
