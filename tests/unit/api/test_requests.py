"""What API Gateway hands over is read with suspicion."""

import json
from base64 import b64encode
from typing import Any

import pytest

from handlers.api.http import ROUTES
from tests.unit.api.authoring import question, quiz
from tests.unit.api.driver import answer, call, event
from tests.unit.builders import Calls

POST = "POST /questions"
MOST_BYTES = 256 * 1024


def _nested(levels: int, opening: str = "[", closing: str = "]") -> str:
    return opening * levels + closing * levels


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        ("", "malformed_json", "truncated"),
        ("{", "malformed_json", "truncated"),
        ("nonsense", "malformed_json", "malformed"),
        ('{"text": "\ud800"}', "malformed_json", "surrogate"),
        ("[]", "invalid_input", "Expected `object`, got `array`"),
        ("{}", "invalid_input", "required field `text`"),
        (question(surprise=1), "invalid_input", "unknown field `surprise`"),
        (question(text=1), "invalid_input", "got `int` - at `$.text`"),
        (question(key={"type": "essay"}), "invalid_input", "'essay' - at `$.key.type`"),
        (question(tags=["good", ""]), "invalid_input", "at `$.tags[1]`"),
        (question(difficulty=6), "invalid_input", "at `$.difficulty`"),
        (question(key={"type": "single_choice", "correct": "x"}), "invalid_input", "the question lacks: x"),
        (question(question_id="a/b"), "invalid_input", "at `$.question_id`"),
        (question(question_id=".."), "invalid_input", "at `$.question_id`"),
        (question(media_key="exports/results.json"), "invalid_input", "at `$.media_key`"),
        (question(points=0), "invalid_input", "points are above 0"),
        (question(points="0." + "1" * 39), "invalid_input", "at most 38 digits"),
    ],
)
def test_a_bad_body_is_refused_with_the_path_of_the_fault(body: Any, code: str, message: str, api: Calls) -> None:
    reply = call(POST, body)
    assert (reply.status, reply.error) == (400, code)
    assert message in reply.body["message"]
    assert api.made == []


@pytest.mark.parametrize("strange", [b"\xed\xa0\x80", b"\xff", b"\xc3("])
def test_bytes_that_are_no_utf_8_are_refused(strange: bytes, api: Calls) -> None:
    raw = json.dumps(question(category="here")).encode().replace(b"here", strange)
    reply = answer({**event(POST, b64encode(raw).decode()), "isBase64Encoded": True})
    assert (reply.status, reply.error) == (400, "malformed_json")
    assert "UTF-8" in reply.body["message"]


def test_the_limit_of_bytes(api: Calls) -> None:
    exact = json.dumps(question()).ljust(MOST_BYTES)
    assert call(POST, exact).status == 201
    reply = call(POST, exact + " ")
    assert (reply.status, reply.error) == (413, "too_large")


def test_a_small_body_that_would_be_a_large_item_is_refused(api: Calls) -> None:
    key = {"type": "numeric", "accepted": [{"value": number} for number in range(15_000)]}
    body = json.dumps(question(key=key), separators=(",", ":"))
    assert len(body) < MOST_BYTES
    assert call(POST, body).status == 413


@pytest.mark.parametrize(
    "body", [_nested(33), _nested(33, '{"a":', "}").replace("}", "1}", 1), "[" * 50_000, '{"x":' * 40_000]
)
def test_a_body_nested_too_deep_is_refused(body: str) -> None:
    reply = call(POST, body)
    assert reply.status == 400
    assert "nested deeper than 32 levels" in reply.body["message"]


@pytest.mark.parametrize("body", [_nested(32), json.dumps({"text": "[" * 99}), json.dumps({"text": '\\"' + "{" * 99})])
def test_brackets_that_do_not_nest_are_no_reason(body: str) -> None:
    assert "nested" not in call(POST, body).body["message"]


def test_binary_bodies_are_decoded(api: Calls) -> None:
    request = event(POST, b64encode(json.dumps(question(text="é")).encode()).decode())
    request["isBase64Encoded"] = True
    assert answer(request).body["text"] == "é"


@pytest.mark.parametrize("body", ["%", "é", b64encode(b"\xff").decode()])
def test_binary_bodies_that_are_none_are_refused(body: str) -> None:
    request = {**event(POST, body), "isBase64Encoded": True}
    assert (answer(request).status, answer(request).error) == (400, "malformed_json")


@pytest.mark.parametrize("body", ["", "nonsense", "[" * 100, "x" * MOST_BYTES * 2])
def test_a_body_where_none_is_taken_is_ignored(body: str, api: Calls) -> None:
    assert call("GET /quizzes", body).status == 200


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.key)
@pytest.mark.parametrize("empty", ["left out", None])
def test_whatever_api_gateway_leaves_out_is_no_failure_of_ours(route: Any, empty: Any, api: Calls) -> None:
    whole = event(route.key)
    for name in ("headers", "queryStringParameters", "rawQueryString", "pathParameters", "body", "cookies"):
        request = {field: value for field, value in whole.items() if field != name}
        assert answer(request if empty == "left out" else {**request, name: None}).status < 500


@pytest.mark.parametrize("request_", [{}, {"routeKey": None}, {"requestContext": None, "routeKey": "GET /questions"}])
def test_an_event_that_is_hardly_one_gets_an_answer(request_: dict[str, Any]) -> None:
    assert answer(request_).status in (401, 404)


def test_a_quiz_without_questions_or_with_one_twice_is_refused(api: Calls) -> None:
    for ids in ([], ["q1", "q1"], [f"q{i}" for i in range(100)]):
        assert call("POST /quizzes", quiz(*ids)).error == "invalid_input"
