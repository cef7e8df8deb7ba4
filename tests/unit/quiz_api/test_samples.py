"""What a warm environment remembers of the bank, and for how long."""

from typing import TYPE_CHECKING

import pytest

from adapters import samples as module
from adapters.samples import Samples
from quiz.errors import Unavailable
from tests.unit.builders import Calls, refused
from tests.unit.quiz_api.support import choices, seeded, store

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def samples(database: "DynamoDBClient", calls: Calls, clock: Clock) -> Samples:
    store(database, [*choices(3), *choices(2, "art")])
    calls.watch(database)
    return Samples(database, "questions", seeded(), clock)


def test_a_bucket_is_read_once_in_five_minutes(samples: Samples, calls: Calls, clock: Clock) -> None:
    for now, expected in ((0, 1), (299, 1), (300, 1), (301, 2), (600, 2)):
        clock.now = now
        assert sorted(samples.ids("general", 2)) == [f"general-2-{i}" for i in range(3)]
        assert calls.names.count("Query") == expected


def test_an_empty_bucket_is_remembered_too(samples: Samples, calls: Calls) -> None:
    for _ in range(3):
        assert samples.ids("general", 5) == []
    assert calls.names == ["Query"]


def test_only_keys_are_read(samples: Samples, calls: Calls) -> None:
    samples.ids("general", 2)
    [(_, query)] = calls.made
    assert query["IndexName"] == "by_bucket"
    assert query["ProjectionExpression"] == "#question_id"
    assert query["ExpressionAttributeValues"][":bucket"] == {"S": "general#2"}


def test_categories_are_read_once_in_five_minutes(samples: Samples, calls: Calls, clock: Clock) -> None:
    for now in (0, 299, 301):
        clock.now = now
        assert samples.categories() == ["art", "general"]
    assert calls.names == ["Scan"] * 2


def test_what_was_forgotten_is_read_again_and_nothing_else(samples: Samples, calls: Calls) -> None:
    for _ in range(2):
        samples.ids("general", 2)
        samples.ids("art", 2)
        samples.categories()
        samples.forget("art")
    assert calls.names == ["Query", "Query", "Scan", "Query"]


def test_questions_come_in_the_order_asked_for(samples: Samples, calls: Calls) -> None:
    asked = ["general-2-2", "art-2-0", "general-2-0"]
    assert [question.question_id for question in samples.read(asked)] == asked
    assert calls.names == ["BatchGetItem"]


def test_a_question_that_is_gone_makes_the_lists_be_read_again(samples: Samples, calls: Calls) -> None:
    samples.ids("general", 2)
    assert samples.read(["general-2-0", "gone"])[0].question_id == "general-2-0"
    samples.ids("general", 2)
    assert calls.names == ["Query", "BatchGetItem", "Query"]


def test_a_failed_read_is_not_remembered(samples: Samples, calls: Calls) -> None:
    calls.answers["Query"] = lambda _: refused("ProvisionedThroughputExceededException")
    with pytest.raises(Unavailable):
        samples.ids("general", 2)
    del calls.answers["Query"]
    assert len(samples.ids("general", 2)) == 3


def test_the_oldest_lists_make_room(samples: Samples, calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_IDS_KEPT", 4)
    samples.ids("general", 2)
    samples.ids("art", 2)
    samples.ids("art", 2)
    assert calls.names == ["Query"] * 2
    samples.ids("general", 2)
    assert calls.names == ["Query"] * 3
