"""Fields of JSON that others write: one of the wrong kind counts as missing, and the rest can still be read."""

import math
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import msgspec

Fields = Mapping[str, Any]
_FORMATS = ("%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S")


def decoded(text: str) -> Any:
    """What the JSON says; None for what is none."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def text_in(fields: Any, *names: str) -> str:
    """The first of these fields that holds a text, or an empty one."""
    return next((value for value in _values(fields, names) if isinstance(value, str)), "")


def number_in(fields: Any, *names: str) -> float | None:
    """The first of these fields that holds a number, also one in quotes."""
    return next((read for value in _values(fields, names) if (read := as_number(value)) is not None), None)


def fields_in(fields: Any, *names: str) -> Fields:
    """The first of these fields that is an object, or an empty one."""
    return next((value for value in _values(fields, names) if isinstance(value, Mapping)), {})


def items_in(fields: Any, *names: str) -> list[Any]:
    """The first of these fields that is a list, or an empty one."""
    return next((list(value) for value in _values(fields, names) if isinstance(value, list | tuple)), [])


def time_in(text: str) -> datetime | None:
    """A time as CloudWatch and SNS write it; one without a zone is in UTC."""
    for form in _FORMATS:
        with suppress(ValueError, OverflowError):
            read = datetime.strptime(text, form)
            return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    return None


def as_number(value: Any) -> float | None:
    """The number that this is, also one in quotes; None where it is none, or none that can be counted with."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        read = float(value)
    except (ValueError, OverflowError):
        return None
    return read if math.isfinite(read) else None


def _values(fields: Any, names: tuple[str, ...]) -> Iterator[Any]:
    if isinstance(fields, Mapping):
        yield from (fields[name] for name in names if name in fields)
