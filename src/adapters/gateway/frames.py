"""WebSocket messages: parsed once when they come, and an answer for everything that cannot be done."""

from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, structs

from adapters.correlation import about
from adapters.gateway.errors import body_of
from adapters.observability import conclude, count, logger
from quiz.callers import Caller
from quiz.errors import MalformedJson, Rejected, Unauthenticated
from quiz.live.messages import ErrorMessage, ServerMessage
from quiz.live.wishes import ClientMessage
from quiz.parsing import decode, utf8

Event = Mapping[str, Any]
Message = TypeVar("Message", bound=ClientMessage)

# An answer has a kilobyte at most, and nothing else that clients say is longer.
MOST_BYTES = 8 * 1024
_MOST_OF_AN_ID = 64


class Sender(Struct, frozen=True):
    """Who says something, over which connection; `delivery` is equal for the same message delivered twice."""

    caller: Caller
    connection_id: str
    delivery: str


class _Envelope(Struct):
    """What can be read of a message that is otherwise none."""

    request_id: Any = None


def answered(
    event: Event, model: "msgspec.json.Decoder[Message]", answer: Callable[[Message, Sender], ServerMessage]
) -> ServerMessage:
    """What goes back over the connection, whatever came."""
    raw = b""
    try:
        raw = _body(event)
        message = decode(raw, model, MOST_BYTES)
        # The id that the client knows the message by, and what it calls the game until that is found.
        about(message_request_id=message.request_id, quiz_id=getattr(message, "quiz_id", None))
        return structs.replace(answer(message, _sender(event["requestContext"])), request_id=message.request_id)
    except Exception as error:  # noqa: BLE001  # the client gets an answer whatever it was
        _report(error)
        told = body_of(error, "")
        return ErrorMessage(request_id=_request_id(raw), error=told.error, message=told.message)


def _report(error: Exception) -> None:
    """What a client sent wrong is no fault of ours, but may be what somebody asks about."""
    if isinstance(error, Rejected):
        conclude("rejected")
        logger().info("the message was rejected", error_code=error.code)
        return
    conclude("failed")
    count("LiveFailed")
    logger().exception("the message failed", exc_info=error)


def _body(event: Event) -> bytes:
    text = event.get("body") or ""
    try:
        return b64decode(text, validate=True) if event.get("isBase64Encoded") else utf8(text)
    except ValueError as error:
        raise MalformedJson("the message is not what its encoding says") from error


def _sender(place: Event) -> Sender:
    """The person whom the authorizer let in."""
    identity = place.get("authorizer") or {}
    if not identity.get("user_id"):
        raise Unauthenticated("sign in first")
    groups = str(identity.get("groups") or "").split()
    delivery = place.get("messageId") or place.get("requestId") or ""
    return Sender(Caller(identity["user_id"], frozenset(groups)), str(place.get("connectionId") or ""), delivery)


def _request_id(raw: bytes) -> str | None:
    """The id that an answer has to carry, if it can be found at all."""
    if len(raw) > MOST_BYTES:
        return None
    try:
        found = msgspec.json.decode(raw, type=_Envelope).request_id
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None
    return found if isinstance(found, str) and len(found) <= _MOST_OF_AN_ID else None
