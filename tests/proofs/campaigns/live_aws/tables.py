"""One table with its indexes and its stream. Items are never changed, only replaced."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeAlias

from tests.proofs.campaigns.live_aws.values import Item, Value, invalid, rank

Key: TypeAlias = tuple[str, ...]


class Keys(NamedTuple):
    """The attributes that a table or an index is ordered by."""

    hash: str
    range: str | None

    def names(self) -> list[str]:
        return [name for name in self if name]

    def of(self, item: Mapping[str, Value]) -> dict[str, Value]:
        return {name: item[name] for name in self.names()}


@dataclass
class Index:
    """The items of each hash key. `shown` are the attributes that it has; None for all."""

    keys: Keys
    shown: frozenset[str] | None
    rows: dict[str, dict[Key, Item]] = field(default_factory=dict)

    def drop(self, key: Key, item: Item) -> None:
        if self._holds(item):
            del self.rows[_text(item[self.keys.hash])][key]

    def keep(self, key: Key, item: Item) -> None:
        if self._holds(item):
            self.rows.setdefault(_text(item[self.keys.hash]), {})[key] = item

    def show(self, item: Item) -> Item:
        return item if self.shown is None else {name: item[name] for name in item if name in self.shown}

    def _holds(self, item: Item) -> bool:
        return all(name in item for name in self.keys.names())


class Table:
    """`described` is what it was made with."""

    def __init__(self, described: Mapping[str, Any]) -> None:
        self.name: str = described["TableName"]
        self.keys = _keys(described["KeySchema"])
        self.has_stream = described.get("StreamSpecification", {}).get("StreamEnabled", False)
        self._images: list[dict[str, Any]] = []
        self._forgotten = 0
        # The table is an index of itself.
        self.indexes: dict[str, Index] = {"": Index(self.keys, None)}
        for one in described.get("GlobalSecondaryIndexes", ()):
            self.indexes[one["IndexName"]] = _index(self.keys, one)
        self._items: dict[Key, Item] = {}

    def key(self, values: Mapping[str, Value]) -> Key:
        try:
            return tuple(_text(values[name]) for name in self.keys.names())
        except KeyError as missing:
            raise invalid(f"the key {missing} is missing") from missing

    def get(self, key: Key) -> Item | None:
        return self._items.get(key)

    def all(self) -> list[Item]:
        return list(self._items.values())

    def put(self, key: Key, item: Item | None) -> None:
        """Replace what is there; with None, remove it."""
        before = self._items.pop(key, None)
        for index in self.indexes.values():
            if before is not None:
                index.drop(key, before)
            if item is not None:
                index.keep(key, item)
        if item is not None:
            self._items[key] = item
        if self.has_stream and before != item:
            self._images.append(_image(self, self._forgotten + len(self._images), before, item))

    def images(self, start: int, most: int) -> list[dict[str, Any]]:
        """What the stream has from there on. What is before that, its one reader does not ask for again."""
        del self._images[: start - self._forgotten]
        self._forgotten = start
        return self._images[:most]

    def ordered(self, index: Index, hash_key: Value) -> list[tuple[Any, Item]]:
        """The index's rows with this hash key, by what they are ordered by."""
        rows = index.rows.get(_text(hash_key), {}).values()
        place = self.place(index)
        return sorted(((place(item), item) for item in rows), key=lambda row: row[0])

    def place(self, index: Index) -> Callable[[Mapping[str, Value]], Any]:
        """What an item, or the key of one, is ordered by; the table's own key decides between equal ones."""
        by = index.keys.range
        return lambda item: (rank(item[by]) if by else 0, self.key(item))


def _text(value: Value) -> str:
    """A key's value; those here are all text."""
    return str(value["S"])


def _image(table: Table, number: int, before: Item | None, after: Item | None) -> dict[str, Any]:
    there: Any = after if after is not None else before
    told = {"Keys": table.keys.of(there), **({} if after is None else {"NewImage": after})}
    return {
        "eventID": f"{table.name}-{number}",
        "eventName": "REMOVE" if after is None else "MODIFY" if before else "INSERT",
        "dynamodb": {**told, "ApproximateCreationDateTime": datetime.now(UTC), "SequenceNumber": f"{number:021d}"},
    }


def _index(of: Keys, described: Mapping[str, Any]) -> Index:
    keys, projection = _keys(described["KeySchema"]), described["Projection"]
    if projection["ProjectionType"] == "ALL":
        return Index(keys, None)
    return Index(keys, frozenset([*of.names(), *keys.names(), *projection.get("NonKeyAttributes", ())]))


def _keys(schema: list[dict[str, str]]) -> Keys:
    named = {one["KeyType"]: one["AttributeName"] for one in schema}
    return Keys(named["HASH"], named.get("RANGE"))
