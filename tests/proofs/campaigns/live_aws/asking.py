"""Queries and scans, in pages that are smaller than DynamoDB's, so that there are more of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from tests.proofs.campaigns.live_aws.conditions import Condition, condition
from tests.proofs.campaigns.live_aws.reading import Bound
from tests.proofs.campaigns.live_aws.tables import Index, Table
from tests.proofs.campaigns.live_aws.values import Item, Value, invalid
from tests.proofs.campaigns.live_aws.writing import given
from tests.proofs.database_model import Unmodelled

_PAGE = 200
_KNOWN = {
    "TableName",
    "IndexName",
    "KeyConditionExpression",
    "FilterExpression",
    "ProjectionExpression",
    "ExpressionAttributeNames",
    "ExpressionAttributeValues",
    "ScanIndexForward",
    "ConsistentRead",
    "ExclusiveStartKey",
    "Limit",
    "Select",
}


def query(table: Table, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """A page of the items with one hash key."""
    index = table.indexes[wanted.get("IndexName", "")]
    if wanted.get("IndexName") and wanted.get("ConsistentRead"):
        raise invalid("an index cannot be read consistently")
    names, values = given(wanted)
    where = condition(wanted["KeyConditionExpression"])
    rows = table.ordered(index, _hash_key(index, where, names, values))
    # The key's condition holds for a range of them; a filter comes afterwards, when the page is full.
    rows = [row for row in rows if where.holds(Bound(row[1], names, values))]
    if not wanted.get("ScanIndexForward", True):
        rows = rows[::-1]
    start = wanted.get("ExclusiveStartKey")
    return _page(table, index, _after(rows, table, index, start, wanted), wanted)


def scan(table: Table, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """A page of everything."""
    index = table.indexes[wanted.get("IndexName", "")]
    rows = sorted(((table.key(item), item) for item in table.all()), key=lambda row: row[0])
    if start := wanted.get("ExclusiveStartKey"):
        rows = rows[bisect_right([row[0] for row in rows], table.key(start)) :]
    return _page(table, index, rows, wanted)


def _hash_key(index: Index, where: Condition, names: Mapping[str, str], values: Item) -> Value:
    by_name = {names.get(name, name): value for name, value in where.equals.items()}
    if index.keys.hash not in by_name:
        raise invalid(f"the condition does not name {index.keys.hash}")
    return values[by_name[index.keys.hash]]


def _after(rows: list[Any], table: Table, index: Index, start: Any, wanted: Mapping[str, Any]) -> list[Any]:
    """The rows that follow on the start."""
    if not start:
        return rows
    places, place = [row[0] for row in rows], table.place(index)(start)
    if wanted.get("ScanIndexForward", True):
        return rows[bisect_right(places, place) :]
    return rows[len(rows) - bisect_left(places[::-1], place) :]


def _page(table: Table, index: Index, rows: Sequence[Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := wanted.keys() - _KNOWN:
        raise Unmodelled(f"this model does not know {sorted(unknown)} of a query")
    limit = min(_PAGE, wanted.get("Limit", _PAGE))
    page = [item for _, item in rows[:limit]]
    shown = [index.show(item) for item in _filtered(page, wanted)]
    answer: dict[str, Any] = {"Count": len(shown), "ScannedCount": len(page)}
    if wanted.get("Select") != "COUNT":
        answer["Items"] = [_projected(item, wanted) for item in shown]
    # Where a page is full by number, it is not known yet whether more follow.
    if len(rows) > limit or (page and len(page) == wanted.get("Limit")):
        last = page[-1]
        answer["LastEvaluatedKey"] = {**table.keys.of(last), **index.keys.of(last)}
    return answer


def _filtered(page: list[Item], wanted: Mapping[str, Any]) -> list[Item]:
    text = wanted.get("FilterExpression")
    if text is None:
        return page
    names, values = given(wanted)
    return [item for item in page if condition(text).holds(Bound(item, names, values))]


def _projected(item: Item, wanted: Mapping[str, Any]) -> Item:
    text = wanted.get("ProjectionExpression")
    if text is None:
        return dict(item)
    named = wanted.get("ExpressionAttributeNames", {})
    names = [named.get(word.strip(), word.strip()) for word in text.split(",")]
    return {name: item[name] for name in names if name in item}
