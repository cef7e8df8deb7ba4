"""Drives the queue's function from outside, as the event source does."""

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from adapters.items import from_item
from handlers.queue.submissions import handler
from tests.unit.builders import PLENTY_OF_TIME_MS, body, context, sqs_record

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_sqs import SQSClient


def run(*records: dict[str, Any], remaining_ms: int = PLENTY_OF_TIME_MS) -> list[str]:
    """The message ids that should come again."""
    response = handler({"Records": list(records)}, context(remaining_ms))
    assert list(response) == ["batchItemFailures"]
    assert all(list(failure) == ["itemIdentifier"] for failure in response["batchItemFailures"])
    return [failure["itemIdentifier"] for failure in response["batchItemFailures"]]


def record(message_id: str, student: str = "student-1", **changes: Any) -> dict[str, Any]:
    message = body(**{"student_id": student, "submission_id": f"sub-{message_id}", **changes})
    return sqs_record(message, message_id, group=student, sent_ms=int(time.time() * 1000) - 250)


def results(tables: "DynamoDBClient") -> dict[str, Any]:
    items = [from_item(item) for item in tables.scan(TableName="results")["Items"]]
    return {item["submission_id"]: item["score"] for item in items}


def letters(sqs: "SQSClient", url: str) -> list[Any]:
    answer = sqs.receive_message(
        QueueUrl=url, MessageAttributeNames=["All"], MessageSystemAttributeNames=["All"], MaxNumberOfMessages=10
    )
    return list(answer.get("Messages", []))


def metrics(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    [metrics] = [line for line in lines if "_aws" in line]
    return dict(metrics)
