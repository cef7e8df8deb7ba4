"""Neither the response nor a log line holds a key, and what is shown is enough to answer."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.api import quiz as routes
from quiz.keys import Matching, Ordering
from quiz.questions import Question
from tests.unit.builders import Calls
from tests.unit.quiz_api.support import (
    asked_ids,
    call,
    choice,
    generate,
    generated,
    store,
    submit,
)
from tests.unit.quiz_api.test_public import SECRET, SECRET_NUMBER, marked
from tests.unit.strategies import questions_with_right_answer

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def _only(client: "DynamoDBClient", questions: Iterable[Question]) -> None:
    """Let the bank hold these and no others, whatever an environment remembers of it."""
    for item in client.scan(TableName="questions")["Items"]:
        client.delete_item(TableName="questions", Key={"question_id": item["question_id"]})
    store(client, questions)
    routes.bootstrap.cache_clear()


@pytest.mark.long
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.lists(questions_with_right_answer(st.uuids().map(str)), min_size=1, max_size=8))
def test_the_response_holds_no_part_of_a_key(api: Calls, database: "DynamoDBClient", asked: list[Any]) -> None:
    _only(database, [marked(question) for question, _ in asked])
    reply = generate(quiz_type="personalized", difficulty=5, count=len(asked))
    assert reply.status == 200, reply.text
    assert SECRET not in reply.text
    assert str(SECRET_NUMBER) not in reply.text
    assert set(asked_ids(reply.body)) == {question.question_id for question, _ in asked}


@pytest.mark.long
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.lists(questions_with_right_answer(st.uuids().map(str)), min_size=1, max_size=8))
def test_right_answers_to_what_was_shown_earn_everything(
    api: Calls, database: "DynamoDBClient", asked: list[Any]
) -> None:
    _only(database, [question for question, _ in asked])
    quiz = generated(count=len(asked))
    right = {question.question_id: answer for question, answer in asked}
    sent = msgspec.json.Encoder(decimal_format="number").encode({"quiz_id": quiz["quiz_id"], "answers": right})
    body = call("POST /quiz/submit", sent.decode()).body
    assert body["score"] == body["total"]
    assert all(result["correct"] for result in body["results"])
    # Nothing but what was shown is needed to answer.
    for question in quiz["questions"]:
        if question["type"] == "matching":
            assert set(right[question["question_id"]].values()) <= set(question["matches"])


def test_the_shown_order_of_an_ordering_tells_nothing(api: Calls, database: "DynamoDBClient") -> None:
    words = tuple("abcd")
    store(database, [choice("q", key=Ordering(order=words)), choice("m", key=Matching(pairs={"a": "1", "b": "2"}))])
    shown = [{q["question_id"]: q for q in generated(count=2)["questions"]} for _ in range(40)]
    assert len({tuple(o["id"] for o in each["q"]["options"]) for each in shown}) > 10
    assert {tuple(each["m"]["matches"]) for each in shown} == {("1", "2"), ("2", "1")}
    assert {tuple(o["id"] for o in each["m"]["options"]) for each in shown} == {("a", "b"), ("b", "a")}


def test_neither_keys_nor_answers_are_logged(
    api: Calls, database: "DynamoDBClient", capsys: pytest.CaptureFixture[str]
) -> None:
    store(database, [marked(choice("q", explanation=SECRET))])
    quiz = generated(quiz_type=SECRET, count=1)
    submit(quiz["quiz_id"], ["SECRET-answer"])
    submit(quiz["quiz_id"], ["SECRET-other"])
    assert SECRET not in capsys.readouterr().out
