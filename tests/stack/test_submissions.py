"""What an LMS posts to the queue ends in the table once, or in the dead-letter queue with its reason."""

import json
from decimal import Decimal
from typing import Any

import pytest

from tests.stack.support import Stack, eventually, new_id, submission


def test_a_posted_submission_is_scored_and_stored(stack: Stack) -> None:
    student = new_id("student")
    stack.post(submission(student), student)
    [result] = eventually(lambda: stack.results(student))
    assert result["score"] == 3
    assert result["max_score"] == 10
    assert result["percentage"] == 30
    assert result["shares"]["sci-noble-gases"] == 1
    assert result["shares"]["sci-water-boils"] == 0
    assert result["quiz_version"] == 1
    assert result["submitted_at"] == "2026-11-20T07:00:00.000Z"


def test_every_resend_is_absorbed(stack: Stack) -> None:
    student = new_id("student")
    first = submission(student)
    stack.post(first, student)
    stored = eventually(lambda: stack.results(student))
    for body in (json.dumps(first), json.dumps(first, indent=2), json.dumps(dict(reversed(first.items())))):
        stack.post(body, student)
    stack.drained()
    assert stack.results(student) == stored


def test_other_answers_under_the_same_id_change_nothing_and_are_set_aside(stack: Stack) -> None:
    student = new_id("student")
    stack.post(submission(student), student)
    stack.post(submission(student, answers={}), student)
    letter = stack.take_dead_letter(student)
    assert letter["error_code"] == "conflicting_submission"
    assert student in letter["error_message"]
    [result] = stack.results(student)
    assert result["score"] == 3


@pytest.mark.parametrize(
    ("changes", "code", "said"),
    [
        ({"quiz_id": "no-such-quiz"}, "unknown_quiz", "no-such-quiz"),
        ({"schema_version": 2}, "unsupported_version", "2"),
        ({"answers": ["b"]}, "invalid_input", "$.answers"),
        ({"submitted_at": "2026-11-20T08:00:00"}, "invalid_input", "$.submitted_at"),
        ({"extra": 1}, "invalid_input", "extra"),
    ],
)
def test_what_can_never_succeed_is_set_aside_with_its_reason(
    stack: Stack, changes: dict[str, Any], code: str, said: str
) -> None:
    student = new_id("student")
    stack.post(submission(student, **changes), student)
    letter = stack.take_dead_letter(student)
    assert letter["error_code"] == code
    assert said in letter["error_message"]
    assert stack.results(student) == []


def test_text_that_is_no_json_is_set_aside_as_it_came(stack: Stack) -> None:
    group = new_id("group")
    body = "Größe: \N{PILE OF POO} not JSON"
    stack.post(body, group)
    letter = stack.take_dead_letter(group)
    assert letter["body"] == body
    assert letter["error_code"] == "malformed_json"


def test_a_bad_message_holds_up_nobody(stack: Stack) -> None:
    student, neighbour = new_id("student"), new_id("student")
    stack.post("{", student)
    stack.post(submission(student), student)
    stack.post(submission(neighbour), neighbour)
    assert eventually(lambda: stack.results(student))
    assert eventually(lambda: stack.results(neighbour))
    assert stack.take_dead_letter(student)["error_code"] == "malformed_json"


def test_a_message_sent_back_from_the_dead_letter_queue_is_stored_once(stack: Stack) -> None:
    # GIVEN a submission to a quiz that nobody has made yet
    student, quiz = new_id("student"), new_id("quiz")
    stack.post(submission(student, quiz_id=quiz), student)
    letter = stack.take_dead_letter(student)
    # WHEN the quiz is made, and the message comes back twice
    made = {"quiz_id": {"S": quiz}, "question_ids": {"L": [{"S": "geo-capital-au"}]}}
    stack.dynamodb.put_item(TableName=stack.known["tables"]["quizzes"], Item=made)
    stack.post(letter["body"], student)
    stack.post(letter["body"], student)
    # THEN it is stored once
    stack.drained()
    [result] = stack.results(student)
    assert result["score"] == 1
    assert result["percentage"] == Decimal(100)
