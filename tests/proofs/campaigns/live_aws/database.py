"""DynamoDB and its streams: every operation that the handlers call, one at a time."""

from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

from tests.proofs.campaigns.live_aws import asking, writing
from tests.proofs.campaigns.live_aws.tables import Table
from tests.proofs.campaigns.live_aws.values import error, invalid, stored

Wanted = Mapping[str, Any]


class Database:
    """All tables. `operations` are called by their names in the service's API."""

    def __init__(self) -> None:
        self._tables: dict[str, Table] = {}
        self._lock = Lock()
        self.operations: dict[str, Callable[[Wanted], Any]] = {
            "BatchGetItem": self._batch_get,
            "BatchWriteItem": self._batch_write,
            "CreateTable": self._create,
            "DeleteItem": lambda wanted: writing.once(self._table(wanted), "Delete", wanted),
            "DescribeStream": lambda wanted: {"StreamDescription": {"Shards": [{"ShardId": wanted["StreamArn"]}]}},
            "DescribeTable": lambda wanted: {"Table": {"LatestStreamArn": wanted["TableName"]}},
            "GetItem": self._get,
            "GetRecords": self._records,
            "GetShardIterator": lambda wanted: {"ShardIterator": f"{wanted['ShardId']}:0"},
            "PutItem": lambda wanted: writing.once(self._table(wanted), "Put", wanted),
            "Query": lambda wanted: asking.query(self._table(wanted), wanted),
            "Scan": lambda wanted: asking.scan(self._table(wanted), wanted),
            "TransactWriteItems": self._transact,
            "UpdateItem": lambda wanted: writing.once(self._table(wanted), "Update", wanted),
        }

    def call(self, operation: str, wanted: Wanted) -> Any:
        """What the service answers, or raises."""
        with self._lock:
            return self.operations[operation](wanted)

    def _table(self, wanted: Wanted) -> Table:
        found = self._tables.get(wanted["TableName"])
        if found is None:
            raise error(wanted["TableName"], "ResourceNotFoundException")
        return found

    def _create(self, wanted: Wanted) -> Any:
        self._tables[wanted["TableName"]] = Table(wanted)
        return {}

    def _get(self, wanted: Wanted) -> Any:
        table = self._table(wanted)
        item = table.get(table.key(wanted["Key"]))
        return {} if item is None else {"Item": dict(item)}

    def _batch_get(self, wanted: Wanted) -> Any:
        answer: dict[str, list[Any]] = {}
        for name, asked in wanted["RequestItems"].items():
            table = self._table({"TableName": name})
            keys = [table.key(key) for key in asked["Keys"]]
            if len(keys) > 100 or len({*keys}) < len(keys):
                raise invalid("too many keys, or one of them twice")
            # In no particular order.
            answer[name] = [dict(item) for key in reversed(keys) if (item := table.get(key)) is not None]
        return {"Responses": answer, "UnprocessedKeys": {}}

    def _batch_write(self, wanted: Wanted) -> Any:
        if sum(map(len, wanted["RequestItems"].values())) > 25:
            raise invalid("too many requests")
        for name, requests in wanted["RequestItems"].items():
            table = self._table({"TableName": name})
            for request in requests:
                item = request["PutRequest"]["Item"]
                table.put(table.key(item), stored(item))
        return {"UnprocessedItems": {}}

    def _transact(self, wanted: Wanted) -> Any:
        writes = [
            writing.prepared(self._table(action), operation, action)
            for entry in wanted["TransactItems"]
            for operation, action in entry.items()
        ]
        if len({(write.table.name, write.key) for write in writes}) < len(writes) or len(writes) > 100:
            raise invalid("an item twice, or too many")
        if any(write.is_refused for write in writes):
            raise error("TransactWriteItems", "TransactionCanceledException", CancellationReasons=_reasons(writes))
        for write in writes:
            write.make()
        return {}

    def _records(self, wanted: Wanted) -> Any:
        name, _, place = wanted["ShardIterator"].rpartition(":")
        start = int(place)
        found = self._tables[name].images(start, wanted["Limit"])
        return {"Records": found, "NextShardIterator": f"{name}:{start + len(found)}"}


def _reasons(writes: list[writing.Write]) -> list[Any]:
    return [
        {"Code": "ConditionalCheckFailed", **write.met()} if write.is_refused else {"Code": "None"} for write in writes
    ]
