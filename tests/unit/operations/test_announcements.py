"""Marks of announcements: written in few calls, found again, and never in anybody's way."""

import time
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from adapters.items import from_item
from adapters.operations.announced import Announced
from adapters.operations.announcements import Announcements
from adapters.operations.rows import Rows
from quiz.errors import Unavailable
from tests.unit.builders import Calls, accepted, refused

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TABLE = "announcements"
NOW = 1_772_600_767.5


def always() -> bool:
    return True


@pytest.fixture
def table(tables: "DynamoDBClient", calls: Calls, monkeypatch: pytest.MonkeyPatch) -> "DynamoDBClient":
    """The table, behind a client that is watched; nobody waits between tries."""
    tables.create_table(
        TableName=TABLE,
        KeySchema=[{"AttributeName": "result", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "result", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    calls.made.clear()
    return tables


@pytest.fixture
def announcements(table: "DynamoDBClient") -> Announcements:
    return Announcements(table, TABLE, clock=lambda: NOW)


@pytest.fixture
def announced(table: "DynamoDBClient") -> Announced:
    return Announced(Rows(table), TABLE)


def marks(number: int) -> list[str]:
    return [f"quiz#{i}" for i in range(number)]


def test_marks_are_written_in_calls_of_25(announcements: Announcements, calls: Calls) -> None:
    assert announcements.mark(marks(60), always) == []
    assert [len(call["RequestItems"][TABLE]) for _, call in calls.made] == [25, 25, 10]


def test_a_mark_goes_after_three_days(announcements: Announcements, table: "DynamoDBClient") -> None:
    announcements.mark(["quiz#1"], always)
    [item] = table.scan(TableName=TABLE)["Items"]
    assert from_item(item) == {"result": "quiz#1", "expires_at": int(NOW) + 3 * 86_400}


def test_one_that_is_left_twice_is_written_once(announcements: Announcements, calls: Calls) -> None:
    assert announcements.mark(["quiz#1", "quiz#2", "quiz#1"], always) == []
    assert [len(call["RequestItems"][TABLE]) for _, call in calls.made] == [2]


def test_nothing_to_mark_needs_no_call(announcements: Announcements, calls: Calls) -> None:
    assert announcements.mark([], always) == []
    assert calls.made == []


def _leaving(number: int) -> Any:
    """The table takes the rest of what it is given."""
    return lambda call: accepted(
        UnprocessedItems={TABLE: rows[:number]} if (rows := call["RequestItems"][TABLE]) else {}
    )


def test_what_was_left_over_is_written_again(announcements: Announcements, calls: Calls) -> None:
    left = iter([3, 1, 0])
    calls.answers["BatchWriteItem"] = lambda call: _leaving(next(left))(call)
    assert announcements.mark(marks(5), always) == []
    assert [len(call["RequestItems"][TABLE]) for _, call in calls.made] == [5, 3, 1]


def test_what_is_never_taken_is_named(announcements: Announcements, calls: Calls) -> None:
    calls.answers["BatchWriteItem"] = _leaving(2)
    assert announcements.mark(marks(5), always) == marks(2)
    assert len(calls.made) == 4


def test_without_time_nothing_is_written(announcements: Announcements, calls: Calls) -> None:
    assert announcements.mark(marks(30), lambda: False) == marks(30)
    assert calls.made == []


def test_time_that_runs_out_leaves_the_rest(announcements: Announcements, calls: Calls) -> None:
    remaining = iter([True, False])
    assert announcements.mark(marks(30), lambda: next(remaining, False)) == marks(30)[25:]


@pytest.mark.parametrize(
    ("code", "error"), [("ThrottlingException", Unavailable), ("AccessDeniedException", ClientError)]
)
def test_a_table_in_trouble_raises(
    announcements: Announcements, calls: Calls, code: str, error: type[Exception]
) -> None:
    calls.answers["BatchWriteItem"] = lambda _: refused(code)
    with pytest.raises(error):
        announcements.mark(marks(1), always)


def test_marks_are_found(announcements: Announcements, announced: Announced, calls: Calls) -> None:
    announcements.mark(marks(120), always)
    calls.made.clear()
    assert announced.unmarked([*marks(130), "quiz#3"]) == set(marks(130)[120:])
    assert [len(call["RequestItems"][TABLE]["Keys"]) for _, call in calls.made] == [100, 30]
    assert all(call["RequestItems"][TABLE]["ConsistentRead"] for _, call in calls.made)
    assert announced.unmarked([]) == set()


def test_the_beginning_is_no_mark_and_stays(
    announcements: Announcements, announced: Announced, table: "DynamoDBClient"
) -> None:
    assert announced.since() is None
    announcements.begin("2026-03-04T05:06:07.000Z")
    assert announced.since() == "2026-03-04T05:06:07.000Z"
    [item] = table.scan(TableName=TABLE)["Items"]
    assert "expires_at" not in item


def test_a_beginning_that_cannot_be_written_is_told(announcements: Announcements, calls: Calls) -> None:
    calls.answers["BatchWriteItem"] = _leaving(1)
    with pytest.raises(Unavailable):
        announcements.begin("2026-03-04T05:06:07.000Z")
