"""What the streams of all tables have in common."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from adapters.correlation import about, of_record

Record = Mapping[str, Any]
InTime = Callable[[], bool]

_IDS = ("quiz_id", "submission_id")


class Follower(Protocol):
    """Does what follows from the records of one table."""

    def follow(self, records: list[Record], in_time: InTime) -> list[str]:
        """The sequence numbers of the records that have to come again."""


def table_of(record: Record) -> str:
    """The name of the table, out of arn:aws:dynamodb:region:account:table/name/stream/label."""
    parts = str(record.get("eventSourceARN", "")).split("/")
    return parts[1] if len(parts) > 1 else ""


def sequence_number(record: Record) -> str:
    """Where in its stream the record stands."""
    number: str = record["dynamodb"]["SequenceNumber"]
    return number


def about_change(record: Record) -> None:
    """Say which change the work is about from here on, by the ids that its row brings along."""
    row = record["dynamodb"].get("NewImage") or {}
    ids = {name: row[name].get("S") for name in _IDS if name in row}
    about(correlation_id=of_record(record), sequence_number=sequence_number(record), **ids)
