"""What API Gateway hands to the functions."""

import json
from typing import Any

from tests.proofs.live.wire import Connection

HOST = "host"


def request(route: str, user_id: str, body: dict[str, Any] | None) -> dict[str, Any]:
    """A call of the HTTP API, with the claims of a verified token."""
    claims = {"sub": user_id, "cognito:groups": f"[{_groups(user_id)}]"}
    return {
        "routeKey": route,
        "requestContext": {"requestId": "request", "authorizer": {"jwt": {"claims": claims}}},
        "headers": {"content-type": "application/json"},
        "body": json.dumps(body) if body is not None else None,
    }


def _groups(user_id: str) -> str:
    return "instructors" if user_id.startswith(HOST) else ""


def message(route: str, connection: Connection, text: str = "", delivery: str = "") -> dict[str, Any]:
    """A message over a socket; `delivery` is the same if it comes twice."""
    return {
        "requestContext": {
            "routeKey": route,
            "connectionId": connection.connection_id,
            "messageId": delivery,
            "authorizer": {"user_id": connection.user_id, "groups": _groups(connection.user_id)},
        },
        "body": text,
    }
