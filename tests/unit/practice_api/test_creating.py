"""What may be practised, and what a session takes of the table."""

from typing import TYPE_CHECKING, Any

import pytest

from adapters import dynamo
from adapters.bank import question_item
from adapters.practice.lists import Listed, Lists, list_id_of
from adapters.practice.sessions import session_item
from quiz.errors import Unavailable
from quiz.practice.pools import TRIES, Entry, Pool
from quiz.practice.sessions import Asked, LastAnswer, Session
from tests.unit.builders import Calls, accepted
from tests.unit.practice_api.support import Clock, Practice, call, choice, choices, restart, store

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

LONGEST = "x" * 128


def test_an_unknown_quiz(api: Calls) -> None:
    reply = call("POST /sessions", {"quiz_id": "nowhere"})
    assert (reply.status, reply.error) == (404, "unknown_quiz")


def test_an_empty_category(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(1, difficulty=3))
    for wanted in ({"category": "art"}, {"category": "science", "difficulty": 2, "policy": "spaced"}):
        reply = call("POST /sessions", wanted)
        assert (reply.status, reply.error) == (404, "not_found")
    # THEN what is added is found at once
    database.put_item(TableName="questions", Item=question_item(choice("new", category="art")))
    assert call("POST /sessions", {"category": "art"}).status == 201


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"quiz_id": "quiz", "category": "science"},
        {"quiz_id": 1},
        {"category": "science", "difficulty": 6},
        {"category": "science", "policy": "clever"},
        {"quiz_id": "quiz", "user_id": "student-2"},
    ],
)
def test_nonsense_is_refused(wanted: dict[str, Any], api: Calls) -> None:
    reply = call("POST /sessions", wanted)
    assert (reply.status, reply.error) == (400, "invalid_input")


def test_a_session_tells_where_it_is(api: Calls, database: "DynamoDBClient", clock: Clock) -> None:
    store(database, choices(2))
    reply = call("POST /sessions", {"quiz_id": "quiz"})
    assert reply.headers["Location"] == f"/sessions/{reply.body['session_id']}"
    assert reply.body == {
        "session_id": reply.body["session_id"],
        "version": 1,
        "total_questions": 2,
        "new": 2,
        "due": 0,
        "policy": "classic",
        "expires_at": "2026-03-18T05:06:07.000Z",
    }


def test_sessions_of_a_quiz_share_its_list(api: Calls, database: "DynamoDBClient", clock: Clock) -> None:
    store(database, choices(3))
    Practice()
    with api.counted() as second:
        Practice(user="student-2")
    assert second == ["GetItem", "PutItem"]
    # THEN it is written again for sessions that would outlive it
    clock.now += 2 * 86_400
    with api.counted() as later:
        Practice()
    assert "BatchWriteItem" in later


def test_ten_thousand_questions_are_under_4_kb() -> None:
    pool = Pool()
    for place in range(9_000, 9_500):
        pool = pool.with_last(Entry(place, TRIES))
    session = Session(
        session_id="0" * 32,
        user_id=LONGEST,
        policy="classic",
        seed="0" * 32,
        list_id="list-" + "0" * 32,
        new=10_000,
        due=0,
        created_at=1_772_600_767,
        expires_at=1_772_600_767,
        category="x" * 100,
        difficulty=2,
        version=123_456,
        new_asked=9_999,
        pool=str(pool),
        asked=Asked(9_999, LONGEST, "new", 123_456, 12),
        last=LastAnswer(LONGEST, "0" * 64, 123_455, True, "RETRY_SAME_QUESTION", 2),
        answered=123_456,
        correct=123_456,
        mastered=9_999,
    )
    size = _size({"M": session_item(session)})
    assert size < 3_500, size


def _size(attribute: dict[str, Any]) -> int:
    """As DynamoDB counts it, or a little more."""
    [(kind, value)] = attribute.items()
    if kind == "M":
        return 3 + sum(len(name.encode()) + _size(each) + 1 for name, each in value.items())
    return len(value.encode()) if kind == "S" else 21 if kind == "N" else 1


def test_long_lists_are_written_in_rows_and_read_in_one_call(api: Calls, database: "DynamoDBClient") -> None:
    ids = [f"{'x' * 120}-{number}" for number in range(4_500)]
    lists = Lists(dynamo.client(), "sessions")
    lists.write("a-list", Listed(ids), 1_000)
    assert lists.read("a-list", 4_500).ids == ids
    with api.counted() as calls:
        assert Lists(dynamo.client(), "sessions").read("a-list", 4_500).ids == ids
    assert calls == ["BatchGetItem"]
    rows = database.scan(TableName="sessions")["Items"]
    assert sorted(item["session_id"]["S"] for item in rows) == ["a-list#0", "a-list#1", "a-list#2"]
    assert max(len(item["ids"]["S"]) for item in rows) < 300_000


def test_a_list_that_is_not_whole_is_no_list(api: Calls) -> None:
    with pytest.raises(Unavailable, match="not whole"):
        Lists(dynamo.client(), "sessions").read("a-list", 3)


def test_old_lists_are_forgotten(api: Calls) -> None:
    lists = Lists(dynamo.client(), "sessions")
    for name in ("one", "two", "three"):
        lists.write(name, Listed([f"{name}-{number}" for number in range(40_000)]), 1_000)
    assert [lists.knows(name) for name in ("one", "two", "three")] == [False, True, True]


def test_equal_lists_have_one_name() -> None:
    assert list_id_of(["a", "b"]) == list_id_of(("a", "b"))
    assert len({list_id_of(ids) for ids in (["a", "b"], ["b", "a"], ["ab"], ['a","b'])}) == 4


def test_what_is_written_only_in_part_is_written_again(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(1))
    left = [True, True]

    def partly(call: dict[str, Any]) -> Any:
        return accepted(UnprocessedItems=call["RequestItems"]) if left and left.pop() else None

    api.answers["BatchWriteItem"] = partly
    Practice()
    assert api.names.count("BatchWriteItem") == 3
    restart()
    api.answers["BatchWriteItem"] = lambda call: accepted(UnprocessedItems=call["RequestItems"])
    assert call("POST /sessions", {"quiz_id": "quiz"}).status == 503
