"""What instructors are told."""

import json
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest

from adapters.gateway.answering import Answering
from handlers.api import analytics
from tests.unit.analytics.support import AT, HOUR, record, run
from tests.unit.builders import Calls, refused

LIST = "GET /analytics/questions"
READ = "GET /analytics/questions/{question_id}"


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.api.analytics.time.time", lambda: AT)


def _call(
    key: str = LIST, query: dict[str, str] | None = None, group: str = "instructors", question_id: str = "q1"
) -> tuple[int, Any]:
    """Ask the routes, as API Gateway hands a request over."""
    claims = {"sub": "user-1", "cognito:groups": f"[{group}]"}
    event = {
        "routeKey": key,
        "rawQueryString": urlencode(query or {}),
        "queryStringParameters": query or {},
        "pathParameters": {"question_id": question_id},
        "requestContext": {"requestId": "request-1", "authorizer": {"jwt": {"claims": claims}}},
    }
    response = Answering(analytics.routes).respond(event)
    return response["statusCode"], json.loads(response["body"], parse_float=Decimal)


def _answers(told: dict[str, str], category: str = "science", **changes: Any) -> None:
    """For each question, right (+) and wrong (-) answers."""
    results = [(question_id, mark == "+") for question_id, marks in told.items() for mark in marks]
    records = [
        record(i, question_id=question_id, category=category, last_correct=right, **changes)
        for i, (question_id, right) in enumerate(results)
    ]
    tag = f"{category}{changes}"[:60]
    assert run([{**each, "eventID": f"{tag}{each['eventID']}"} for each in records]) == []


def test_a_page_lists_the_hardest_first_beside_the_category(table: Any) -> None:
    _answers({"easy": "+++", "hard": "--+", "middle": "+-"})
    _answers({"other": "-"}, category="art")
    status, body = _call(query={"category": "science"})
    assert status == 200
    assert [each["question_id"] for each in body["questions"]] == ["hard", "middle", "easy"]
    assert body["questions"][0] == {
        "question_id": "hard",
        "category": "science",
        "answered": 3,
        "correct": 1,
        "accuracy": Decimal("0.3333"),
        "difficulty": Decimal("0.6667"),
        "discrimination": None,
    }
    assert body["category"] == "science"
    assert (body["overall"]["answered"], body["overall"]["accuracy"]) == (8, Decimal("0.625"))
    assert body["next"] is None


def test_discrimination_tells_what_the_strong_know_and_the_weak_do_not(table: Any) -> None:
    _answers({"q": "++"}, last_ability=Decimal("0.9"))
    _answers({"q": "--"}, last_ability=Decimal("0.1"))
    _, body = _call(query={"category": "science"})
    assert body["questions"][0]["discrimination"] == 1


def test_a_category_without_answers_is_empty(table: Any) -> None:
    assert _call(query={"category": "science"}) == (
        200,
        {"category": "science", "overall": None, "questions": [], "next": None},
    )


def test_pages_go_on_where_they_ended(table: Any, calls: Calls) -> None:
    _answers({f"q{i}": "+-"[i % 2] for i in range(5)}, category="経済")
    pages = []
    query: dict[str, Any] = {"category": "経済", "limit": "2"}
    while True:
        with calls.counted() as names:
            status, body = _call(query=query)
        assert (status, names, body["overall"]["answered"]) == (200, ["Query", "Query"], 5)
        pages.append([each["question_id"] for each in body["questions"]])
        if body["next"] is None:
            break
        query["next"] = body["next"]
    assert pages[:3] == [["q1", "q0"], ["q3", "q2"], ["q4"]]


def test_a_token_of_another_category_is_refused(table: Any) -> None:
    _answers({"q1": "+", "q2": "+"})
    _, body = _call(query={"category": "science", "limit": "1"})
    status, error = _call(query={"category": "art", "next": body["next"]})
    assert (status, error["error"]) == (400, "invalid_input")
    assert "$.next" in error["message"]


@pytest.mark.parametrize("query", [{}, {"category": ""}, {"category": "a#b"}, {"category": "a", "limit": "101"}])
def test_a_category_has_to_be_named(table: Any, query: dict[str, str]) -> None:
    status, error = _call(query=query)
    assert (status, error["error"]) == (400, "invalid_input")


@pytest.mark.parametrize("key", [LIST, READ])
def test_students_are_told_nothing(table: Any, calls: Calls, key: str) -> None:
    status, _ = _call(key, group="students", query={"category": "science"} if key == LIST else {})
    assert status == 403
    assert calls.made == []


@pytest.mark.parametrize("key", [LIST, READ])
def test_a_busy_table_can_be_asked_again(table: Any, calls: Calls, key: str) -> None:
    calls.answers["Query"] = lambda _: refused("ThrottlingException")
    status, error = _call(key, query={"category": "science"} if key == LIST else {})
    assert (status, error["error"]) == (503, "unavailable")


def test_a_question_is_told_hour_by_hour(table: Any, calls: Calls) -> None:
    _answers({"q1": "+-"}, answered_at=AT)
    _answers({"q1": "+"}, answered_at=AT - 3_600)
    _answers({"q1": "-"}, answered_at=AT - 24 * 3_600)
    with calls.counted() as names:
        status, body = _call(READ)
    assert (status, names) == (200, ["Query"])
    assert (body["total"]["question_id"], body["total"]["category"]) == ("q1", "science")
    assert (body["total"]["answered"], body["total"]["correct"]) == (4, 2)
    assert [(each["hour"], each["answered"], each["accuracy"]) for each in body["hours"]] == [
        ("2026-11-20T11", 1, 1),
        (HOUR, 2, Decimal("0.5")),
    ]


@pytest.mark.parametrize(("hours", "found"), [("1", 1), ("24", 2), ("25", 3), ("720", 3)])
def test_hours_are_counted_back_from_the_current_one(table: Any, hours: str, found: int) -> None:
    for back in (0, 23, 24):
        _answers({"q1": "+"}, answered_at=AT - back * 3_600)
    _, body = _call(READ, query={"hours": hours})
    assert len(body["hours"]) == found
    assert body["total"]["answered"] == 3


@pytest.mark.parametrize("hours", ["0", "721", "x", "-1"])
def test_hours_have_bounds(table: Any, hours: str) -> None:
    assert _call(READ, query={"hours": hours})[0] == 400


def test_a_question_that_nobody_has_answered_is_not_found(table: Any) -> None:
    _answers({"q1": "+"})
    status, error = _call(READ, question_id="q")
    assert (status, error["error"]) == (404, "not_found")
