"""What a letter is, and why it is here, by whoever set it aside."""

import json

import pytest

from tests.unit.tools.dlq.builders import letter, record
from tools.dlq.letters import NO_CODE, Kind, Letter

POSITION = {
    "shardId": "shardId-00000000000000000001-00000001",
    "startSequenceNumber": "800000000003126276362",
    "endSequenceNumber": "800000000003126276363",
    "approximateArrivalOfFirstRecord": "2026-11-20T12:00:00Z",
    "approximateArrivalOfLastRecord": "2026-11-20T12:00:01Z",
    "batchSize": 2,
    "streamArn": "arn:aws:dynamodb:eu-central-1:123456789012:table/quiz/stream/2026-01-01T00:00:00.000",
}


def _failed(**changes: object) -> Letter:
    return letter(text=json.dumps(record(**changes)), group="", moves_back=False)


def test_a_message_of_a_queue_carries_its_reason() -> None:
    one = letter(error_code="unknown_quiz", error_message="there is no quiz", source_message_id="m0")
    assert (one.kind, one.code, one.reason) == (Kind.MESSAGE, "unknown_quiz", "there is no quiz")
    assert one.origins == {"m1", "m0"}


def test_a_message_that_the_queue_gave_up_on_carries_none() -> None:
    assert (letter().kind, letter().code, letter().reason) == (Kind.MESSAGE, NO_CODE, "")


def test_what_a_student_writes_is_never_taken_for_a_record_of_lambda() -> None:
    assert letter(text=json.dumps(record())).kind is Kind.MESSAGE


def test_a_failed_call_tells_what_the_function_said() -> None:
    failed = _failed()
    assert (failed.kind, failed.code) == (Kind.FAILED_CALL, "RetriesExhausted")
    assert failed.reason == "UnknownQuiz: there is no quiz 'geo'"
    assert failed.origins == {"m1", "r-1"}
    assert failed.failure
    assert json.loads(bytes(failed.failure.request_payload)) == {"id": "monday:1"}


def test_a_part_of_a_stream_tells_where_it_is() -> None:
    part = _failed(DDBStreamBatchInfo=POSITION)
    assert part.kind is Kind.POSITION
    assert part.failure
    assert part.failure.position
    assert part.failure.position.end_sequence_number == "800000000003126276363"


def test_an_event_that_was_lost_tells_where_it_should_have_gone() -> None:
    target = "arn:aws:lambda:eu-central-1:123456789012:function:quiz-test-clock:live"
    lost = letter(text="{}", moves_back=False, TARGET_ARN=target, ERROR_CODE="NO_PERMISSIONS", ERROR_MESSAGE="no")
    assert (lost.kind, lost.code, lost.reason) == (Kind.LOST_EVENT, "NO_PERMISSIONS", "no")


@pytest.mark.parametrize("text", ["no JSON", "[]", "{}", '{"requestContext": {}}', '"\\ud800"', "\ud800"])
def test_everything_else_is_unknown(text: str) -> None:
    assert letter(text=text, moves_back=False).kind is Kind.UNKNOWN


def test_so_many_are_said_in_words() -> None:
    assert [Kind.MESSAGE.many(1), Kind.MESSAGE.many(2)] == ["1 message", "2 messages"]
    assert Kind.POSITION.many(2) == "2 positions in a stream"
