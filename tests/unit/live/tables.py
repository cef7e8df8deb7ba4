"""The tables of live quizzes as `modules/tables/tables.tf` makes them; a test under `tests/proofs/live` compares."""

from typing import Any

from msgspec import Struct


class Index(Struct, frozen=True):
    """A global index; without `include` it holds keys alone."""

    hash_key: str
    range_key: str | None = None
    include: tuple[str, ...] = ()


class Table(Struct, frozen=True):
    """A table's keys; attributes are strings but for those in `numbers`."""

    hash_key: str
    range_key: str | None = None
    indexes: dict[str, Index] = {}
    numbers: tuple[str, ...] = ()
    stream: str | None = None


TABLES = {
    "connections": Table("game_shard", "connection_id", {"by_connection": Index("connection_id")}),
    "games": Table(
        "game_id",
        indexes={"by_quiz": Index("quiz_id", "created_at", ("ended_at", "index", "join_code", "phase", "title"))},
        numbers=("created_at",),
    ),
    "participants": Table(
        "participant_id",
        "game_id",
        {
            "by_score": Index(
                "game_shard",
                "rank_score",
                ("last_answer", "last_index", "last_points", "last_share", "name", "score"),
            )
        },
        numbers=("rank_score",),
        stream="NEW_IMAGE",
    ),
    "questions": Table("question_id", indexes={"by_bucket": Index("bucket", "sample_key")}, numbers=("sample_key",)),
    "quizzes": Table("quiz_id"),
}


def create(client: Any, name: str, prefix: str = "") -> None:
    """Make one of them."""
    table = TABLES[name]
    keys = [(table.hash_key, table.range_key), *((index.hash_key, index.range_key) for index in table.indexes.values())]
    used = sorted({key for pair in keys for key in pair if key})
    details: dict[str, Any] = {}
    if table.indexes:
        details["GlobalSecondaryIndexes"] = [_index(key, index) for key, index in table.indexes.items()]
    if table.stream:
        details["StreamSpecification"] = {"StreamEnabled": True, "StreamViewType": table.stream}
    client.create_table(
        TableName=f"{prefix}{name}",
        KeySchema=_schema(table.hash_key, table.range_key),
        AttributeDefinitions=[
            {"AttributeName": key, "AttributeType": "N" if key in table.numbers else "S"} for key in used
        ],
        BillingMode="PAY_PER_REQUEST",
        **details,
    )


def _schema(hash_key: str, range_key: str | None) -> list[dict[str, str]]:
    named = [(hash_key, "HASH"), *([(range_key, "RANGE")] if range_key else [])]
    return [{"AttributeName": name, "KeyType": kind} for name, kind in named]


def _index(name: str, index: Index) -> dict[str, Any]:
    projection: dict[str, Any] = {"ProjectionType": "KEYS_ONLY"}
    if index.include:
        projection = {"ProjectionType": "INCLUDE", "NonKeyAttributes": list(index.include)}
    return {"IndexName": name, "KeySchema": _schema(index.hash_key, index.range_key), "Projection": projection}
