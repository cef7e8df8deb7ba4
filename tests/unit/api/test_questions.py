"""Questions are written once, changed from the version that was read, and deleted if no quiz asks them."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from adapters.bank import question_item
from adapters.items import from_item
from quiz.bank import bucket, sample_key
from quiz.questions import Question
from tests.unit.api.authoring import (
    CHANGE_QUESTION,
    DELETE_QUESTION,
    READ_QUESTION,
    add_question,
    change_question,
    delete_question,
    question,
    quiz,
)
from tests.unit.api.driver import Reply, call
from tests.unit.builders import Calls, refused

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

CALLS = {
    "GetItem": READ_QUESTION,
    "PutItem": "POST /questions",
    "UpdateItem": CHANGE_QUESTION,
    "DeleteItem": DELETE_QUESTION,
}


def _stored(bank: "DynamoDBClient", question_id: str = "q1") -> dict[str, Any]:
    return from_item(bank.get_item(TableName="questions", Key={"question_id": {"S": question_id}}).get("Item", {}))


def test_a_question_is_added_and_read(api: Calls) -> None:
    added = add_question()
    assert (added.status, added.headers["ETag"], added.headers["Location"]) == (201, '"1"', "/questions/q1")
    read = call(READ_QUESTION)
    assert (read.status, read.headers["ETag"], read.body) == (200, '"1"', added.body)
    assert read.body["points"] == 1.5
    assert read.body["key"] == {"type": "true_false", "correct": True, "if_right": "", "if_wrong": ""}


def test_each_operation_is_one_call(api: Calls) -> None:
    operations: list[tuple[Callable[[], Reply], str]] = [
        (add_question, "PutItem"),
        (lambda: call(READ_QUESTION), "GetItem"),
        (change_question, "UpdateItem"),
        (lambda: delete_question(2), "DeleteItem"),
    ]
    for operation, made in operations:
        with api.counted() as names:
            assert operation().status < 300
        assert names == [made]


def test_it_is_stored_with_what_samples_are_drawn_by(api: Calls, bank: "DynamoDBClient") -> None:
    add_question()
    stored = _stored(bank)
    assert stored["bucket"] == bucket("science", 3) == "science#3"
    assert stored["sample_key"] == sample_key("q1")
    assert 0 <= stored["sample_key"] < 2**48
    assert stored["points"] == Decimal("1.5")


def test_an_id_is_made_from_the_content(api: Calls) -> None:
    first = add_question(question_id=...).body["question_id"]
    assert first.startswith("q-")
    assert len(first) == 22
    # THEN the same content cannot be added twice by accident
    again = add_question(question_id=...)
    assert (again.status, again.error) == (409, "conflict")
    assert first in again.body["message"]
    assert add_question(question_id=..., text="Something else.").body["question_id"] != first


def test_an_id_that_is_taken_is_a_conflict_and_changes_nothing(api: Calls) -> None:
    first = add_question().body
    assert add_question(text="Another.").status == 409
    assert call(READ_QUESTION).body == first


def test_what_is_not_there_answers_404(api: Calls) -> None:
    assert [reply.status for reply in (call(READ_QUESTION), change_question(), delete_question())] == [404] * 3


def test_a_change_replaces_everything_but_the_marks_of_quizzes(api: Calls, bank: "DynamoDBClient") -> None:
    add_question(media_key=f"media/{'0' * 32}.png", explanation="Less pressure.")
    call("POST /quizzes", quiz("q1"))
    changed = change_question(category="physics", difficulty=5, tags=..., points=2)
    assert (changed.status, changed.headers["ETag"]) == (200, '"2"')
    assert call(READ_QUESTION).body == changed.body
    stored = _stored(bank)
    assert stored["used_by"] == {"quiz"}
    assert stored["bucket"] == "physics#5"
    assert (stored["explanation"], stored["tags"]) == ("", [])
    assert "media_key" not in stored


def test_the_id_in_the_body_is_the_one_in_the_path(api: Calls) -> None:
    add_question()
    assert change_question(question_id=...).status == 200
    reply = change_question(version=2, question_id="q2")
    assert (reply.status, reply.error) == (400, "invalid_input")
    assert "at `$.question_id`" in reply.body["message"]


def test_a_deleted_question_is_gone(api: Calls) -> None:
    add_question()
    reply = delete_question()
    assert (reply.status, reply.body) == (204, None)
    assert "Content-Type" not in reply.headers
    assert call(READ_QUESTION).status == 404


def test_a_question_that_a_quiz_asks_cannot_be_deleted(api: Calls) -> None:
    add_question()
    for name in ("b", "a"):
        call("POST /quizzes", quiz("q1", quiz_id=name))
    reply = delete_question()
    assert (reply.status, reply.error) == (409, "in_use")
    assert reply.body["message"].endswith("is asked by: a, b")
    assert call(READ_QUESTION).status == 200


def test_a_question_that_cannot_be_read_says_so(api: Calls, bank: "DynamoDBClient") -> None:
    bank.put_item(TableName="questions", Item={"question_id": {"S": "q1"}, "text": {"S": "?"}})
    reply = call(READ_QUESTION)
    assert (reply.status, reply.error) == (409, "broken_quiz")


@pytest.mark.parametrize(("operation", "key"), CALLS.items())
def test_a_throttled_table_may_answer_later(operation: str, key: str, api: Calls) -> None:
    api.answers[operation] = lambda _: refused("ThrottlingException")
    reply = call(key, question(), headers={"if-match": "1"})
    assert (reply.status, reply.error) == (503, "unavailable")
    assert int(reply.headers["Retry-After"]) > 0


@pytest.mark.parametrize(("operation", "key"), CALLS.items())
def test_a_refusal_that_is_no_condition_is_a_failure_of_ours(operation: str, key: str, api: Calls) -> None:
    api.answers[operation] = lambda _: refused("ValidationException")
    reply = call(key, question(), headers={"if-match": "1"})
    assert (reply.status, reply.error) == (500, "internal_error")
    assert "ValidationException" not in str(reply)


def test_a_question_as_tools_store_it_is_the_same(api: Calls, bank: "DynamoDBClient") -> None:
    body = add_question().body
    assert _stored(bank) == from_item(question_item(msgspec.convert(body, Question, strict=False)))
