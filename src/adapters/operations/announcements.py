"""Marks of the results that were announced, for whoever looks for one that was not."""

import random
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from adapters.failures import as_unavailable
from adapters.items import to_item
from quiz.errors import Unavailable
from quiz.operations.announcing import KEPT, START

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_MOST_WRITTEN = 25
_TRIES = 4
_PAUSE_SECONDS = 0.05


class Announcements:
    """Writes the announcements table; nothing here reads."""

    def __init__(self, client: "DynamoDBClient", table: str, clock: Callable[[], float] = time.time) -> None:
        self._client = client
        self._table = table
        self._clock = clock

    def mark(self, results: Iterable[str], in_time: Callable[[], bool]) -> list[str]:
        """Mark the results, once or again; gives those for which there was no time, or no room in the table."""
        marks = list(dict.fromkeys(results))
        expires_at = int(self._clock() + KEPT.total_seconds())
        left: list[str] = []
        for start in range(0, len(marks), _MOST_WRITTEN):
            chunk = marks[start : start + _MOST_WRITTEN]
            left += self._write([{"result": mark, "expires_at": expires_at} for mark in chunk], in_time)
        return left

    def begin(self, since: str) -> None:
        """Say from when on there are marks; unlike them, this stays."""
        if self._write([{"result": START, "since": since}], lambda: True):
            raise Unavailable("the table of announcements is too busy")

    def _write(self, rows: Iterable[dict[str, Any]], in_time: Callable[[], bool]) -> list[str]:
        waiting: Sequence[Any] = [{"PutRequest": {"Item": to_item(row)}} for row in rows]
        for tried in range(_TRIES):
            if not in_time():
                break
            with as_unavailable():
                answer = self._client.batch_write_item(RequestItems={self._table: waiting})
            waiting = answer["UnprocessedItems"].get(self._table, [])
            if not waiting:
                break
            time.sleep(random.uniform(0.5, 1) * _PAUSE_SECONDS * 2**tried)  # noqa: S311  # spreads callers
        return [row["PutRequest"]["Item"]["result"]["S"] for row in waiting]
