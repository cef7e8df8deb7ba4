"""Who may call what, driven from the table of routes."""

from typing import Any

import pytest

from adapters.gateway.routing import Route
from handlers.api.http import ROUTES
from tests.unit.api.driver import INSTRUCTOR, REQUEST_ID, STUDENT, answer, call, event
from tests.unit.builders import Calls

PROTECTED = [route for route in ROUTES if not route.public]
OF_INSTRUCTORS = [route for route in ROUTES if route.instructors]


def _key(route: Route) -> str:
    return route.key


def test_health_alone_is_public() -> None:
    assert [route.key for route in ROUTES if route.public] == ["GET /health"]


def test_the_bank_belongs_to_instructors() -> None:
    paths = {route.path.split("/")[1] for route in OF_INSTRUCTORS} - {"live"}
    assert paths == {"analytics", "questions", "quizzes", "media"}
    assert not [route for route in ROUTES if route.path.split("/")[1] in paths and not route.instructors]


def test_of_a_live_quiz_students_see_how_it_stands() -> None:
    of_students = {route.key for route in ROUTES if route.path.startswith("/live") and not route.instructors}
    assert of_students == {"GET /live/{quiz_id}"}


def test_health_needs_nothing(calls: Calls) -> None:
    reply = call("GET /health", groups=None)
    assert (reply.status, reply.body["status"]) == (200, "ok")
    assert reply.headers["X-Request-Id"] == REQUEST_ID
    assert calls.made == []


@pytest.mark.parametrize("route", PROTECTED, ids=_key)
def test_nobody_gets_in_without_a_token(route: Route, api: Calls) -> None:
    reply = call(route.key, "{", groups=None)
    assert (reply.status, reply.error) == (401, "unauthenticated")
    assert api.made == []


@pytest.mark.parametrize("route", OF_INSTRUCTORS, ids=_key)
@pytest.mark.parametrize(
    "groups", ["", STUDENT, "[instructorsx]", "[Instructors]", "[[instructors]]", "[a,instructors]"]
)
def test_students_do_not_get_where_instructors_do(route: Route, groups: str, api: Calls) -> None:
    reply = call(route.key, "{", groups=groups)
    assert (reply.status, reply.error) == (403, "forbidden")
    assert api.made == []


@pytest.mark.parametrize("groups", [INSTRUCTOR, "[students instructors]", "instructors", ["instructors"]])
def test_groups_are_read_as_api_gateway_writes_them(groups: Any, api: Calls) -> None:
    assert call("GET /quizzes", groups=groups).status == 200


@pytest.mark.parametrize(
    "authorizer",
    [None, {}, {"jwt": None}, {"jwt": {}}, {"jwt": {"claims": None}}, {"jwt": {"claims": {"sub": ""}}}, {"lambda": {}}],
)
def test_a_token_without_a_person_is_none(authorizer: Any) -> None:
    request = event("GET /questions")
    request["requestContext"]["authorizer"] = authorizer
    assert answer(request).status == 401
