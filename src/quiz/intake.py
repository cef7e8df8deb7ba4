"""What the intake keeps of what is sent to it: all of it, but for secrets and for where somebody called from."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal

import msgspec
from msgspec import Struct

from quiz.errors import TooLarge
from quiz.fields import Id
from quiz.redaction import kept_headers, redacted_query
from quiz.sent import Sent
from quiz.times import timestamp

MOST_BYTES = 256 * 1024
# Of path, query and headers together, of which API Gateway takes a quarter. An item has 400 KB, and base64 makes 342 of
# the largest body; a header costs one byte besides.
MOST_BYTES_AROUND = 40 * 1024

_SECONDS_PER_DAY = 24 * 60 * 60


class Scheduled(Struct, frozen=True, rename="kebab"):
    """An event of the platform's own schedule, as far as anything depends on it."""

    id: Id
    source: Literal["quiz.platform"]
    detail_type: Literal["Daily Record"]
    time: str


class Entry(Struct, frozen=True):
    """One line of the ledger."""

    request_id: str
    timestamp: str
    source: Literal["api", "schedule"]
    method: str
    path: str
    body: str
    is_base64: bool
    is_json: bool
    expires_at: int
    query: str = ""
    headers: Mapping[str, str] = {}
    user_id: str | None = None


def entry_of_request(sent: Sent, user_id: str, keep_days: int) -> Entry:
    """What is kept of a request. It is refused where it is larger than a line may be, and for nothing else."""
    _require(len(sent.body), MOST_BYTES, "the body has")
    path, query = _writable(sent.path), redacted_query(_writable(sent.query))
    headers = {_writable(name): _writable(value) for name, value in kept_headers(sent.headers).items()}
    around = sum(len(text.encode()) for text in (path, query, *headers, *headers.values())) + len(headers)
    _require(around, MOST_BYTES_AROUND, "path, query and headers have")
    text = None if sent.is_base64 else _text(sent.body)
    return Entry(
        request_id=sent.request_id,
        timestamp=_timestamp(sent.at_ms),
        source="api",
        method=sent.method,
        path=path,
        body=b64encode(sent.body).decode() if text is None else text,
        is_base64=text is None,
        is_json=_is_json(sent.body),
        expires_at=_expiry(sent.at_ms, keep_days),
        query=query,
        headers=headers,
        user_id=user_id,
    )


def entry_of_schedule(event: Scheduled, whole: str, now_ms: int, keep_days: int) -> Entry:
    """What is kept of a scheduled event, dated by when it was due: so it is the same however often it comes."""
    at_ms = _due_ms(event.time, now_ms)
    return Entry(
        request_id=event.id,
        timestamp=_timestamp(at_ms),
        source="schedule",
        method="SCHEDULED",
        path="/scheduled",
        body=whole,
        is_base64=False,
        is_json=True,
        expires_at=_expiry(at_ms, keep_days),
    )


def _require(found: int, most: int, what: str) -> None:
    if found > most:
        raise TooLarge(f"{what} {found} bytes; {most} are allowed")


def _text(body: bytes) -> str | None:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None


def _writable(text: str) -> str:
    """Half a character, which no table takes, becomes a question mark."""
    return text.encode(errors="replace").decode()


def _is_json(body: bytes) -> bool:
    try:
        msgspec.json.decode(body, type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def _due_ms(text: str, now_ms: int) -> int:
    """The emulator of the local stack does not fill the time in."""
    try:
        due = datetime.fromisoformat(text)
    except ValueError:
        return now_ms
    return int((due if due.tzinfo else due.replace(tzinfo=UTC)).timestamp() * 1000)


def _timestamp(at_ms: int) -> str:
    return timestamp(datetime.fromtimestamp(at_ms / 1000, UTC))


def _expiry(at_ms: int, keep_days: int) -> int:
    return at_ms // 1000 + keep_days * _SECONDS_PER_DAY
