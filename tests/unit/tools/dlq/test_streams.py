"""What AWS's streams do and the emulator's do not: empty pages, closed shards, positions that are trimmed."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from botocore.exceptions import ClientError

from tests.unit.tools.dlq.builders import record
from tests.unit.tools.dlq.test_letters import POSITION
from tools.dlq.letters import Failure
from tools.dlq.streams import Gone, records

BASE = int(POSITION["startSequenceNumber"])  # type: ignore[call-overload]


class _Stream:
    """Answers pages of sequence numbers, counted from where the part begins."""

    def __init__(self, *pages: list[int], refuses: str = "", closed: bool = False) -> None:
        self._pages = list(pages)
        self._refuses = refuses
        self._closed = closed

    def get_shard_iterator(self, **asked: str) -> dict[str, str]:
        assert asked == {
            "StreamArn": POSITION["streamArn"],
            "ShardId": POSITION["shardId"],
            "ShardIteratorType": "AT_SEQUENCE_NUMBER",
            "SequenceNumber": POSITION["startSequenceNumber"],
        }
        if self._refuses:
            raise ClientError({"Error": {"Code": self._refuses, "Message": "trimmed"}}, "GetShardIterator")
        return {"ShardIterator": "next"}

    def get_records(self, *, ShardIterator: str) -> dict[str, Any]:  # noqa: N803
        assert ShardIterator == "next"
        page = self._pages.pop(0) if self._pages else []
        answer: dict[str, Any] = {"Records": [_record(BASE + number) for number in page]}
        return answer if self._closed and not self._pages else {**answer, "NextShardIterator": "next"}


def _record(number: int) -> dict[str, Any]:
    return {
        "eventName": "REMOVE",
        "userIdentity": {"Type": "Service", "PrincipalId": "dynamodb.amazonaws.com"},
        "dynamodb": {
            "SequenceNumber": str(number),
            "ApproximateCreationDateTime": datetime(2026, 11, 20, 12, tzinfo=UTC),
            "NewImage": {"raw": {"B": b"\x00\xff"}, "several": {"BS": [b"a"]}},
        },
    }


def _read(stream: _Stream, last: int = 1) -> list[list[int]]:
    part = {**POSITION, "endSequenceNumber": str(BASE + last)}
    failure = msgspec.convert(record(DDBStreamBatchInfo=part) | {"requestPayload": msgspec.Raw(b"")}, Failure)
    bundles = records(stream, failure, sleep=lambda _: None)
    return [[int(one["dynamodb"]["SequenceNumber"]) - BASE for one in bundle] for bundle in bundles]


def test_empty_pages_are_passed_over_and_nothing_behind_the_end_is_read() -> None:
    assert _read(_Stream([], [0], [], [1, 2, 3])) == [[0], [1]]


def test_a_closed_shard_may_end_with_the_part() -> None:
    assert _read(_Stream([0, 1], closed=True)) == [[0, 1]]


@pytest.mark.parametrize(
    "stream",
    [
        _Stream([1]),
        _Stream([0], closed=True),
        _Stream(),
        _Stream(refuses="TrimmedDataAccessException"),
        _Stream(refuses="ResourceNotFoundException"),
    ],
)
def test_what_is_missing_is_told(stream: _Stream) -> None:
    with pytest.raises(Gone):
        _read(stream)


def test_who_may_not_read_the_stream_is_told_so() -> None:
    with pytest.raises(ClientError, match="AccessDenied"):
        _read(_Stream(refuses="AccessDeniedException"))


def test_a_bundle_is_no_larger_than_a_call_takes() -> None:
    assert [len(bundle) for bundle in _read(_Stream(list(range(230))), last=229)] == [100, 100, 30]


def test_records_look_as_lambda_writes_them() -> None:
    failure = msgspec.convert(
        record(DDBStreamBatchInfo={**POSITION, "endSequenceNumber": str(BASE)}) | {"requestPayload": msgspec.Raw(b"")},
        Failure,
    )
    [[one]] = records(_Stream([0]), failure, sleep=lambda _: None)
    assert one["eventSourceARN"] == POSITION["streamArn"]
    assert one["userIdentity"] == {"type": "Service", "principalId": "dynamodb.amazonaws.com"}
    assert one["dynamodb"]["ApproximateCreationDateTime"] == 1_795_176_000.0
    assert one["dynamodb"]["NewImage"] == {"raw": {"B": "AP8="}, "several": {"BS": ["YQ=="]}}
