"""Answers requests from a table of routes; whatever happens, the answer is JSON in the documented shape."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import msgspec

from adapters.gateway import edge
from adapters.gateway.errors import RETRY_AFTER_SECONDS, body_of, status_of
from adapters.gateway.routing import Answer, Request, Route
from adapters.observability import logger
from quiz.callers import Caller
from quiz.errors import NotFound, QuizError, Unavailable
from quiz.parsing import decoder

_NOBODY = Caller("")

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
}

_encoder = msgspec.json.Encoder(decimal_format="number")
_decoder = cache(decoder)


class Answering:
    """The routes of one function, by the keys that API Gateway knows them by."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._routes = {route.key: route for route in routes}

    def respond(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """Answer one request."""
        request_id = edge.request_id(event)
        # The id that the client is told, beside the one of the invocation.
        logger().append_keys(http_request_id=request_id)
        try:
            return _response(self._answer(event), request_id)
        except Exception as error:  # noqa: BLE001  # the client gets an answer whatever it was
            return _response(_failure(error, request_id), request_id)

    def _answer(self, event: Mapping[str, Any]) -> Answer:
        route = self._routes.get(event.get("routeKey") or "")
        if route is None:
            raise NotFound("there is no such route")
        given = route.call(_request(route, event))
        answer = given if isinstance(given, Answer) else Answer(given, route.status)
        if not route.etag:
            return answer
        return msgspec.structs.replace(answer, headers={**answer.headers, "ETag": f'"{answer.body.version}"'})


def _request(route: Route, event: Mapping[str, Any]) -> Request[Any]:
    caller = _NOBODY if route.public else edge.caller(event)
    if route.instructors:
        caller.require_instructor()
    return Request(
        caller=caller,
        path=edge.path(event, route),
        query=edge.query(event, route.query),
        if_match=edge.header(event, "if-match"),
        body=None if route.takes is None else edge.body(event, _decoder(route.takes)),
    )


def _failure(error: Exception, request_id: str) -> Answer:
    status = status_of(type(error)) if isinstance(error, QuizError) else 500
    if status >= 500:
        logger().exception("the request failed", exc_info=error)
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)} if isinstance(error, Unavailable) else {}
    return Answer(body_of(error, request_id), status, headers)


def _response(answer: Answer, request_id: str) -> dict[str, Any]:
    headers = {**_HEADERS, "X-Request-Id": request_id, **answer.headers}
    if answer.body is None:
        return {"statusCode": answer.status, "headers": headers}
    return {
        "statusCode": answer.status,
        "headers": {"Content-Type": "application/json", **headers},
        "body": _encoder.encode(answer.body).decode(),
    }
