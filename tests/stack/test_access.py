"""Who may call what: nobody without a token, students what is theirs, instructors the bank."""

import pytest

from adapters.gateway.routing import Route
from handlers.api.http import ROUTES
from tests.stack.support import Stack

_PROTECTED = [route for route in ROUTES if not route.public]
_OF_INSTRUCTORS = [route for route in ROUTES if route.instructors]


def _path(route: Route) -> str:
    return route.path.replace("{", "some-").replace("}", "")


def test_health_is_the_only_public_route(stack: Stack) -> None:
    assert [route.key for route in ROUTES if route.public] == ["GET /health"]
    reply = stack.api().call("GET", "/health")
    assert reply.status == 200
    assert reply.body["status"] == "ok"


@pytest.mark.parametrize("route", _PROTECTED, ids=lambda route: route.key)
def test_without_a_token_every_other_route_answers_401(stack: Stack, route: Route) -> None:
    assert stack.api().call(route.method, _path(route), {}).status == 401


@pytest.mark.parametrize("token", ["", "nonsense", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSJ9."])
def test_a_token_that_is_none_answers_401(stack: Stack, token: str) -> None:
    api = stack.api()
    api.token = token
    assert api.call("POST", "/quiz/generate", {}).status == 401


def test_a_forged_signature_answers_401(stack: Stack) -> None:
    api = stack.api("student")
    assert api.token is not None
    head, claims, signature = api.token.split(".")
    api.token = f"{head}.{claims}.{signature[::-1]}"
    assert api.call("POST", "/quiz/generate", {}).status == 401


@pytest.mark.parametrize("route", _OF_INSTRUCTORS, ids=lambda route: route.key)
def test_students_get_403_from_routes_of_instructors(stack: Stack, route: Route) -> None:
    reply = stack.api("student").call(route.method, _path(route), {})
    assert reply.status == 403
    assert reply.body["error"] == "forbidden"
    assert reply.body["request_id"] == reply.headers["x-request-id"]
