"""What API Gateway hands over, read with suspicion: whatever is left out or malformed is the client's fault."""

import re
from base64 import b64decode
from collections.abc import Mapping
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import msgspec
from msgspec import Struct

from adapters.gateway.routing import Route
from adapters.live.times import now_ms
from quiz.callers import Caller
from quiz.errors import InvalidInput, MalformedJson, NotFound, Unauthenticated
from quiz.fields import Id
from quiz.parsing import decode, utf8
from quiz.sent import Sent

T = TypeVar("T")

_MOST_BYTES = 256 * 1024
# Bodies deeper than this come from no honest client.
_MOST_LEVELS = 32
_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[{\]}]', re.DOTALL)

Event = Mapping[str, Any]


def request_id(event: Event) -> str:
    """The id under which API Gateway logs the request."""
    return str(_context(event).get("requestId") or "")


def caller(event: Event) -> Caller:
    """The person in the verified token. API Gateway has checked it; its claims arrive as text."""
    authorizer = _context(event).get("authorizer") or {}
    claims = (authorizer.get("jwt") or {}).get("claims") or {}
    if not claims.get("sub"):
        raise Unauthenticated("sign in first")
    groups = claims.get("cognito:groups") or ""
    if isinstance(groups, str):
        # A list in brackets, parted by spaces: no name of a group holds one.
        groups = groups.removeprefix("[").removesuffix("]").split()
    return Caller(claims["sub"], frozenset(groups))


def path(event: Event, route: Route) -> dict[str, str]:
    """The parameters in the path. What can be nobody's id is not looked up."""
    given = event.get("pathParameters") or {}
    # API Gateway decodes all escapes but that of the percent sign.
    values = {name: str(given.get(name, "")).replace("%25", "%") for name in route.parameters}
    for value in values.values():
        try:
            msgspec.convert(value, Id)
        except msgspec.ValidationError as error:
            raise NotFound("nothing has such an id") from error
    return values


def parameters(event: Event, model: type[Struct] | None) -> Any:
    """The parameters of the query; each may be given once."""
    names = [name for name, _ in parse_qsl(event.get("rawQueryString") or "", keep_blank_values=True)]
    if doubled := sorted({name for name in names if names.count(name) > 1}):
        raise InvalidInput(f"given more than once in the query: {', '.join(doubled)}")
    given = event.get("queryStringParameters") or {}
    try:
        return msgspec.convert(given, model or _Nothing, strict=False)
    except msgspec.ValidationError as error:
        raise InvalidInput(f"in the query: {error}") from error


def header(event: Event, name: str) -> str | None:
    """One header; its name in lower case."""
    headers = event.get("headers") or {}
    return next((value for given, value in headers.items() if given.lower() == name), None)


def body(event: Event, model: "msgspec.json.Decoder[T]") -> T:
    """The struct in the body."""
    text = event.get("body") or ""
    try:
        raw = b64decode(text, validate=True) if event.get("isBase64Encoded") else utf8(text)
    except ValueError as error:
        raise MalformedJson("the body is not what its encoding says") from error
    if len(raw) <= _MOST_BYTES:
        _require_shallow(raw)
    return decode(raw, model, _MOST_BYTES)


def sent(event: Event) -> Sent:
    """The whole request as it came, for a route that takes whatever is sent."""
    context = _context(event)
    text = event.get("body") or ""
    is_base64 = bool(event.get("isBase64Encoded"))
    return Sent(
        request_id=request_id(event),
        at_ms=int(context.get("timeEpoch") or now_ms()),
        method=str((context.get("http") or {}).get("method") or ""),
        path=str(event.get("rawPath") or ""),
        query=str(event.get("rawQueryString") or ""),
        headers=event.get("headers") or {},
        # Half a character stays what it is, and makes the body none that is text.
        body=b64decode(text) if is_base64 else text.encode(errors="surrogatepass"),
        is_base64=is_base64,
    )


class _Nothing(Struct, forbid_unknown_fields=True):
    """The query of a route that takes none."""


def _context(event: Event) -> Mapping[str, Any]:
    return event.get("requestContext") or {}


def _require_shallow(raw: bytes) -> None:
    if raw.count(b"[") + raw.count(b"{") <= _MOST_LEVELS:
        return
    level = 0
    for found in _BRACKETS.finditer(raw):
        token = found.group()
        level += (token in b"[{") - (token in b"]}")
        if level > _MOST_LEVELS:
            raise MalformedJson(f"nested deeper than {_MOST_LEVELS} levels")
