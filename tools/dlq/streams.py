"""Read a part of a table's stream again, as Lambda would hand it over."""

import base64
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from tools.dlq.letters import Failure

Record = dict[str, Any]

# Of records, for one call of a function: what its mapping hands over at most, and little enough for a call's size.
_MOST_RECORDS = 100
_MOST_EMPTY_PAGES = 50
_SECONDS_BETWEEN_PAGES = 0.25
_GONE = {"ResourceNotFoundException", "TrimmedDataAccessException"}


class Gone(Exception):
    """The stream does not hold the records any more."""


def records(client: Any, failure: Failure, sleep: Callable[[float], None] = time.sleep) -> Iterator[list[Record]]:
    """All records of the part, in their order and in bundles; Gone if some are missing."""
    part = failure.position
    assert part is not None  # noqa: S101  # whoever calls has looked
    expected, last = int(part.start_sequence_number), int(part.end_sequence_number)
    for page in _pages(client, failure, sleep):
        if page and expected and number(page[0]) != expected:
            raise Gone(f"the stream begins at {number(page[0])}, the batch began at {expected}")
        expected = 0 if page else expected
        wanted = [record for record in page if number(record) <= last]
        for begin in range(0, len(wanted), _MOST_RECORDS):
            yield [_as_event(record, part.stream_arn) for record in wanted[begin : begin + _MOST_RECORDS]]
        if page and number(page[-1]) >= last:
            return
    raise Gone("the stream ends before the batch does")


def number(record: Record) -> int:
    """Where in its shard the record stands."""
    return int(record["dynamodb"]["SequenceNumber"])


def _pages(client: Any, failure: Failure, sleep: Callable[[float], None]) -> Iterator[list[Record]]:
    part = failure.position
    assert part is not None  # noqa: S101  # whoever calls has looked
    try:
        iterator = client.get_shard_iterator(
            StreamArn=part.stream_arn,
            ShardId=part.shard_id,
            ShardIteratorType="AT_SEQUENCE_NUMBER",
            SequenceNumber=part.start_sequence_number,
        )["ShardIterator"]
        empty = 0
        while iterator and empty < _MOST_EMPTY_PAGES:
            answer = client.get_records(ShardIterator=iterator)
            yield answer["Records"]
            iterator = answer.get("NextShardIterator")
            empty = 0 if answer["Records"] else empty + 1
            sleep(_SECONDS_BETWEEN_PAGES)
    except ClientError as error:
        if error.response["Error"]["Code"] in _GONE:
            raise Gone(error.response["Error"].get("Message", "")) from error
        raise


def _as_event(record: Record, stream_arn: str) -> Record:
    """Lambda writes times as numbers, bytes in base 64, and whose stream it is."""
    plain: Record = _plain({**record, "eventSourceARN": stream_arn})
    if who := plain.pop("userIdentity", None):
        plain["userIdentity"] = {name[0].lower() + name[1:]: value for name, value in who.items()}
    return plain


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {name: _plain(inner) for name, inner in value.items()}
        case list():
            return [_plain(inner) for inner in value]
        case datetime():
            return value.timestamp()
        case bytes():
            return base64.b64encode(value).decode()
    return value
