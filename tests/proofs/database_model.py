"""A DynamoDB for tests: tables in memory, the few operations that the handler uses, and a log of every write.

It evaluates the condition it is given and nothing else, so a write that comes without one does overwrite.
"""

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from threading import Lock
from typing import Any, NamedTuple, TypeAlias

from tests.proofs.faults import Answer, Network, client_error

Item: TypeAlias = Mapping[str, Any]

KEYS: Mapping[str, tuple[str, ...]] = {
    "submissions": ("student_id", "submission_id"),
    "quizzes": ("quiz_id",),
    "questions": ("question_id",),
}

_LARGEST_ITEM = 400 * 1024
_MOST_DIGITS = 38
_NOT_EXISTS = re.compile(r"attribute_not_exists\((\w+)\)")


class Unmodelled(BaseException):
    """The code asks for something this model does not know; no `except Exception` may hide that."""


class Cause(NamedTuple):
    """What a submission was written by."""

    invocation: int
    message_id: str

    def __str__(self) -> str:
        return f"invocation {self.invocation} for message {self.message_id}"


class Database:
    """The tables, shared by every environment. `on_write` is told of each submission's write inside the lock."""

    def __init__(self, on_write: Callable[[Cause, Item, bool], None]) -> None:
        self._lock = Lock()
        self._on_write = on_write
        self._tables: dict[str, dict[tuple[str, ...], Item]] = {table: {} for table in KEYS}

    def get(self, table: str, key: Item) -> Item | None:
        """The item, if there is one."""
        with self._lock:
            return self._tables[table].get(_key(table, key))

    def put(self, table: str, item: Item, condition: str | None = None, cause: Cause | None = None) -> Item | None:
        """Write the item and return nothing, or return the old one because the condition did not hold."""
        _check(item)
        with self._lock:
            rows, key = self._tables[table], _key(table, item)
            old = rows.get(key)
            if not _holds(condition, old):
                return old
            rows[key] = json.loads(json.dumps(item))
            if cause is not None:
                self._on_write(cause, rows[key], old is not None)
            return None

    def items(self, table: str) -> list[Item]:
        """Everything in the table."""
        with self._lock:
            return list(self._tables[table].values())


class DatabaseClient:
    """The botocore client of one environment: real errors, and the faults of its network."""

    def __init__(self, database: Database, network: Network) -> None:
        self._database = database
        self._network = network

    def get_item(self, *, TableName: str, Key: Item, ConsistentRead: bool = False) -> Answer:  # noqa: N803
        """One item by its key."""

        def call() -> Answer:
            item = self._database.get(TableName, Key)
            return {} if item is None else {"Item": item}

        return self._network.run("get_item", call)

    def batch_get_item(self, *, RequestItems: Mapping[str, Any]) -> Answer:  # noqa: N803
        """Items by their keys, in no particular order: here the last comes first."""
        [(table, request)] = RequestItems.items()

        def call() -> Answer:
            found = [self._database.get(table, key) for key in reversed(request["Keys"])]
            return {"Responses": {table: [item for item in found if item is not None]}, "UnprocessedKeys": {}}

        def partial() -> Answer:
            return {"Responses": {table: []}, "UnprocessedKeys": dict(RequestItems)}

        return self._network.run("batch_get_item", call, partial)

    def put_item(
        self,
        *,
        TableName: str,  # noqa: N803
        Item: Item,  # noqa: N803
        ConditionExpression: str | None = None,  # noqa: N803
        ReturnValuesOnConditionCheckFailure: str = "NONE",  # noqa: N803
    ) -> Answer:
        """One write, which its condition may refuse."""
        cause = Cause(self._network.invocation, getattr(self._network.working, "message_id", ""))

        def call() -> Answer:
            old = self._database.put(TableName, Item, ConditionExpression, cause)
            if old is None:
                return {}
            shown = old if ReturnValuesOnConditionCheckFailure == "ALL_OLD" else None
            raise client_error("PutItem", "ConditionalCheckFailedException", item=shown)

        return self._network.run("put_item", call)


def _key(table: str, values: Item) -> tuple[str, ...]:
    return tuple(values[name]["S"] for name in KEYS[table])


def _holds(condition: str | None, old: Item | None) -> bool:
    if condition is None:
        return True
    match = _NOT_EXISTS.fullmatch(condition)
    if match is None:
        raise Unmodelled(f"this model cannot evaluate the condition {condition!r}")
    return old is None or match[1] not in old


def _check(item: Item) -> None:
    """Limits that a hostile body could run into."""
    if len(json.dumps(item, ensure_ascii=False).encode()) > _LARGEST_ITEM:
        raise client_error("PutItem", "ValidationException")
    for attribute in item.values():
        if "N" in attribute and len(Decimal(attribute["N"]).as_tuple().digits) > _MOST_DIGITS:
            raise client_error("PutItem", "ValidationException")
