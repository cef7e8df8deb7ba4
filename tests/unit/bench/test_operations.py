"""What is said of operations, and how it is judged."""

from collections import Counter

import pytest

from tools.bench import calls, cpu
from tools.bench.cpu import Compared
from tools.bench.operations.asked import Counted, answered, done, in_turn
from tools.bench.operations.catalogue import CATALOGUE, FOLLOWING, SAME, Promise
from tools.bench.operations.redis_calls import names

_NO_CALLS: Counter[str] = Counter()
_TWICE = Counted("a", aws=({"dynamodb.GetItem": 2}, {"dynamodb.GetItem": 2, "s3.PutObject": 1}), redis=({}, {}))


def test_every_other_name_is_in_the_catalogue() -> None:
    named = {*FOLLOWING, *(name for name, _ in FOLLOWING.values()), *SAME, *SAME.values()}
    assert named <= CATALOGUE.keys()


@pytest.mark.parametrize(
    ("response", "trouble"),
    [
        ({"statusCode": 200, "body": "{}"}, ""),
        ({"statusCode": 204}, ""),
        ({"statusCode": 404, "body": "gone"}, "404 gone"),
        ({"statusCode": 200, "body": '{"type":"error"}'}, '200 {"type":"error"}'),
    ],
)
def test_an_error_is_trouble(response: dict[str, object], trouble: str) -> None:
    assert answered(response, _NO_CALLS) == trouble


def test_a_record_that_comes_again_is_trouble() -> None:
    assert done({"batchItemFailures": []}, _NO_CALLS) == ""
    assert done({"batchItemFailures": [{"itemIdentifier": "1"}]}, _NO_CALLS)


def test_events_come_in_turn() -> None:
    event = in_turn("ab")
    assert [event(), event()] == ["a", "b"]


def test_commands_of_redis_are_told_by_their_names() -> None:
    packed = [b"*2\r\n$3\r\nget\r\n$1\r\nk\r\n*1\r\n$4\r\n", b"PING\r\n"]
    assert names(packed) == ["GET", "PING"]
    assert names("*1\r\n$4\r\nPING\r\n") == ["PING"]


def test_the_least_and_the_most_are_told() -> None:
    assert calls.calls(_TWICE) == "2 to 3: 2 GetItem, s3 PutObject"
    assert calls.commands(_TWICE) == "0"
    assert calls.calls(Counted("a", aws=({},))) == "0"


@pytest.mark.parametrize(
    ("promise", "holds"),
    [
        (Promise("a"), None),
        (Promise("a", aws=3), True),
        (Promise("a", aws=2), False),
        (Promise("a", aws=2, sometimes=1), True),
        (Promise("a", aws=1, sometimes=2), False),
    ],
)
def test_no_more_calls_than_promised(promise: Promise, holds: bool | None) -> None:
    assert calls.holds(_TWICE, promise) is holds


def test_more_commands_than_promised_and_trouble_are_no_good() -> None:
    assert calls.holds(Counted("a", aws=({},), redis=({"GET": 1},)), Promise("a", aws=0)) is False
    assert calls.holds(Counted("a", aws=({},), redis=({},), trouble="no"), Promise("a")) is False


def test_a_promise_in_words() -> None:
    assert calls.promised(Promise("a")) == ""
    assert calls.promised(Promise("a", aws=0, redis=1)) == "0, Redis 1"
    assert calls.promised(Promise("a", aws=2, sometimes=1)) == "2, sometimes 3"


def test_a_verdict_names_the_error_in_one_short_line() -> None:
    assert calls.verdict(Counted("a", trouble="ValueError: one\n  two")) == "fails: ValueError: one two"
    assert len(calls.verdict(Counted("a", trouble="x" * 500))) < 130
    assert calls.verdict(Counted("a", aws=({"x.Y": 1},), redis=({"GET": 2},))) == "1: x Y; Redis 2: 2 GET"


def test_a_ratio_is_that_of_rounds() -> None:
    assert Compared((1, 2, 9), (2, 4, 9)).ratio == 0.5
    assert Compared((1,)).ratio is None


def test_what_follows_is_added_by_its_share() -> None:
    name, (after, number) = next(iter(FOLLOWING.items()))
    found = {name: Compared((1.0, 2.0), (2.0, 4.0)), after: Compared((float(number), float(number)))}
    assert cpu.followed(found) == {name: Compared((2.0, 3.0), (2.0, 4.0))}
    assert cpu.followed({}) == {}
