"""Requests to the intake: what is kept of each."""

from base64 import b64encode
from typing import Any

import pytest

from handlers.intake.ledger import METHODS, ROUTES
from tests.unit.builders import Calls
from tests.unit.intake.support import AT, AT_MS, DAYS, REQUEST_ID, TABLE, answer, line, lines, request


def test_everything_that_is_known_of_a_request_is_kept(intake: Calls, database: Any) -> None:
    sent = request(body='{"mark": 1}', query="a=1&b=%20", headers={"user-agent": "curl/8"})
    reply = answer(sent)
    assert reply.status == 200
    assert reply.body == {"message": "Request processed successfully", "request_id": REQUEST_ID, "timestamp": AT}
    assert reply.headers["X-Request-Id"] == REQUEST_ID
    assert line(database) == {
        "request_id": REQUEST_ID,
        "timestamp": AT,
        "source": "api",
        "method": "POST",
        "path": "/intake/reports/7",
        "query": "a=1&b=%20",
        "headers": {"content-type": "application/json", "user-agent": "curl/8"},
        "user_id": "person-1",
        "body": '{"mark": 1}',
        "is_base64": False,
        "is_json": True,
        "expires_at": AT_MS // 1000 + 30 * DAYS,
    }


def test_it_costs_one_write_that_happens_once(intake: Calls, database: Any) -> None:
    answer(request())
    [(name, call)] = intake.made
    assert (name, call["TableName"]) == ("PutItem", TABLE)
    assert call["ConditionExpression"] == "attribute_not_exists(request_id)"


@pytest.mark.parametrize("method", METHODS)
def test_every_method_is_recorded(intake: Calls, database: Any, method: str) -> None:
    assert answer(request(method)).status == 200
    assert line(database)["method"] == method


def test_preflight_requests_are_left_to_api_gateway() -> None:
    assert {route.key for route in ROUTES} == {
        f"{method} /intake/{{proxy+}}" for method in ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
    }
    assert not [route for route in ROUTES if route.public]


def test_a_repeated_delivery_is_recorded_once_and_told_the_same(intake: Calls, database: Any) -> None:
    assert answer(request(body="1")) == answer(request(body="1"))
    assert len(lines(database)) == 1


def test_requests_that_are_equal_are_two(intake: Calls, database: Any) -> None:
    answer(request(body="1"))
    answer(request(body="1", request_id="another"))
    assert len(lines(database)) == 2


@pytest.mark.parametrize(
    ("body", "is_json"),
    [
        (None, False),
        ("", False),
        ("{", False),
        ('{"a": 1} x', False),
        ("a=1&b=2", False),
        ("\x00\x1f", False),
        ("[" * 100_000, False),
        ("7", True),
        ("null", True),
        ('{"a": 1, "a": 2}', True),
        ('{"grün": "🎲"}', True),
        (" [1.50, 1e400] \n", True),
    ],
)
def test_a_body_is_kept_to_the_letter_be_it_json_or_not(
    intake: Calls, database: Any, body: str | None, is_json: bool
) -> None:
    assert answer(request(body=body)).status == 200
    found = line(database)
    assert (found["body"], found["is_json"], found["is_base64"]) == (body or "", is_json, False)


@pytest.mark.parametrize(("raw", "is_json"), [(b"\x89PNG\r\n\xff", False), (b'{"a": 1}', True), (b"a=1", False)])
def test_what_api_gateway_took_for_no_text_stays_base64(
    intake: Calls, database: Any, raw: bytes, is_json: bool
) -> None:
    body = b64encode(raw).decode()
    answer(request(body=body, is_base64=True))
    found = line(database)
    assert (found["body"], found["is_json"], found["is_base64"]) == (body, is_json, True)


def test_text_with_half_a_character_becomes_base64(intake: Calls, database: Any) -> None:
    answer(request(body="a\ud83d"))
    found = line(database)
    assert (found["body"], found["is_base64"]) == (b64encode(b"a\xed\xa0\xbd").decode(), True)


@pytest.mark.parametrize(
    "path",
    [
        "/intake/x",
        "/intake/",
        "/intake/a//b/",
        "/intake/grün/🎲",
        "/intake/100%",
        "/intake/a%2Fb",
        "/intake/a b;c=d",
        "/intake/../x",
    ],
)
def test_a_path_is_kept_as_it_came(intake: Calls, database: Any, path: str) -> None:
    assert answer(request(path=path)).status == 200
    assert line(database)["path"] == path


def test_headers_that_came_twice_are_kept_as_api_gateway_joins_them(intake: Calls, database: Any) -> None:
    answer(request(headers={"x-tag": "a,b"}))
    assert line(database)["headers"]["x-tag"] == "a,b"


def test_half_a_character_elsewhere_loses_no_request(intake: Calls, database: Any) -> None:
    assert answer(request(path="/intake/\ud83d", query="a=\ud83d", headers={"x-\ud83d": "\ud83d"})).status == 200
    found = line(database)
    assert (found["path"], found["query"], found["headers"]["x-?"]) == ("/intake/?", "a=?", "?")


def test_how_long_a_line_is_kept_is_a_setting(intake: Calls, database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEEP_DAYS", "7")
    answer(request())
    assert line(database)["expires_at"] == AT_MS // 1000 + 7 * DAYS
