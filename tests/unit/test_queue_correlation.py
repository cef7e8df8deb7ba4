"""What an LMS calls a message is on its log lines, in its row, and with it in the dead-letter queue."""

from typing import TYPE_CHECKING, Any

import pytest

from adapters.items import from_item
from tests.unit.builders import Calls, refused, sqs_record
from tests.unit.log_support import ids, lines, metrics_of, said
from tests.unit.queue_driver import letters, record, run

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_sqs import SQSClient


def _called(correlation: str, message: dict[str, Any]) -> dict[str, Any]:
    attribute = {"stringValue": correlation, "dataType": "String", "stringListValues": [], "binaryListValues": []}
    return {**message, "messageAttributes": {"correlation_id": attribute}}


def _rows(tables: "DynamoDBClient") -> dict[str, Any]:
    items = [from_item(item) for item in tables.scan(TableName="results")["Items"]]
    return {item["submission_id"]: item.get("correlation_id") for item in items}


def test_each_record_goes_under_its_own_id(
    queue_function: Calls, tables: "DynamoDBClient", capsys: pytest.CaptureFixture[str]
) -> None:
    # Two students side by side, and one after the other in a group.
    records = [_called(f"lms-{i}", record(f"m{i}", student=f"student-{i % 2}")) for i in range(6)]
    assert run(*records, record("m6")) == []
    assert _rows(tables) == {**{f"sub-m{i}": f"lms-{i}" for i in range(6)}, "sub-m6": "m6"}
    written = lines(capsys)
    scored = {line["message_id"]: line for line in written if line.get("message") == "submission scored"}
    assert {name: line["correlation_id"] for name, line in scored.items()} == {
        **{f"m{i}": f"lms-{i}" for i in range(6)},
        "m6": "m6",
    }
    assert all(line["submission_id"] == f"sub-{name}" for name, line in scored.items())
    assert ids(list(scored.values()), "quiz_id") == {"quiz"}
    # What is said of all of them is about none alone.
    for line in (said(written, "batch done"), metrics_of(written)):
        assert line["correlation_id"] == line["request_id"] == "request-1"
        assert "submission_id" not in line
        assert "quiz_id" not in line


def test_a_batch_of_one_goes_under_its_id_as_a_whole(queue_function: Calls, capsys: pytest.CaptureFixture[str]) -> None:
    run(_called("lms-1", record("m1")))
    assert ids(lines(capsys)) == {"lms-1"}


def test_what_is_set_aside_keeps_its_id_for_when_it_is_moved_back(
    queue_function: Calls,
    sqs: "SQSClient",
    dead_letter_queue: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(_called("lms-9", sqs_record("{", "m9")), record("m1"))
    [letter] = letters(sqs, dead_letter_queue)
    assert letter["MessageAttributes"]["correlation_id"]["StringValue"] == "lms-9"
    written = lines(capsys)
    assert said(written, "submission quarantined")["correlation_id"] == "lms-9"
    assert metrics_of(written)["outcome"] == "rejected"


def test_a_failure_is_logged_under_its_id_and_the_next_record_under_its_own(
    queue_function: Calls, capsys: pytest.CaptureFixture[str]
) -> None:
    queue_function.answers["PutItem"] = lambda _: refused("ThrottlingException")
    assert run(_called("lms-1", record("m1", student="a")), _called("lms-2", record("m2", student="b"))) == ["m1", "m2"]
    written = lines(capsys)
    failed = [line for line in written if line.get("message") == "a record failed"]
    assert {(line["message_id"], line["correlation_id"]) for line in failed} == {("m1", "lms-1"), ("m2", "lms-2")}
    assert metrics_of(written)["outcome"] == "failed"
