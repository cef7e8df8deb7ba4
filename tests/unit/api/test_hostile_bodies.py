"""No body whatsoever is a failure of ours."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.gateway.routing import Route
from handlers.api.http import ROUTES
from tests.unit.api.authoring import question, quiz
from tests.unit.api.driver import answer, event
from tests.unit.builders import Calls
from tests.unit.strategies import json_values, questions

TAKING = [route for route in ROUTES if route.takes is not None]
GOOD: dict[str, Any] = {
    "/questions": question(),
    "/quizzes": quiz("q1"),
    "/media": {"content_type": "image/png", "size": 1},
    "/quiz/generate": {},
    "/quiz/submit": {"quiz_id": "quiz", "answers": {}},
    "/answer": {"quiz_id": "quiz", "question_id": "q1", "answer": 1},
    "/live": {"action": "open"},
    "/sessions": {"quiz_id": "quiz"},
    "/sessions/{session_id}/answer": {"question_id": "q1", "selected_answers": ["a"], "version": 1},
}
_relaxed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)


def _key(route: Route) -> str:
    return route.key


def _send(route: Route, body: str, *, binary: bool = False) -> int:
    request = event(route.key, body, headers={"if-match": '"1"'})
    return answer({**request, "isBase64Encoded": binary}).status


def _good(route: Route) -> dict[str, Any]:
    if route.path in GOOD:
        return dict(GOOD[route.path])
    [body] = [body for path, body in GOOD.items() if route.path.startswith(f"{path}/{{")]
    return dict(body)


@pytest.mark.parametrize("route", TAKING, ids=_key)
@_relaxed
@given(body=st.text() | st.binary().map(lambda raw: raw.decode("latin-1")), binary=st.booleans())
def test_any_text(route: Route, body: str, binary: bool, api: Calls) -> None:
    assert 400 <= _send(route, body, binary=binary) < 500 or body.strip() in ("", "{}")


@pytest.mark.parametrize("route", TAKING, ids=_key)
@_relaxed
@given(value=json_values)
def test_any_json(route: Route, value: Any, api: Calls) -> None:
    assert _send(route, json.dumps(value, default=str)) < 500


@pytest.mark.parametrize("route", TAKING, ids=_key)
@_relaxed
@given(data=st.data(), value=json_values)
def test_good_bodies_with_one_thing_wrong(route: Route, data: st.DataObject, value: Any, api: Calls) -> None:
    body = _good(route)
    name = data.draw(st.sampled_from([*route.takes.__struct_fields__, "surprise"]))
    assert _send(route, json.dumps({**body, name: value}, default=str)) < 500


@_relaxed
@given(asked=questions)
def test_any_question_that_the_bank_may_hold_is_taken_and_given_back(asked: Any, api: Calls) -> None:
    body = msgspec.json.Encoder(decimal_format="number").encode(asked).decode()
    body = json.dumps({**json.loads(body), "question_id": "a" + asked.question_id.encode().hex()})
    reply = answer(event("POST /questions", body))
    # The same question may be drawn twice.
    assert reply.status in (201, 409), reply.body
