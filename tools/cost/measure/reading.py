"""What reads cost: of whole items, whatever a projection leaves of them."""

from collections.abc import Callable
from typing import Any

from tools.cost import units
from tools.cost.definitions import tables
from tools.cost.measure.furniture import stored

Ask = Callable[[str, dict[str, Any]], Any]


def read_units(operation: str, given: dict[str, Any], answer: Any, ask: Ask) -> float:
    """Units of one call that reads."""
    match operation:
        case "GetItem":
            item = stored(given["TableName"], given["Key"]) or {}
            return units.read_units(units.item_bytes(item), consistent=bool(given.get("ConsistentRead")))
        case "BatchGetItem":
            return sum(_batch(name, wanted) for name, wanted in given["RequestItems"].items())
        case "Query" | "Scan":
            return _page(operation, given, answer, ask)
    raise ValueError(f"nothing is known of what {operation} costs")


def _batch(name: str, wanted: dict[str, Any]) -> float:
    """Each item is rounded up by itself."""
    consistent = bool(wanted.get("ConsistentRead"))
    sizes = [units.item_bytes(stored(name, key) or {}) for key in wanted["Keys"]]
    return sum(units.read_units(size, consistent=consistent) for size in sizes)


def _page(operation: str, given: dict[str, Any], answer: Any, ask: Ask) -> float:
    """A page is rounded up once, over all that it holds; an index holds only a part of each item."""
    table = tables()[given["TableName"]]
    rows = (ask(operation, _whole(given)) if "ProjectionExpression" in given else answer)["Items"]
    if "IndexName" in given:
        rows = [units.entry(row, table, table.indexes[given["IndexName"]]) or row for row in rows]
    return units.read_units(units.page_bytes(rows), consistent=bool(given.get("ConsistentRead")))


def _whole(given: dict[str, Any]) -> dict[str, Any]:
    """The same without its projection, and without the names that only that used."""
    whole = {name: value for name, value in given.items() if name != "ProjectionExpression"}
    said = " ".join(str(value) for name, value in whole.items() if name.endswith("Expression"))
    names = {name: real for name, real in whole.pop("ExpressionAttributeNames", {}).items() if name in said}
    return {**whole, **({"ExpressionAttributeNames": names} if names else {})}
