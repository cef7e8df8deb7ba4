"""What the work at hand is about: the ids that log lines, metrics and traces carry, and that go along with messages.

One id, the correlation id, stays the same from a request through queues, rows, streams and broadcasts. The others are
found on the way. They belong to a context: what is added in one thread, record or invocation is unknown to the next.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar, copy_context
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

NAME = "correlation_id"

_HEADER = "x-correlation-id"
_LONGEST = 64
# The ids of API Gateway end in =, and clients may send back what they were told.
_SANE = re.compile(r"[A-Za-z0-9._-]+={0,2}")

_fields: ContextVar[Mapping[str, str]] = ContextVar("fields")


def about(**fields: str | None) -> None:
    """Say what the work is about from here on; what is None or empty stays as it was."""
    _fields.set({**_fields.get({}), **{name: value for name, value in fields.items() if value}})


def fields() -> Mapping[str, str]:
    """Everything that is known of the work."""
    return _fields.get({})


def apart(work: Callable[P, T]) -> Callable[P, T]:
    """The same work, in whatever thread: it knows what is known here and now, and what it finds out ends with it."""
    context = copy_context()

    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        # One context cannot be entered by two threads.
        return context.copy().run(work, *args, **kwargs)

    return run


def correlation_id() -> str:
    """The id of the work; empty outside of an invocation."""
    return fields().get(NAME, "")


def attributes() -> dict[str, Any]:
    """The message attributes of everything that is sent to a queue on account of the work."""
    known = correlation_id()
    return {NAME: {"DataType": "String", "StringValue": known}} if known else {}


def of_event(event: Any, otherwise: str) -> str:
    """The id of what a function was invoked for: a request, a bus event, or the one record of a batch."""
    if not isinstance(event, Mapping):
        return otherwise
    if "requestContext" in event:
        return _sane(_header(event)) or str((event["requestContext"] or {}).get("requestId") or otherwise)
    records: Sequence[Any] = event.get("Records") or []
    if len(records) == 1:
        return of_record(records[0]) or otherwise
    return _sane(event.get("id")) or otherwise


def of_record(record: Mapping[str, Any]) -> str:
    """The id that a queue's message or a changed row brings along, or else its own."""
    if "dynamodb" in record:
        row = record["dynamodb"].get("NewImage") or {}
        return _sane((row.get(NAME) or {}).get("S")) or str(record.get("eventID") or "")
    given = (record.get("messageAttributes") or {}).get(NAME) or {}
    own = record.get("messageId") or (record.get("Sns") or {}).get("MessageId")
    return _sane(given.get("stringValue")) or str(own or "")


def _header(event: Mapping[str, Any]) -> Any:
    return next((value for name, value in (event.get("headers") or {}).items() if name.lower() == _HEADER), None)


def _sane(given: Any) -> str:
    """What others chose, if it cannot upset whoever reads a log."""
    return given if isinstance(given, str) and len(given) <= _LONGEST and _SANE.fullmatch(given) else ""
