"""DynamoDB items as plain Python values. Numbers are int or Decimal, never float."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec


def plain(model: msgspec.Struct) -> dict[str, Any]:
    """The struct as plain values that can be stored."""
    values: dict[str, Any] = msgspec.to_builtins(model, builtin_types=(Decimal,))
    return values


def to_item(values: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes ready to be stored; what is None is left out."""
    return {name: _to_attribute(value) for name, value in values.items() if value is not None}


def from_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """What `to_item` was given."""
    return {name: _from_attribute(attribute) for name, attribute in item.items()}


def _to_attribute(value: Any) -> dict[str, Any]:
    match value:
        case str():
            return {"S": value}
        case bool():
            return {"BOOL": value}
        case int() | Decimal():
            return {"N": str(value)}
        case Mapping():
            return {"M": to_item(value)}
        case list() | tuple():
            return {"L": [_to_attribute(item) for item in value]}
        # A table holds no empty set: what would be one is left out.
        case frozenset() if value and all(isinstance(item, str) for item in value):
            return {"SS": sorted(value)}
        case None:
            return {"NULL": True}
    raise TypeError(f"{type(value).__name__} has no place in an item")


def _from_attribute(attribute: Mapping[str, Any]) -> Any:
    [(kind, value)] = attribute.items()
    match kind:
        case "S" | "BOOL":
            return value
        case "N":
            return Decimal(value) if not value.lstrip("-").isdigit() else int(value)
        case "M":
            return from_item(value)
        case "L":
            return [_from_attribute(item) for item in value]
        case "SS":
            return frozenset(value)
        case "NULL":
            return None
    raise TypeError(f"attributes of type {kind} are not used here")
