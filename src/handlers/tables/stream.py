"""What follows from a change in a table, by the table whose stream tells of it."""

import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from adapters import dynamo, events, exports, settings
from adapters.clients import time_for_a_call
from adapters.events import Bus
from adapters.exports import Exports
from adapters.observability import instrumented, logger
from adapters.operations.announcements import Announcements
from adapters.practice_analytics import Analytics
from handlers.tables.following import Follower, InTime, Record, sequence_number, table_of
from handlers.tables.marking import Marks
from handlers.tables.progress import ProgressFollower
from handlers.tables.results import ResultsFollower
from handlers.tables.submissions import SubmissionsFollower


class Settings(Struct, frozen=True):
    """Environment variables of the function."""

    analytics_table: str
    announcements_table: str
    event_bus_name: str
    progress_table: str
    submissions_table: str
    results_table: str
    results_bucket: str


@cache
def bootstrap() -> Mapping[str, Follower]:
    """Everything that lives as long as the environment does: what follows from the records of each table."""
    configured = settings.read(Settings, os.environ)
    bus = Bus(events.client(), configured.event_bus_name)
    marks = Marks(Announcements(dynamo.client(), configured.announcements_table))
    return {
        configured.progress_table: ProgressFollower(Analytics(dynamo.client(), configured.analytics_table)),
        configured.submissions_table: SubmissionsFollower(bus, marks),
        configured.results_table: ResultsFollower(Exports(exports.client, configured.results_bucket), bus, marks),
    }


@instrumented
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """A partial batch response: the stream is read again from the first record that failed."""
    by_table: dict[str, list[Record]] = {}
    for record in event["Records"]:
        by_table.setdefault(table_of(record), []).append(record)

    in_time = time_for_a_call(context)
    failed = [number for table, records in by_table.items() for number in _follow(table, records, in_time)]
    # Lambda goes by the lowest number; naming others beside it would tell it nothing.
    return {"batchItemFailures": [{"itemIdentifier": number} for number in sorted(failed, key=int)[:1]]}


def _follow(table: str, records: list[Record], in_time: InTime) -> list[str]:
    """The sequence numbers of the records that failed."""
    follower = bootstrap().get(table)
    if follower is None:
        logger().error("nothing is known of this table", table=table, records=len(records))
        return [sequence_number(record) for record in records]
    return follower.follow(records, in_time)
