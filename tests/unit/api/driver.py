"""Drives the HTTP function from outside, as API Gateway does, and holds every answer against the API's description."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlencode

import jsonschema_rs
from msgspec import Struct

from handlers.api import http
from tests.unit.builders import context
from tools import openapi

STUDENT, INSTRUCTOR = "[students]", "[instructors]"
REQUEST_ID = "JKJaXmPLvHcESHA="
PLACES = {"question_id": "q1", "quiz_id": "quiz", "session_id": "session", "user_id": "person-1"}

_ALWAYS = {
    "Cache-Control",
    "Content-Security-Policy",
    "Referrer-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Correlation-Id",
    "X-Request-Id",
}


class Reply(Struct, frozen=True):
    """What the client gets."""

    status: int
    headers: Mapping[str, str]
    body: Any

    @property
    def error(self) -> Any:
        return self.body["error"]


def event(
    key: str,
    body: Any = None,
    *,
    groups: str | None = INSTRUCTOR,
    path: Mapping[str, str] = PLACES,
    query: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """A request as it was captured from a real HTTP API (payload format 2.0), with a token unless `groups` is None."""
    method, template = key.split()
    places = {name: value for name, value in path.items() if f"{{{name}}}" in template}
    raw_path = template.format_map(places)
    return {
        "version": "2.0",
        "routeKey": key,
        "rawPath": raw_path,
        "rawQueryString": urlencode(query or {}),
        "cookies": ["cookie1"],
        "headers": {"content-type": "application/json", "x-forwarded-for": "192.168.0.1", **(headers or {})},
        "requestContext": _context(key, method, raw_path, groups),
        "isBase64Encoded": False,
        # What a request lacks, API Gateway leaves out.
        **({"pathParameters": places} if places else {}),
        **({"queryStringParameters": {name: str(value) for name, value in query.items()}} if query else {}),
        **({} if body is None else {"body": body if isinstance(body, str) else json.dumps(body)}),
    }


def _context(key: str, method: str, raw_path: str, groups: str | None) -> dict[str, Any]:
    claims = {"sub": "person-1", "token_use": "access", **({"cognito:groups": groups} if groups else {})}
    return {
        "accountId": "123456789012",
        "apiId": "api-id",
        "domainName": "id.execute-api.eu-central-1.amazonaws.com",
        "domainPrefix": "id",
        "http": {"method": method, "path": raw_path, "protocol": "HTTP/1.1", "sourceIp": "192.168.0.1"},
        "requestId": REQUEST_ID,
        "routeKey": key,
        "stage": "$default",
        "timeEpoch": 1583348638390,
        **({} if groups is None else {"authorizer": {"jwt": {"claims": claims, "scopes": None}}}),
    }


def answer(request: Mapping[str, Any]) -> Reply:
    """The answer, if it is one that the description allows."""
    response = http.handler(dict(request), context())
    body = json.loads(response["body"]) if "body" in response else None
    reply = Reply(response["statusCode"], response["headers"], body)
    assert reply.headers.keys() >= _ALWAYS
    assert all(isinstance(value, str) for value in reply.headers.values())
    if request.get("routeKey") in {route.key for route in http.ROUTES}:
        _require_documented(request["routeKey"], reply)
    return reply


def call(key: str, body: Any = None, **details: Any) -> Reply:
    return answer(event(key, body, **details))


@cache
def description() -> Any:
    return json.loads(openapi.document())


def operation(key: str) -> Any:
    method, path = key.split()
    # OpenAPI cannot say that a parameter takes the rest of the path.
    return description()["paths"][path.replace("+}", "}")][method.lower()]


def _require_documented(key: str, reply: Reply) -> None:
    documented = operation(key)["responses"]
    assert str(reply.status) in documented, f"{key} answers {reply.status} {reply.body}, which is not documented"
    described = documented[str(reply.status)]
    assert described.get("headers", {}).keys() <= reply.headers.keys()
    assert ("content" in described) == (reply.body is not None)
    if reply.body is not None:
        _validator(json.dumps(described["content"]["application/json"]["schema"])).validate(reply.body)


@cache
def _validator(schema: str) -> Any:
    return jsonschema_rs.validator_for({**json.loads(schema), "components": description()["components"]})
