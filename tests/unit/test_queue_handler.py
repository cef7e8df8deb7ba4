"""The queue's function from event to response."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.builders import Calls, accepted, refused
from tests.unit.queue_driver import record, results, run

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def test_results_are_stored(queue_function: Calls, tables: "DynamoDBClient") -> None:
    assert run(record("m1"), record("m2", answers={"q1": False})) == []
    assert results(tables) == {"sub-m1": 1, "sub-m2": 0}


def test_a_redelivery_under_a_new_message_id_changes_nothing(queue_function: Calls, tables: "DynamoDBClient") -> None:
    first = record("m1")
    assert run(first) == []
    assert run({**first, "messageId": "m2"}) == []
    assert results(tables) == {"sub-m1": 1}


def test_a_warm_batch_of_ten_students_takes_ten_writes_and_nothing_else(queue_function: Calls) -> None:
    # GIVEN a function that has answered before
    run(record("warm"))
    queue_function.answers["PutItem"] = lambda _: accepted()
    with queue_function.counted() as made:
        assert run(*(record(f"m{i}", student=f"student-{i}") for i in range(10))) == []
    assert made == ["PutItem"] * 10


def test_a_cold_start_reads_the_quiz_once_and_needs_no_queue(queue_function: Calls) -> None:
    with queue_function.counted() as made:
        run(record("m1"), record("m2"))
    assert made == ["GetItem", "BatchGetItem", "PutItem", "PutItem"]
    assert queue_function.services == ["dynamodb"]


def test_a_throttled_write_fails_its_own_group_only(queue_function: Calls) -> None:
    def throttle_one_student(call: dict[str, Any]) -> Any:
        throttled = call["Item"]["student_id"]["S"] == "student-b"
        return refused("ThrottlingException") if throttled else accepted()

    queue_function.answers["PutItem"] = throttle_one_student
    students = {"m1": "student-a", "m2": "student-b", "m3": "student-c", "m4": "student-b", "m5": "student-a"}
    assert run(*(record(message, student) for message, student in students.items())) == ["m2", "m4"]


def test_a_bank_that_cannot_be_read_fails_every_record_without_raising(queue_function: Calls) -> None:
    queue_function.answers["GetItem"] = lambda _: refused("InternalServerError", status=500)
    assert sorted(run(record("m1", "a"), record("m2", "b"), record("m3", "a"))) == ["m1", "m2", "m3"]


def test_without_time_left_records_wait_for_the_next_delivery(queue_function: Calls) -> None:
    with queue_function.counted() as made:
        assert run(record("m1"), record("m2"), remaining_ms=5_000) == ["m1", "m2"]
    assert made == []


@pytest.mark.parametrize(("trusted", "score"), [("false", 1), ("true", 0)])
def test_an_inline_key_counts_only_where_it_is_trusted(
    queue_function: Calls,
    tables: "DynamoDBClient",
    monkeypatch: pytest.MonkeyPatch,
    trusted: str,
    score: int,
) -> None:
    monkeypatch.setenv("TRUST_INLINE_KEYS", trusted)
    assert run(record("m1", correct_answers={"q1": False})) == []
    assert results(tables) == {"sub-m1": score}
