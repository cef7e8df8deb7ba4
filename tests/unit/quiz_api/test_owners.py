"""A quiz is its student's: others do not even learn that it exists, and instructors may read its result."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.builders import Calls
from tests.unit.quiz_api.support import (
    OTHER,
    TEACHER,
    choices,
    generated,
    read_results,
    store,
    submit,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@pytest.fixture
def quiz(api: Calls, database: "DynamoDBClient") -> Any:
    store(database, choices(3))
    return generated(count=3)


def _right(quiz: Any, number: int = 3) -> list[str]:
    return ["a"] * number + ["b"] * (len(quiz["questions"]) - number)


def test_only_the_owner_submits(quiz: Any) -> None:
    unknown = submit("no-such-quiz", [])
    for user, groups in ((OTHER, ""), (TEACHER, "instructors")):
        reply = submit(quiz["quiz_id"], _right(quiz), user, groups)
        assert (reply.status, reply.body["error"]) == (404, "not_found")
        assert reply.text.replace(quiz["quiz_id"], "no-such-quiz") == unknown.text
    assert submit(quiz["quiz_id"], _right(quiz)).status == 200


def test_only_the_owner_and_instructors_read_the_result(quiz: Any) -> None:
    mine = submit(quiz["quiz_id"], _right(quiz))
    assert read_results(quiz["quiz_id"], TEACHER, "instructors").text == mine.text
    assert read_results(quiz["quiz_id"], OTHER).status == 404
    assert read_results(quiz["quiz_id"], OTHER, "students").status == 404


def test_reading_a_result_is_one_call(quiz: Any, api: Calls) -> None:
    submit(quiz["quiz_id"], _right(quiz))
    with api.counted() as names:
        read_results(quiz["quiz_id"])
    assert names == ["GetItem"]


def test_there_is_no_result_before_the_submission(quiz: Any) -> None:
    reply = read_results(quiz["quiz_id"])
    assert (reply.status, reply.body["error"]) == (404, "not_found")
    assert "not submitted" in reply.body["message"]
    assert "not submitted" not in read_results(quiz["quiz_id"], OTHER).text


@pytest.mark.parametrize("quiz_id", ["nothing", "x" * 3000])
def test_a_quiz_that_does_not_exist_has_no_result(api: Calls, quiz_id: str) -> None:
    assert read_results(quiz_id).status == 404
