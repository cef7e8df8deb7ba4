"""What AWS counts: bytes of items, units of reads and writes, requests of payloads; rounded up, as on the bill."""

from collections.abc import Iterable, Mapping
from typing import Any

from tools.cost.definitions import Index, Table

KB = 1024
# What one unit of a read takes, and one of a write.
READ_BYTES, WRITE_BYTES = 4 * KB, KB
# A message, and an event, is one request for each of these.
PAYLOAD_BYTES = 64 * KB

Item = Mapping[str, Mapping[str, Any]]


def item_bytes(item: Item) -> int:
    """Names and values, by the rules of DynamoDB's developer guide."""
    return sum(len(name.encode()) + value_bytes(value) for name, value in item.items())


def value_bytes(attribute: Mapping[str, Any]) -> int:
    """One value without its name."""
    [(kind, value)] = attribute.items()
    match kind:
        case "S":
            return len(value.encode())
        case "B":
            return len(value)
        case "N":
            return _number_bytes(value)
        case "M":
            return 3 + sum(len(name.encode()) + 1 + value_bytes(inner) for name, inner in value.items())
        case "L":
            return 3 + sum(1 + value_bytes(inner) for inner in value)
        case "SS":
            return sum(len(each.encode()) for each in value)
    return 1


def _number_bytes(value: str) -> int:
    # Two significant digits a byte, and one more; another for a sign.
    digits = value.lstrip("-").partition("E")[0].replace(".", "").strip("0")
    return -(-len(digits) // 2) + 1 + value.startswith("-")


def write_units(size: int) -> int:
    """Of one write of an item; of the larger one, where it replaces another."""
    return max(1, -(-size // WRITE_BYTES))


def read_units(size: int, *, consistent: bool) -> float:
    """Of one read, of an item or of a page."""
    whole = max(1, -(-size // READ_BYTES))
    return whole if consistent else whole / 2


def requests(size: int) -> int:
    """Of one message or event."""
    return max(1, -(-size // PAYLOAD_BYTES))


def entry(item: Item | None, table: Table, index: Index) -> dict[str, Any] | None:
    """What an index holds of an item; nothing of an item that lacks one of its keys."""
    if item is None or not all(key in item for key in index.keys):
        return None
    held = {*table.keys, *index.keys, *index.include}
    return {name: value for name, value in item.items() if name in held}


def index_units(before: Item | None, after: Item | None, table: Table, index: Index) -> int:
    """Units that a write of the table costs one of its indexes; none where nothing that it holds has changed."""
    old, new = entry(before, table, index), entry(after, table, index)
    if old == new:
        return 0
    if old is not None and new is not None and all(old[key] == new[key] for key in index.keys):
        return write_units(max(item_bytes(old), item_bytes(new)))
    # Another key is another place: the old row is taken out, and the new one put in.
    return sum(write_units(item_bytes(row)) for row in (old, new) if row is not None)


def page_bytes(rows: Iterable[Item]) -> int:
    """What a query reads before it is rounded up."""
    return sum(map(item_bytes, rows))
