"""What AWS refuses though moto takes it: a call that would be refused there is a fault here."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from tests.proofs.campaigns.fuzzing.wiring import TABLES

_LARGEST_ITEM = 400 * 1024
_LARGEST_MESSAGE = 1024 * 1024
_LONGEST_KEYS = (2048, 1024)
_MOST_DIGITS = 38
_HIGHEST_EXPONENT = 125
_LOWEST_EXPONENT = -130
_NAMES = {"PutItem": "Item", "GetItem": "Key", "UpdateItem": "Key", "DeleteItem": "Key"}
_IDENTIFIER = re.compile(r"[!-~]{1,128}")
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Attribute = Mapping[str, Any]


def refusal(operation: str, parameters: Mapping[str, Any]) -> str | None:
    """Why AWS would refuse a call, if it would."""
    return next(iter(_refusals(operation, parameters)), None)


def _refusals(operation: str, parameters: Mapping[str, Any]) -> Iterator[str]:
    if operation == "SendMessage":
        yield from _message(parameters)
    for table, row, is_whole in _rows(operation, parameters):
        yield from _keys(table, row)
        if is_whole:
            yield from _item(row)
    parts = [part for action in parameters.get("TransactItems", ()) for part in action.values()]
    for part in (parameters, *parts):
        for value in part.get("ExpressionAttributeValues", {}).values():
            yield from _attribute(value)


def _rows(operation: str, parameters: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Attribute], bool]]:
    """The rows that a call names, with their tables, and whether they are written as a whole."""
    if operation in _NAMES:
        yield parameters["TableName"], parameters[_NAMES[operation]], operation == "PutItem"
    for action in parameters.get("TransactItems", ()):
        for kind, part in action.items():
            yield part["TableName"], part["Item"] if kind == "Put" else part["Key"], kind == "Put"
    for table, wanted in parameters.get("RequestItems", {}).items():
        for row in wanted["Keys"] if isinstance(wanted, dict) else (each["PutRequest"]["Item"] for each in wanted):
            yield table, row, not isinstance(wanted, dict)


def _item(item: Mapping[str, Attribute]) -> Iterator[str]:
    for attribute in item.values():
        yield from _attribute(attribute)
    size = sum(len(name.encode()) + _size(attribute) for name, attribute in item.items())
    if size > _LARGEST_ITEM:
        yield f"an item of {size} bytes"


def _keys(table: str, item: Mapping[str, Attribute]) -> Iterator[str]:
    keys, index = TABLES[table]
    for names in (keys.split(), index.split()[1:]):
        for name, longest in zip(names, _LONGEST_KEYS, strict=False):
            text = item.get(name, {}).get("S")
            if text is not None and not (_is_text(text) and 0 < len(text.encode()) <= longest):
                yield f"a key {name} of {len(text)} characters"


def _attribute(attribute: Attribute) -> Iterator[str]:
    [(kind, value)] = attribute.items()
    if kind == "S" and not _is_text(value):
        yield "half a character"
    if kind == "N":
        yield from _number(Decimal(value))
    if kind in ("SS", "NS") and not value:
        yield "an empty set"
    for part in value.values() if kind == "M" else value if kind == "L" else ():
        yield from _attribute(part)


def _number(number: Decimal) -> Iterator[str]:
    digits = len(number.normalize().as_tuple().digits)
    if not number.is_finite() or digits > _MOST_DIGITS:
        yield f"a number of {digits} digits"
    elif number and not _LOWEST_EXPONENT <= number.adjusted() <= _HIGHEST_EXPONENT:
        yield f"the number {number}"


def _message(parameters: Mapping[str, Any]) -> Iterator[str]:
    texts = [parameters["MessageBody"]]
    texts += [attribute["StringValue"] for attribute in parameters.get("MessageAttributes", {}).values()]
    if not all(texts) or any(_FORBIDDEN.search(text) for text in texts):
        yield "a message with signs that SQS does not take, or with nothing"
    if sum(len(text.encode(errors="replace")) for text in texts) > _LARGEST_MESSAGE:
        yield "a message that is too long"
    for name in ("MessageGroupId", "MessageDeduplicationId"):
        if name in parameters and not _IDENTIFIER.fullmatch(parameters[name]):
            yield f"the {name} of a message"


def _size(attribute: Attribute) -> int:
    """Roughly what DynamoDB counts."""
    [(kind, value)] = attribute.items()
    match kind:
        case "S":
            return len(value.encode(errors="replace"))
        case "N":
            return len(value) // 2 + 2
        case "M":
            return 3 + sum(len(name.encode(errors="replace")) + 1 + _size(part) for name, part in value.items())
        case "L":
            return 3 + sum(1 + _size(part) for part in value)
    return 1


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
