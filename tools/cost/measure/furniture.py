"""The tables, bucket, bus and topic, as Terraform would have made them, and their streams' records."""

import json
from typing import Any

from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.dynamo_type import DynamoType

from adapters import dynamo, events, exports
from adapters.live import winners
from tools.cost.definitions import Table, tables


def furnish() -> None:
    """Everything empty."""
    for name, table in tables().items():
        dynamo.client().create_table(**_schema(name, table))
    for bucket in ("results", "media"):
        exports.client().create_bucket(Bucket=bucket)
    events.client().create_event_bus(Name="bus")
    winners.client().create_topic(Name="winners")


def stored(table: str, key: dict[str, Any]) -> Any:
    """An item as it is now, or None; straight from where moto keeps it, because every image that is counted is read."""
    [backend] = dynamodb_backends.values()
    hash_key, *range_key = (DynamoType(key[name]) for name in tables()[table].keys)
    item = backend["us-east-1"].get_table(table).get_item(hash_key, range_key[0] if range_key else None)
    return None if item is None else json.loads(json.dumps(item.to_json()["Attributes"]))


def _schema(name: str, table: Table) -> dict[str, Any]:
    indexes = [
        {"IndexName": index, "KeySchema": _keys(held.keys), "Projection": {"ProjectionType": "ALL"}}
        for index, held in table.indexes.items()
    ]
    return {
        "TableName": name,
        "KeySchema": _keys(table.keys),
        "AttributeDefinitions": [{"AttributeName": key, "AttributeType": kind} for key, kind in table.types.items()],
        "BillingMode": "PAY_PER_REQUEST",
        **({"GlobalSecondaryIndexes": indexes} if indexes else {}),
    }


def _keys(names: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"AttributeName": name, "KeyType": kind} for name, kind in zip(names, ("HASH", "RANGE"), strict=False)]


def stream_record(number: int, table: str, old: Any, new: Any) -> dict[str, Any]:
    """A change as a stream tells of it."""
    images = {name: image for name, image in (("OldImage", old), ("NewImage", new)) if image is not None}
    keys = {name: (new or old)[name] for name in tables()[table].keys}
    return {
        "eventID": f"{number:032x}",
        "eventName": "INSERT" if old is None else "REMOVE" if new is None else "MODIFY",
        "eventSourceARN": f"arn:aws:dynamodb:us-east-1:123456789012:table/{table}/stream/2026-01-01T00:00:00.000",
        "dynamodb": {"Keys": keys, "SequenceNumber": str(10**20 + number), **images},
    }
