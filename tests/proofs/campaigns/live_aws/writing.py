"""What a single write does: whether its condition holds, and what then becomes of the item."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from tests.proofs.campaigns.live_aws.conditions import condition
from tests.proofs.campaigns.live_aws.reading import Bound
from tests.proofs.campaigns.live_aws.tables import Key, Table
from tests.proofs.campaigns.live_aws.updates import update
from tests.proofs.campaigns.live_aws.values import Item, error, invalid, stored
from tests.proofs.database_model import Unmodelled

_KNOWN = {
    "TableName",
    "Item",
    "Key",
    "ConditionExpression",
    "UpdateExpression",
    "ExpressionAttributeNames",
    "ExpressionAttributeValues",
    "ReturnValues",
    "ReturnValuesOnConditionCheckFailure",
}
_RETURNED = {"NONE", "ALL_OLD", "ALL_NEW", "UPDATED_NEW"}


class Write(NamedTuple):
    """What follows from it: the item that was there, the one that is to be, and what of it was changed."""

    table: Table
    key: Key
    before: Item | None
    after: Item | None
    changed: Item
    is_refused: bool
    wanted: Mapping[str, Any]

    def make(self) -> None:
        self.table.put(self.key, self.after)

    def told(self) -> dict[str, Any]:
        """What is answered where it was made."""
        returned = {"ALL_OLD": self.before, "ALL_NEW": self.after, "UPDATED_NEW": self.changed}
        shown = returned.get(self.wanted.get("ReturnValues", "NONE"))
        return {"Attributes": shown} if shown else {}

    def met(self) -> dict[str, Any]:
        """The item that the condition met, for who asked for it."""
        is_asked = self.wanted.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD"
        return {"Item": self.before} if is_asked and self.before is not None else {}


def prepared(table: Table, operation: str, wanted: Mapping[str, Any]) -> Write:
    """Work out what the write does, without doing it."""
    if unknown := wanted.keys() - _KNOWN or {wanted.get("ReturnValues", "NONE")} - _RETURNED:
        raise Unmodelled(f"this model does not know {sorted(unknown)} of a write")
    key = table.key(wanted["Item"] if operation == "Put" else wanted["Key"])
    before = table.get(key)
    bound = Bound(before or {}, *given(wanted))
    check_used(wanted, "ConditionExpression", "UpdateExpression")
    refused = "ConditionExpression" in wanted and not condition(wanted["ConditionExpression"]).holds(bound)
    if refused or operation == "ConditionCheck":
        return Write(table, key, before, before, {}, refused, wanted)
    after, changed = _effect(operation, wanted, bound)
    return Write(table, key, before, after, changed, refused, wanted)


def once(table: Table, operation: str, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Make the write, or refuse it."""
    write = prepared(table, operation, wanted)
    if write.is_refused:
        raise error(operation, "ConditionalCheckFailedException", **write.met())
    write.make()
    return write.told()


def given(wanted: Mapping[str, Any]) -> tuple[Mapping[str, str], Item]:
    """The names and values that come with an expression."""
    return wanted.get("ExpressionAttributeNames", {}), stored(wanted.get("ExpressionAttributeValues", {}))


def check_used(wanted: Mapping[str, Any], *expressions: str) -> None:
    """Every name and value has to be used, and every one that is used has to be there."""
    there = {*wanted.get("ExpressionAttributeNames", ()), *wanted.get("ExpressionAttributeValues", ())}
    used: set[str] = set()
    for expression in expressions:
        if text := wanted.get(expression):
            used |= update(text).used if expression == "UpdateExpression" else condition(text).used
    if used != there:
        raise invalid(f"names and values that are given or used alone: {sorted(used ^ there)}")


def _effect(operation: str, wanted: Mapping[str, Any], bound: Bound) -> tuple[Item | None, Item]:
    if operation == "Put":
        return stored(wanted["Item"]), {}
    if operation == "Delete":
        return None, {}
    changed_from = bound._replace(item=bound.item or dict(wanted["Key"]))
    return update(wanted["UpdateExpression"]).apply(changed_from)
