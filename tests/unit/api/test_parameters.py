"""Parameters of path, query and headers."""

from typing import Any

import pytest

from adapters.bank import quiz_item
from quiz.questions import Quiz
from tests.unit.api.authoring import question
from tests.unit.api.driver import answer, call, event
from tests.unit.builders import Calls

POST = "POST /questions"
MOST_BYTES = 256 * 1024


@pytest.mark.parametrize("name", ["if-match", "If-Match", "IF-MATCH"])
def test_headers_come_in_any_case(name: str, api: Calls) -> None:
    call(POST, question())
    assert call("DELETE /questions/{question_id}", headers={name: '"1"'}).status == 204


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ({"limit": "0"}, "$.limit"),
        ({"limit": "101"}, "$.limit"),
        ({"limit": "many"}, "$.limit"),
        ({"limit": "9" * 5000}, "$.limit"),
        ({"category": ""}, "$.category"),
        ({"category": "a#b"}, "$.category"),
        ({"difficulty": "0"}, "$.difficulty"),
        ({"tag": ""}, "$.tag"),
        ({"surprise": "1"}, "unknown field `surprise`"),
    ],
)
def test_bad_parameters_are_refused_by_name(query: dict[str, str], fault: str, api: Calls) -> None:
    reply = call("GET /questions", query=query)
    assert (reply.status, reply.error) == (400, "invalid_input")
    assert fault in reply.body["message"]
    assert api.made == []


def test_a_parameter_may_be_given_once(api: Calls) -> None:
    # GIVEN what API Gateway makes of category=a&category=b
    request = event("GET /questions", query={"category": "a,b"})
    assert answer(request).status == 200
    reply = answer({**request, "rawQueryString": "category=a&category=b"})
    assert reply.status == 400
    assert "more than once in the query: category" in reply.body["message"]


@pytest.mark.parametrize("given", ["", "é", "a b", "x" * 129, "a\n", "\ud800"])
def test_what_can_be_nobodys_id_is_not_looked_up(given: str, api: Calls) -> None:
    reply = call("GET /questions/{question_id}", path={"question_id": given})
    assert (reply.status, reply.error) == (404, "not_found")
    assert api.made == []


def test_the_one_escape_that_api_gateway_leaves_is_decoded(bank: Any, api: Calls) -> None:
    bank.put_item(TableName="quizzes", Item=quiz_item(Quiz(quiz_id="100%/a", question_ids=("q1",))))
    assert call("GET /quizzes/{quiz_id}", path={"quiz_id": "100%25/a"}).body["quiz_id"] == "100%/a"
