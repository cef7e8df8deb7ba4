"""Many items in one call, with what was left over asked for again."""

import random
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from adapters.failures import as_unavailable
from adapters.items import to_item
from quiz.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Item = Mapping[str, Any]

MOST_READ = 100
_MOST_WRITTEN = 25
_TRIES = 4
_PAUSE_SECONDS = 0.05


def read(
    client: "DynamoDBClient",
    table: str,
    keys: Iterable[Mapping[str, str]],
    consistent: bool = False,
    enough: Callable[[Sequence[Item]], bool] = lambda items: False,
) -> list[Item]:
    """Those of the items that there are, in no order; at most a hundred. What comes late is left, if it is `enough`."""
    found: list[Item] = []
    asked: Any = {table: {"Keys": [to_item(key) for key in keys], "ConsistentRead": consistent}}
    for tried in range(_TRIES):
        with as_unavailable():
            answer = client.batch_get_item(RequestItems=asked)
        found += answer["Responses"].get(table, [])
        # Left over by throttling, or because one answer holds 16 MB at most.
        asked = answer.get("UnprocessedKeys")
        if not asked or enough(found):
            return found
        _pause(tried)
    raise Unavailable(f"{table} answered only in part")


def write(client: "DynamoDBClient", table: str, items: Sequence[Item]) -> None:
    """Store all items. Doing it again changes nothing."""
    for start in range(0, len(items), _MOST_WRITTEN):
        _write(client, table, [{"PutRequest": {"Item": item}} for item in items[start : start + _MOST_WRITTEN]])


def _write(client: "DynamoDBClient", table: str, rows: Sequence[Any]) -> None:
    for tried in range(_TRIES):
        with as_unavailable():
            answer = client.batch_write_item(RequestItems={table: rows})
        rows = answer["UnprocessedItems"].get(table, [])
        if not rows:
            return
        _pause(tried)
    raise Unavailable(f"{table} stored only a part")


def _pause(tried: int) -> None:
    longest = _PAUSE_SECONDS * 2**tried
    time.sleep(random.uniform(longest / 2, longest))  # noqa: S311  # spreads callers, guards nothing
