"""What API Gateway and SQS hand to the handlers."""

import json
from typing import Any

_ID = "01234567-89ab-4def-8123-456789abcdef"


def request(route: str, body: Any = None, user_id: str = _ID, **path: str) -> dict[str, Any]:
    """A request of a signed-in student."""
    return {
        "routeKey": route,
        "pathParameters": path,
        "requestContext": {
            "requestId": "JKJaXmPLvHcESHA=",
            "authorizer": {"jwt": {"claims": {"sub": user_id, "cognito:groups": "[]"}}},
        },
        "headers": {"content-type": "application/json"},
        "body": None if body is None else json.dumps(body),
    }


def message(route: str, connection_id: str, user_id: str, body: Any = None) -> dict[str, Any]:
    """A message over a WebSocket."""
    place = {
        "routeKey": route,
        "connectionId": connection_id,
        "messageId": "L0SM9cOFvHcCIhw=",
        "authorizer": {"user_id": user_id, "groups": ""},
    }
    return {"requestContext": place, "body": json.dumps(body or {}), "isBase64Encoded": False}


def queued(body: str, number: int, group: str = "") -> dict[str, Any]:
    """A message of a queue."""
    attributes = {"SentTimestamp": "1790000000000", "ApproximateReceiveCount": "1", "MessageGroupId": group}
    return {
        "messageId": f"{number:08x}-89ab-4def-8123-456789abcdef",
        "receiptHandle": "handle",
        "body": body,
        "attributes": attributes,
        "messageAttributes": {"correlation_id": {"dataType": "String", "stringValue": _ID}},
    }
