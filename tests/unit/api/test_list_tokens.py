"""Tokens of lists are checked when they come back."""

import json
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.api.driver import call
from tests.unit.builders import Calls

if TYPE_CHECKING:
    pass

LIST = "GET /questions"
# By id, category and difficulty: more than a page of some, none of others.
BANK = {
    **{f"s{i}": ("science", 1 + i % 3) for i in range(12)},
    **{f"h{i}": ("history", 4) for i in range(7)},
    "a1": ("art", 5),
}


def _token(**place: Any) -> str:
    return urlsafe_b64encode(json.dumps(place).encode()).decode()


@pytest.mark.parametrize(
    "token",
    [
        "nonsense",
        "é",
        "%%%%",
        "=",
        "A",
        "e30x",
        urlsafe_b64encode(b"[]").decode(),
        urlsafe_b64encode(b"\xff\xfe").decode(),
        "x" * 1001,
        _token(after=1),
        _token(after="x" * 129),
        _token(bucket="science#1", sample_key=-1, after="s0"),
        _token(bucket="science#1", sample_key=10**40, after="s0"),
        _token(bucket="science#1", sample_key=1.5, after="s0"),
        _token(bucket="science#1", table="results"),
    ],
)
def test_a_token_that_was_not_given_is_refused(token: str, api: Calls) -> None:
    reply = call(LIST, query={"next": token, "category": "science"})
    assert (reply.status, reply.error) == (400, "invalid_input")
    assert "$.next" in reply.body["message"]
    assert api.made == []


@pytest.mark.parametrize("query", [{}, {"category": "history"}, {"category": "science", "difficulty": 2}])
def test_a_token_of_another_list_is_refused(query: dict[str, Any], many_questions: Calls) -> None:
    token = call(LIST, query={"category": "science", "difficulty": 1, "limit": 1}).body["next"]
    reply = call(LIST, query={**query, "next": token})
    assert (reply.status, reply.error) == (400, "invalid_input")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(token=st.text(max_size=40) | st.binary(max_size=40).map(lambda raw: urlsafe_b64encode(raw).decode()))
def test_no_token_at_all_is_a_failure_of_ours(many_questions: Calls, token: str) -> None:
    assert call(LIST, query={"next": token}).status in (200, 400)
