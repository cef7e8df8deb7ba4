"""Draws a sample of a table: every item has the same chance, and what is read is bounded whatever the table holds.

A parallel scan parts a table into segments of about the same number of items. One of them is drawn by lot and read. How
many segments there have to be is judged by looks at others, so that whether an item is in the sample does not depend on
what lies beside it.
"""

import random
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from adapters.failures import as_unavailable
from adapters.observability import logger
from quiz.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Item = Mapping[str, Any]

# DynamoDB allows no more.
_MOST_SEGMENTS = 1_000_000
# From so many items in a segment on, their number in the table can be guessed.
_TELLING = 20
_STEP = 4
# A page has a megabyte at most. A sample is meant to have one and a half, and is cut off where it has many more.
_WANTED_BYTES = 1_500_000
_MOST_PAGES = 4

_encode = msgspec.json.Encoder().encode


class _Segment(NamedTuple):
    """Items of one segment, and whether it has more than were read."""

    items: list[Item]
    cut_off: bool


class Sampling:
    """Draws samples of about so many items, fewer where they are large, all where there are no more."""

    def __init__(self, client: "DynamoDBClient", wanted: int, chance: random.Random) -> None:
        self._client = client
        self._wanted = wanted
        self._chance = chance

    def draw(self, table: str, in_time: Callable[[], bool]) -> list[Item]:
        """One sample of the table."""
        drawn = self._segment(table, self._segments(table, in_time), _MOST_PAGES, in_time)
        if drawn.cut_off:
            logger().warning("a sample was cut off", table=table, items=len(drawn.items))
        return drawn.items

    def _segments(self, table: str, in_time: Callable[[], bool]) -> int:
        """How many segments the table has to be parted into."""
        segments = _MOST_SEGMENTS
        while True:
            seen = self._segment(table, segments, 1, in_time)
            if len(seen.items) >= _TELLING or seen.cut_off or segments == 1:
                break
            segments = max(1, segments // _STEP)
        size = sum(len(_encode(item)) for item in seen.items)
        # Of what was cut off only the beginning is known.
        share = max(len(seen.items) / self._wanted, size / _WANTED_BYTES, 2 if seen.cut_off else 0)
        return min(_MOST_SEGMENTS, max(1, round(segments * share)))

    def _segment(self, table: str, segments: int, pages: int, in_time: Callable[[], bool]) -> _Segment:
        """Any one of so many segments."""
        segment = self._chance.randrange(segments)
        items: list[Item] = []
        start: Any = {}
        for _ in range(pages):
            if not in_time():
                raise Unavailable("there was no time for the whole sample")
            with as_unavailable():
                page = self._client.scan(TableName=table, Segment=segment, TotalSegments=segments, **start)
            items += page["Items"]
            if "LastEvaluatedKey" not in page:
                return _Segment(items, cut_off=False)
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}
        return _Segment(items, cut_off=True)
