"""A quiz and the marks on its questions are one write."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec
import pytest

from quiz.live.settings import LiveSettings
from tests.unit.api.authoring import (
    READ_QUIZ,
    add_quiz,
    change_quiz,
    delete_quiz,
    marked,
)
from tests.unit.api.driver import Reply, call
from tests.unit.builders import Calls, refused

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def test_a_quiz_is_added_and_read(five_questions: Calls, bank: "DynamoDBClient") -> None:
    added = add_quiz("q2", "q1")
    assert (added.status, added.headers["ETag"], added.headers["Location"]) == (201, '"1"', "/quizzes/quiz")
    encoder = msgspec.json.Encoder(decimal_format="number")
    said = {"quiz_id": "quiz", "title": "Autumn term", "question_ids": ["q2", "q1"], "version": 1}
    assert added.body == {**said, "live": json.loads(encoder.encode(LiveSettings()))}
    read = call(READ_QUIZ)
    assert (read.status, read.headers["ETag"], read.body) == (200, '"1"', added.body)
    assert marked(bank) == {"q1": {"quiz"}, "q2": {"quiz"}}


def test_saving_takes_two_calls_at_most(five_questions: Calls) -> None:
    operations: list[tuple[Callable[[], Reply], list[str]]] = [
        (lambda: add_quiz("q1", "q2"), ["TransactWriteItems"]),
        (lambda: call(READ_QUIZ), ["GetItem"]),
        (lambda: change_quiz("q2", "q3"), ["GetItem", "TransactWriteItems"]),
        (lambda: delete_quiz(2), ["GetItem", "TransactWriteItems"]),
    ]
    for operation, made in operations:
        with five_questions.counted() as names:
            assert operation().status < 300
        assert names == made


def test_a_change_marks_what_comes_and_unmarks_what_goes(five_questions: Calls, bank: "DynamoDBClient") -> None:
    add_quiz("q1", "q2", "q3")
    add_quiz("q3", quiz_id="other")
    changed = change_quiz("q4", "q2", title="")
    assert (changed.status, changed.body["version"]) == (200, 2)
    assert call(READ_QUIZ).body == changed.body
    assert marked(bank) == {"q2": {"quiz"}, "q3": {"other"}, "q4": {"quiz"}}


def test_only_what_changes_is_written(five_questions: Calls) -> None:
    add_quiz("q1", "q2", "q3")
    change_quiz("q3", "q2", "q4")
    [_, actions] = [call_["TransactItems"] for _, call_ in five_questions.made if "TransactItems" in call_]
    assert [next(iter(action)) for action in actions] == ["Put", "Update", "Update"]


def test_a_deleted_quiz_sets_its_questions_free(five_questions: Calls, bank: "DynamoDBClient") -> None:
    add_quiz("q1", "q2")
    assert (delete_quiz().status, call(READ_QUIZ).status, marked(bank)) == (204, 404, {})
    assert call("DELETE /questions/{question_id}", headers={"if-match": "1"}).status == 204


def test_a_missing_question_is_named_and_nothing_is_written(five_questions: Calls, bank: "DynamoDBClient") -> None:
    reply = add_quiz("q1", "gone-1", "q2", "gone-2")
    assert (reply.status, reply.error) == (400, "invalid_input")
    assert "gone-1, gone-2 - at `$.question_ids`" in reply.body["message"]
    assert (call(READ_QUIZ).status, marked(bank)) == (404, {})
    add_quiz("q1")
    assert "gone-1" in change_quiz("q1", "gone-1").body["message"]
    assert call(READ_QUIZ).body["version"] == 1
    assert marked(bank) == {"q1": {"quiz"}}


def test_an_id_that_is_taken_is_a_conflict(five_questions: Calls, bank: "DynamoDBClient") -> None:
    add_quiz("q1")
    reply = add_quiz("q2")
    assert (reply.status, reply.error) == (409, "conflict")
    assert marked(bank) == {"q1": {"quiz"}}
    first = add_quiz("q1", quiz_id="")
    assert first.status == 400
    made = call("POST /quizzes", {"question_ids": ["q1"]}).body["quiz_id"]
    assert made.startswith("quiz-")


def test_what_is_not_there_answers_404(five_questions: Calls) -> None:
    replies = [call(READ_QUIZ), change_quiz("q1"), delete_quiz()]
    assert [(reply.status, reply.error) for reply in replies] == [(404, "unknown_quiz")] * 3


def test_more_changes_than_one_transaction_holds_are_refused(five_questions: Calls, bank: "DynamoDBClient") -> None:
    for number in range(60):
        for half in "ab":
            item = {"question_id": {"S": f"{half}{number}"}}
            bank.put_item(TableName="questions", Item=item)
    assert add_quiz(*(f"a{i}" for i in range(60))).status == 201
    reply = change_quiz(*(f"b{i}" for i in range(60)))
    assert (reply.status, reply.error) == (400, "invalid_input")
    assert "120 questions come or go" in reply.body["message"]
    # THEN in two steps it works
    assert change_quiz(*(f"a{i}" for i in range(30)), *(f"b{i}" for i in range(60))).status == 200
    assert change_quiz(*(f"b{i}" for i in range(60)), version=2).status == 200
    assert marked(bank).keys() == {f"b{i}" for i in range(60)}


def test_ninety_nine_questions_fit_into_one_save(five_questions: Calls, bank: "DynamoDBClient") -> None:
    names = [f"n{i}" for i in range(99)]
    for name in names:
        bank.put_item(TableName="questions", Item={"question_id": {"S": name}})
    assert add_quiz(*names).status == 201
    assert delete_quiz().status == 204


def test_the_id_in_the_body_is_the_one_in_the_path(five_questions: Calls) -> None:
    add_quiz("q1")
    assert change_quiz("q2", quiz_id="other").error == "invalid_input"


def test_a_quiz_that_cannot_be_read_says_so(five_questions: Calls, bank: "DynamoDBClient") -> None:
    bank.put_item(TableName="quizzes", Item={"quiz_id": {"S": "quiz"}})
    assert [reply.error for reply in (call(READ_QUIZ), change_quiz("q1"), delete_quiz())] == ["broken_quiz"] * 3


@pytest.mark.parametrize("operation", ["GetItem", "TransactWriteItems"])
def test_a_throttled_table_may_answer_later(operation: str, five_questions: Calls) -> None:
    add_quiz("q1")
    five_questions.answers[operation] = lambda _: refused("ThrottlingException")
    assert change_quiz("q2").status == 503
