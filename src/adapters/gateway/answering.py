"""Answers requests from a table of routes; whatever happens, the answer is JSON in the documented shape."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import msgspec

from adapters.correlation import about, correlation_id
from adapters.gateway import edge
from adapters.gateway.errors import RETRY_AFTER_SECONDS, body_of, status_of
from adapters.gateway.routing import Answer, Pillar, Request, Route
from adapters.observability import count, logger
from quiz.callers import Caller
from quiz.errors import NotFound, QuizError, Unavailable
from quiz.parsing import decoder
from quiz.sent import Sent

_NOBODY = Caller("")

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
}

_FAILED: Mapping[Pillar, str] = {"quizzes": "QuizzesFailed", "live": "LiveFailed", "adaptive": "PracticeFailed"}

# Ids in paths that are no person's.
_TOLD = ("quiz_id", "question_id", "session_id")

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
        about(http_request_id=request_id)
        route = self._routes.get(event.get("routeKey") or "")
        try:
            response = _response(self._answer(route, event), request_id)
        except Exception as error:  # noqa: BLE001  # the client gets an answer whatever it was
            response = _response(_failure(error, request_id), request_id)
        _report(route, response["statusCode"])
        return response

    def _answer(self, route: Route | None, event: Mapping[str, Any]) -> Answer:
        if route is None:
            raise NotFound("there is no such route")
        given = route.call(_request(route, event))
        answer = given if isinstance(given, Answer) else Answer(given, route.status)
        if not route.etag:
            return answer
        return msgspec.structs.replace(answer, headers={**answer.headers, "ETag": f'"{answer.body.version}"'})


def _report(route: Route | None, status: int) -> None:
    """Everything but reading that went well leaves a line, so that it can be followed from here on."""
    if status >= 400 or route is None or route.method != "GET":
        logger().info("answered", route=None if route is None else route.key, status=status)
    if status >= 500 and route is not None and route.pillar is not None:
        count(_FAILED[route.pillar])


def _request(route: Route, event: Mapping[str, Any]) -> Request[Any]:
    caller = _NOBODY if route.public else edge.caller(event)
    if route.instructors:
        caller.require_instructor()
    if route.takes is Sent:
        return Request(caller, path={}, query=None, if_match=None, body=edge.sent(event))
    path = edge.path(event, route)
    about(**{name: path[name] for name in _TOLD if name in path})
    query = edge.parameters(event, route.query)
    body = None if route.takes is None else edge.body(event, _decoder(route.takes))
    about(quiz_id=getattr(body, "quiz_id", None))
    return Request(caller=caller, path=path, query=query, if_match=edge.header(event, "if-match"), body=body)


def _failure(error: Exception, request_id: str) -> Answer:
    status = status_of(type(error)) if isinstance(error, QuizError) else 500
    if status >= 500:
        logger().exception("the request failed", exc_info=error)
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)} if isinstance(error, Unavailable) else {}
    return Answer(body_of(error, request_id), status, headers)


def _response(answer: Answer, request_id: str) -> dict[str, Any]:
    ids = {"X-Request-Id": request_id, "X-Correlation-Id": correlation_id()}
    headers = {**_HEADERS, **ids, **answer.headers}
    if answer.body is None:
        return {"statusCode": answer.status, "headers": headers}
    return {
        "statusCode": answer.status,
        "headers": {"Content-Type": "application/json", **headers},
        "body": _encoder.encode(answer.body).decode(),
    }
