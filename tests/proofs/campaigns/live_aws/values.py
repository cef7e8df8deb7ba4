"""Attribute values as DynamoDB compares, counts and stores them."""

from collections.abc import Mapping
from decimal import Context, Decimal, Inexact
from typing import Any, TypeAlias

from botocore.exceptions import ClientError

from tests.proofs.database_model import Unmodelled

Value: TypeAlias = dict[str, Any]
Item: TypeAlias = dict[str, Value]

# More digits than it has, it refuses.
_DIGITS = Context(prec=38, traps=[Inexact])


def error(operation: str, code: str, status: int = 400, **more: Any) -> ClientError:
    """What botocore raises for a refusal."""
    response: Any = {
        "Error": {"Code": code, "Message": code},
        "ResponseMetadata": {"HTTPStatusCode": status, "RetryAttempts": 0},
        **more,
    }
    return ClientError(response, operation)


def invalid(why: str) -> ClientError:
    """What it says of an expression or an item that makes no sense."""
    return error(why, "ValidationException")


def stored(item: Mapping[str, Value]) -> Item:
    """The item as it is kept, apart from what its writer still holds."""
    return {name: _stored(value) for name, value in item.items()}


def _stored(value: Value) -> Value:
    [(kind, content)] = value.items()
    match kind:
        case "N":
            return value if content.isdigit() else {"N": _text(Decimal(content))}
        case "M":
            return {"M": stored(content)}
        case "L":
            return {"L": [_stored(one) for one in content]}
        case "SS" if not content:
            raise invalid("an empty set")
    return value


def number(value: Value) -> Decimal:
    """The number that it is."""
    if "N" not in value:
        raise invalid(f"{value} is no number")
    return Decimal(value["N"])


def added(one: Value, other: Value, sign: int = 1) -> Value:
    """Sum or difference."""
    return {"N": _text(_DIGITS.add(number(one), sign * number(other)))}


def _text(value: Decimal) -> str:
    return format(_DIGITS.plus(value).normalize(), "f")


def is_equal(one: Value | None, other: Value | None) -> bool:
    """Numbers by what they are worth, sets in any order."""
    return one == other or (one is not None and other is not None and _plain(one) == _plain(other))


def is_less(one: Value | None, other: Value | None) -> bool:
    """Whether the one stands before the other; values of different kinds do not compare."""
    if one is None or other is None or one.keys() != other.keys():
        return False
    return bool(rank(one) < rank(other))


def rank(value: Value) -> Any:
    """What values of one kind are ordered by."""
    [(kind, content)] = value.items()
    if kind == "N":
        return Decimal(content)
    if kind == "S":
        return content.encode()
    raise Unmodelled(f"values of kind {kind} are not ordered here")


def _plain(value: Value) -> Any:
    [(kind, content)] = value.items()
    match kind:
        case "N":
            return kind, Decimal(content)
        case "SS":
            return kind, frozenset(content)
        case "M":
            return kind, {name: _plain(one) for name, one in content.items()}
        case "L":
            return kind, [_plain(one) for one in content]
    return kind, content
