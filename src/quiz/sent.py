"""A request as it came, for who takes whatever is sent."""

from collections.abc import Mapping

from msgspec import Struct


class Sent(Struct, frozen=True):
    """A request as it came; `is_base64` where API Gateway took the body for something else than text."""

    request_id: str
    at_ms: int
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    is_base64: bool
