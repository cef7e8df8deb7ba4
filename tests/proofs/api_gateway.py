"""API Gateway's HTTP API in a few lines: a WSGI application that hands each request to the real handler.

It does what API Gateway does before a function is called: matches the route, checks that there is a caller, decodes the
path, and joins repeated query parameters with commas.
"""

import base64
import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl

from handlers.api import http
from handlers.cache import leaderboard
from handlers.intake import ledger
from tools.openapi import ROUTES

Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]

# Of other functions than that of most routes.
_HANDLERS = {route.key: module.handler for module in (leaderboard, ledger) for route in module.ROUTES}
CLAIMS = {"sub": "3f1c8d1e-0000-4000-8000-000000000001", "cognito:groups": "[instructors]"}


class Context:
    """What Lambda tells a function of its invocation."""

    aws_request_id = "proof"

    def get_remaining_time_in_millis(self) -> int:
        return 30_000


def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    event = _event(environ)
    answer = _HANDLERS.get(event["routeKey"], http.handler)(event, Context())
    start_response(f"{answer['statusCode']} ", list(answer["headers"].items()))
    return [answer["body"].encode()]


def _match(method: str, path: str) -> tuple[str, dict[str, str]]:
    """The route that API Gateway would choose, and what stands in the path in the places of its names."""
    for route in ROUTES:
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", route.path)
        # What takes the rest of the path.
        pattern = re.sub(r"\{(\w+)\+\}", r"(?P<\1>.+)", pattern)
        found = re.fullmatch(pattern, path)
        if found and route.method == method:
            return route.key, found.groupdict()
    return "$default", {}


def _event(environ: Environ) -> dict[str, Any]:
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    query: dict[str, str] = {}
    for name, value in parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True):
        query[name] = f"{query[name]},{value}" if name in query else value
    # WSGI hands bytes over as Latin-1.
    path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
    headers = {name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name.startswith("HTTP_")}
    route, parameters = _match(environ["REQUEST_METHOD"], path)
    return {
        "version": "2.0",
        "routeKey": route,
        **({"pathParameters": parameters} if parameters else {}),
        "rawPath": path,
        "rawQueryString": environ.get("QUERY_STRING", ""),
        "headers": headers,
        **({"queryStringParameters": query} if query else {}),
        "requestContext": {
            "authorizer": {"jwt": {"claims": CLAIMS}},
            "http": {"method": environ["REQUEST_METHOD"], "path": path, "sourceIp": "127.0.0.1"},
            "requestId": "proof-request",
            "stage": "$default",
        },
        **({"body": base64.b64encode(body).decode(), "isBase64Encoded": True} if body else {"isBase64Encoded": False}),
    }
