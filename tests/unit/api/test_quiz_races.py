"""Two who write at once: a quiz, or a quiz and a question that it asks."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.api.authoring import (
    CHANGE_QUIZ,
    DELETE_QUIZ,
    READ_QUIZ,
    add_quiz,
    change_quiz,
    delete_quiz,
    marked,
    quiz,
)
from tests.unit.api.driver import call
from tests.unit.builders import Calls

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def test_a_question_that_went_missing_does_not_hold_a_quiz(five_questions: Calls, bank: "DynamoDBClient") -> None:
    # GIVEN a question that somebody has deleted past the API
    add_quiz("q1", "q2", "q3")
    bank.delete_item(TableName="questions", Key={"question_id": {"S": "q2"}})
    assert change_quiz("q1", "q4").status == 200
    assert marked(bank) == {"q1": {"quiz"}, "q4": {"quiz"}}
    bank.delete_item(TableName="questions", Key={"question_id": {"S": "q1"}})
    assert delete_quiz(2).status == 204
    # THEN taking marks off brings nothing back
    assert sorted(item["question_id"]["S"] for item in bank.scan(TableName="questions")["Items"]) == ["q3", "q4", "q5"]


@pytest.mark.parametrize("key", [CHANGE_QUIZ, DELETE_QUIZ])
@pytest.mark.parametrize(("sent", "status"), [(None, 428), ("2", 412), ("x", 400)])
def test_a_change_has_to_say_which_version_it_was_made_from(
    key: str, sent: str | None, status: int, five_questions: Calls
) -> None:
    before = add_quiz("q1").body
    assert call(key, quiz("q2"), headers={} if sent is None else {"if-match": sent}).status == status
    assert call(READ_QUIZ).body == before


def _meanwhile(five_questions: Calls, operation: str, change: Any) -> None:
    """Somebody else does this just before the call reaches the database."""

    def answer(_: Any) -> None:
        del five_questions.answers[operation]
        change()

    five_questions.answers[operation] = answer


def test_of_two_who_save_at_once_the_second_is_told(five_questions: Calls, bank: "DynamoDBClient") -> None:
    add_quiz("q1")
    _meanwhile(five_questions, "TransactWriteItems", lambda: change_quiz("q2"))
    reply = change_quiz("q3")
    assert (reply.status, reply.error) == (412, "stale_version")
    assert (call(READ_QUIZ).body["question_ids"], marked(bank)) == (["q2"], {"q2": {"quiz"}})


@pytest.mark.parametrize("late", [lambda: change_quiz("q3", version=2), lambda: delete_quiz(2)])
def test_who_saves_what_is_deleted_meanwhile_is_told(late: Any, five_questions: Calls, bank: "DynamoDBClient") -> None:
    add_quiz("q1")
    change_quiz("q2")
    _meanwhile(five_questions, "TransactWriteItems", lambda: delete_quiz(2))
    reply = late()
    assert (reply.status, reply.error) == (404, "unknown_quiz")
    assert marked(bank) == {}


def test_a_question_cannot_be_deleted_between_reading_and_saving(five_questions: Calls, bank: "DynamoDBClient") -> None:
    add_quiz("q2")
    delete = "DELETE /questions/{question_id}"
    _meanwhile(five_questions, "TransactWriteItems", lambda: call(delete, headers={"if-match": "1"}))
    assert "q1" in change_quiz("q1", "q2").body["message"]
    assert marked(bank) == {"q2": {"quiz"}}


def test_a_change_whose_answer_was_lost_may_be_sent_again(five_questions: Calls) -> None:
    add_quiz("q1")
    first = change_quiz("q2")
    assert change_quiz("q2").body == first.body
    assert change_quiz("q3").status == 412
