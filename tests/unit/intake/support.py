"""Requests as API Gateway hands them over, the scheduled event, and what the ledger holds of them."""

import json
from collections.abc import Mapping
from typing import Any

from adapters.items import from_item
from handlers.intake.ledger import handler
from tests.unit.api.driver import Reply, operation
from tests.unit.builders import context

TABLE = "the-requests"
REQUEST_ID = "JKJaXmPLvHcESHA="
AT_MS = 1583348638390
AT = "2020-03-04T19:03:58.390Z"
DAYS = 24 * 60 * 60

SCHEDULED = {
    "id": "daily-record:2026-11-20T03:00:00Z",
    "source": "quiz.platform",
    "detail-type": "Daily Record",
    "time": "2026-11-20T03:00:00Z",
    "detail": {"note": "grün"},
}


def request(
    method: str = "POST",
    path: str = "/intake/reports/7",
    body: str | None = None,
    *,
    query: str = "",
    headers: Mapping[str, str] | None = None,
    is_base64: bool = False,
    user: str | None = "person-1",
    request_id: str = REQUEST_ID,
) -> dict[str, Any]:
    """A request in payload format 2.0; without a user there is no token."""
    key = f"{method} /intake/{{proxy+}}"
    identity = {"authorizer": {"jwt": {"claims": {"sub": user}, "scopes": None}}} if user else {}
    return {
        "version": "2.0",
        "routeKey": key,
        "rawPath": path,
        "rawQueryString": query,
        "cookies": ["crumb=SECRET"],
        "headers": {"content-type": "application/json", **(headers or {})},
        "pathParameters": {"proxy": path.removeprefix("/intake/")},
        "requestContext": {
            "http": {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.168.0.1"},
            "requestId": request_id,
            "routeKey": key,
            "stage": "$default",
            "timeEpoch": AT_MS,
            **identity,
        },
        "isBase64Encoded": is_base64,
        # What a request lacks, API Gateway leaves out.
        **({} if body is None else {"body": body}),
    }


def answer(event: Mapping[str, Any]) -> Reply:
    """The answer, if it is one that the description allows."""
    response = handler(dict(event), context())
    reply = Reply(response["statusCode"], response["headers"], json.loads(response["body"]))
    assert str(reply.status) in operation(event["routeKey"])["responses"]
    return reply


def lines(database: Any) -> list[dict[str, Any]]:
    """All that is in the ledger."""
    return [from_item(item) for item in database.scan(TableName=TABLE, ConsistentRead=True)["Items"]]


def line(database: Any) -> dict[str, Any]:
    """The only thing that is in the ledger."""
    [found] = lines(database)
    return found
