"""Who may open a WebSocket: whoever brings a good access token, as a subprotocol or in the query."""

import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from adapters import settings
from adapters.observability import conclude, count, instrumented, logger
from adapters.tokens import Identity, Keys, Tokens, issuer_of, keys_url
from quiz.errors import Unauthenticated

_HEADER = "sec-websocket-protocol"
_SCHEME = "bearer"

Event = Mapping[str, Any]


class Settings(Struct, frozen=True):
    """Environment variables of the function. Lambda sets the region, and an emulator the endpoint."""

    aws_region: str
    user_pool_id: str
    user_pool_client_id: str
    aws_endpoint_url: str = ""


@cache
def bootstrap() -> Tokens:
    """Everything that lives as long as the environment does."""
    configured = settings.read(Settings, os.environ)
    issuer = issuer_of(configured.aws_region, configured.user_pool_id)
    keys = Keys(keys_url(issuer, configured.aws_endpoint_url))
    return Tokens(keys, issuer, configured.user_pool_client_id)


@instrumented
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Allow or deny this connection. Where the keys cannot be had it fails, so that the fault is seen as ours."""
    try:
        identity = bootstrap().verify(_token(event))
    except Unauthenticated as reason:
        conclude("rejected")
        count("ConnectionsRefused")
        logger().info("connection refused", reason=str(reason))
        return _policy("Deny", event, "nobody")
    return {**_policy("Allow", event, identity.user_id), "context": _context(identity)}


def _token(event: Event) -> str:
    """Browsers can set no header but the subprotocols, and some clients not even those."""
    offered = _subprotocols(event)
    if _SCHEME in offered[:-1]:
        return offered[offered.index(_SCHEME) + 1]
    token = (event.get("queryStringParameters") or {}).get("token")
    if not token:
        raise Unauthenticated("no token")
    return str(token)


def _subprotocols(event: Event) -> list[str]:
    # The header may come once or several times; of the single values only the last would be left.
    several = {name.lower(): ",".join(values) for name, values in (event.get("multiValueHeaders") or {}).items()}
    once = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    return [each.strip() for each in {**once, **several}.get(_HEADER, "").split(",")]


def _policy(effect: str, event: Event, principal: str) -> dict[str, Any]:
    statement = {"Action": "execute-api:Invoke", "Effect": effect, "Resource": event["methodArn"]}
    return {"principalId": principal, "policyDocument": {"Version": "2012-10-17", "Statement": [statement]}}


def _context(identity: Identity) -> dict[str, Any]:
    """What the routes are told; API Gateway takes no lists here, and no name of a group holds a space."""
    return {
        "user_id": identity.user_id,
        "groups": " ".join(identity.groups),
        "expires_at": identity.expires_at,
    }
