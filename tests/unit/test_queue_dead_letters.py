"""Records that can never succeed are moved out of the way at once, with the reason beside them."""

from typing import TYPE_CHECKING

import pytest

from tests.unit.builders import Calls, body, refused, sqs_record
from tests.unit.queue_driver import letters, record, results, run

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_sqs import SQSClient


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("no json", "malformed_json"),
        (body(answers=[]), "invalid_input"),
        (body(schema_version=9), "unsupported_version"),
        (body(answers={"q1": "x" * 300_000}), "too_large"),
        (body(quiz_id="nowhere"), "unknown_quiz"),
    ],
)
def test_a_record_that_can_never_succeed_is_set_aside_with_the_reason(
    queue_function: Calls, sqs: "SQSClient", dead_letter_queue: str, message: str, code: str
) -> None:
    assert run(sqs_record(message, "m7", group="student-7")) == []
    [letter] = letters(sqs, dead_letter_queue)
    assert letter["Body"] == message
    assert letter["Attributes"]["MessageGroupId"] == "student-7"
    reasons = {name: value["StringValue"] for name, value in letter["MessageAttributes"].items()}
    assert reasons.pop("error_message")
    told = {"error_code": code, "source_message_id": "m7", "sender_id": "AIDALMS", "correlation_id": "m7"}
    assert reasons == told


def test_a_bad_record_does_not_block_the_good_ones_around_it(
    queue_function: Calls, tables: "DynamoDBClient", sqs: "SQSClient", dead_letter_queue: str
) -> None:
    bad = sqs_record("{", "m2")
    assert run(record("m1"), bad, record("m3")) == []
    assert results(tables) == {"sub-m1": 1, "sub-m3": 1}
    assert [letter["Body"] for letter in letters(sqs, dead_letter_queue)] == ["{"]


def test_other_answers_under_a_used_id_are_set_aside(
    queue_function: Calls, tables: "DynamoDBClient", sqs: "SQSClient", dead_letter_queue: str
) -> None:
    assert run(record("m1"), record("m2", submission_id="sub-m1", answers={"q1": False})) == []
    assert results(tables) == {"sub-m1": 1}
    [letter] = letters(sqs, dead_letter_queue)
    assert letter["MessageAttributes"]["error_code"]["StringValue"] == "conflicting_submission"


def test_a_reason_that_quotes_control_characters_can_still_be_sent(
    queue_function: Calls, sqs: "SQSClient", dead_letter_queue: str
) -> None:
    assert run(sqs_record(body(**{"a\u0000\uffff": 1}), "m1")) == []
    [letter] = letters(sqs, dead_letter_queue)
    assert (
        "a\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}"
        in letter["MessageAttributes"]["error_message"]["StringValue"]
    )


def test_a_record_that_cannot_be_set_aside_comes_again(queue_function: Calls) -> None:
    queue_function.answers["SendMessage"] = lambda _: refused("ServiceUnavailable", status=503)
    assert run(record("m1"), sqs_record("{", "m2"), record("m3")) == ["m2", "m3"]
