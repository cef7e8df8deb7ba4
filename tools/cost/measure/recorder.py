"""Every AWS call of a handler, in the units that AWS bills."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import RLock
from typing import Any
from unittest.mock import patch

from botocore.client import BaseClient

from tools.cost import units
from tools.cost.definitions import Table, tables
from tools.cost.measure import reading
from tools.cost.measure.furniture import stored

Call = Callable[[Any, str, dict[str, Any]], Any]


@dataclass
class Counted:
    """What one piece of work has asked for. `writes` are units by table and by index, `payload` are billed requests."""

    calls: Counter[str] = field(default_factory=Counter)
    writes: Counter[str] = field(default_factory=Counter)
    payload: Counter[str] = field(default_factory=Counter)
    reads: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    log_bytes: int = 0
    response_bytes: int = 0
    cpu_ms: list[float] = field(default_factory=list)


class Recorder:
    """Stands between the handlers and moto. `changes` are the images that the tables' streams would tell of."""

    def __init__(self) -> None:
        self.counted: Counted | None = None
        self.changes: list[tuple[str, Any, Any]] = []
        self.sent: list[tuple[str, dict[str, Any]]] = []
        # Milliseconds of CPU that went into what AWS does, and into the counting.
        self.away_ms = 0.0
        self._make: Call = BaseClient._make_api_call  # type: ignore[attr-defined]
        self._lock = RLock()

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Every client's calls come through here."""
        with patch.object(BaseClient, "_make_api_call", lambda client, name, given: self._call(client, name, given)):
            yield

    def _call(self, client: Any, operation: str, given: dict[str, Any]) -> Any:
        # One at a time: moto loses updates of several threads, and images have to be those of the call.
        with self._lock:
            counted = self.counted
            if counted is None:
                return self._make(client, operation, given)
            begun = time.process_time()
            try:
                return self._answered(counted, client, operation, given)
            finally:
                self.away_ms += (time.process_time() - begun) * 1000

    def _answered(self, counted: Counted, client: Any, operation: str, given: dict[str, Any]) -> Any:
        service = client.meta.service_model.service_name
        counted.calls[f"{service}.{operation}"] += 1
        if service == "dynamodb":
            return self._database(counted, client, operation, given)
        self._payload(counted, service, operation, given)
        # No queue is there: what is sent is handed on by whoever measures.
        return {} if service == "sqs" else self._make(client, operation, given)

    def _payload(self, counted: Counted, service: str, operation: str, given: dict[str, Any]) -> None:
        self.sent.append((operation, given))
        texts = {
            "SendMessage": lambda: [given["MessageBody"]],
            "PutEvents": lambda: [entry["Detail"] for entry in given["Entries"]],
            "Publish": lambda: [given["Message"]],
        }.get(operation, lambda: [""])()
        counted.payload[f"{service}.{operation}"] += sum(units.requests(len(text.encode())) for text in texts)

    def _database(self, counted: Counted, client: Any, operation: str, given: dict[str, Any]) -> Any:
        touched = _touched(operation, given)
        before = [stored(table, key) for table, key in touched]
        answer = self._make(client, operation, given)
        factor = 2 if operation == "TransactWriteItems" else 1
        for (name, key), old in zip(touched, before, strict=True):
            self._written(counted, name, (old, stored(name, key)), factor)
        if not touched:
            counted.reads[operation] += reading.read_units(
                operation, given, answer, lambda name, query: self._make(client, name, query)
            )
        return answer

    def _written(self, counted: Counted, name: str, images: tuple[Any, Any], factor: int) -> None:
        old, new = images
        table = tables()[name]
        size = max((units.item_bytes(image) for image in (old, new) if image is not None), default=0)
        counted.writes[name] += factor * units.write_units(size)
        for index, held in table.indexes.items():
            # DynamoDB follows up in its indexes by itself, outside of the transaction.
            if cost := units.index_units(old, new, table, held):
                counted.writes[f"{name}/{index}"] += cost
        if table.has_stream and old != new:
            self.changes.append((name, old, new))


def _touched(operation: str, given: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The table and key of everything that the call writes."""
    if operation == "TransactWriteItems":
        parts = [part for action in given["TransactItems"] for part in action.values()]
    elif operation == "BatchWriteItem":
        parts = [
            {"TableName": name, **(request.get("PutRequest") or request["DeleteRequest"])}
            for name, requests in given["RequestItems"].items()
            for request in requests
        ]
    else:
        parts = [given] if operation in ("PutItem", "UpdateItem", "DeleteItem") else []
    return [(part["TableName"], part.get("Key") or _key(tables()[part["TableName"]], part["Item"])) for part in parts]


def _key(table: Table, item: dict[str, Any]) -> dict[str, Any]:
    return {name: item[name] for name in table.keys}
