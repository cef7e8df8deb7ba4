"""What a client of the platform would do, on the local stack."""

import json
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, TypeVar

from adapters.items import from_item
from tools.api_client import ApiClient
from tools.stack import outputs

T = TypeVar("T")

QUIZ = "general-knowledge-1"
_SECONDS_TO_WAIT = 60


def eventually(look: Callable[[], T], wanted: Callable[[T], bool] = bool) -> T:
    """Look again and again until what is seen is wanted; fail with what was seen last."""
    deadline = time.monotonic() + _SECONDS_TO_WAIT
    while not wanted(seen := look()):
        assert time.monotonic() < deadline, f"waited {_SECONDS_TO_WAIT} s in vain; last seen: {seen!r}"
        time.sleep(0.1)
    return seen


def new_id(name: str) -> str:
    return f"{name}-{uuid.uuid4().hex[:10]}"


def submission(student: str, submission_id: str = "attempt-1", **changes: Any) -> dict[str, Any]:
    return {
        "schema_version": 1,
        "submission_id": submission_id,
        "student_id": student,
        "quiz_id": QUIZ,
        "answers": {"geo-capital-au": "b", "sci-noble-gases": ["he", "ar"], "sci-water-boils": True},
        "submitted_at": "2026-11-20T08:00:00+01:00",
        **changes,
    }


class Stack:
    """The outputs of the local stack, and clients of its services."""

    def __init__(self, known: dict[str, Any]) -> None:
        self.known = known

    def client(self, service: str) -> Any:
        return outputs.client(service, self.known)

    def api(self, user: str | None = None) -> ApiClient:
        """A client of the HTTP API, signed in as a demo user or not at all."""
        client = ApiClient(self.known)
        return client if user is None else client.sign_in(**self.known["users"][user])

    @cached_property
    def sqs(self) -> Any:
        return self.client("sqs")

    @property
    def dead_letters_url(self) -> str:
        url: str = self.known["dead_letters"]["submissions"]["url"]
        return url

    @cached_property
    def dynamodb(self) -> Any:
        return self.client("dynamodb")

    def post(self, body: Any, group: str) -> None:
        """Post one message; each post is a new message to SQS, whatever its body."""
        self.sqs.send_message(
            QueueUrl=self.known["submissions_queue_url"],
            MessageBody=body if isinstance(body, str) else json.dumps(body),
            MessageGroupId=group,
            MessageDeduplicationId=uuid.uuid4().hex,
        )

    def results(self, student: str) -> list[dict[str, Any]]:
        found = self.dynamodb.query(
            TableName=self.known["tables"]["submissions"],
            KeyConditionExpression="student_id = :student",
            ExpressionAttributeValues={":student": {"S": student}},
            ConsistentRead=True,
        )
        return [from_item(item) for item in found["Items"]]

    def drained(self) -> None:
        """Wait until nothing is left in the submissions queue."""
        eventually(self._left, lambda left: left == 0)

    def take_dead_letter(self, group: str) -> dict[str, Any]:
        """The next rejected message of the group, taken out of the dead-letter queue."""
        message = eventually(lambda: self._receive(group))
        self.sqs.delete_message(QueueUrl=self.dead_letters_url, ReceiptHandle=message["ReceiptHandle"])
        reasons = {name: value["StringValue"] for name, value in message["MessageAttributes"].items()}
        return {"body": message["Body"], **reasons}

    def log(self, function: str) -> list[str]:
        """Everything that the function has logged."""
        pages = self.client("logs").get_paginator("filter_log_events").paginate(logGroupName=f"/aws/lambda/{function}")
        return [event["message"] for page in pages for event in page["events"]]

    @contextmanager
    def queue(self, name: str) -> Iterator[tuple[str, str]]:
        """A standard queue of the test's own, as (URL, ARN), to listen with."""
        url = self.sqs.create_queue(QueueName=name)["QueueUrl"]
        arn = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        senders = {"Service": ["events.amazonaws.com", "sns.amazonaws.com"]}
        allowed = {"Effect": "Allow", "Principal": senders, "Action": "sqs:SendMessage", "Resource": arn}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
        self.sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
        yield url, arn
        self.sqs.delete_queue(QueueUrl=url)

    def heard(self, queue_url: str) -> list[dict[str, Any]]:
        """The JSON bodies that wait in a queue, each taken out."""
        found = self.sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10).get("Messages", [])
        for message in found:
            self.sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
        return [json.loads(message["Body"]) for message in found]

    def _receive(self, group: str) -> Any:
        found = self.sqs.receive_message(
            QueueUrl=self.dead_letters_url,
            AttributeNames=["MessageGroupId"],
            MessageAttributeNames=["All"],
            MaxNumberOfMessages=10,
            # Other groups are only looked at, so they are to be seen again soon.
            VisibilityTimeout=1,
        ).get("Messages", [])
        return next((message for message in found if message["Attributes"]["MessageGroupId"] == group), None)

    def _left(self) -> int:
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        found = self.sqs.get_queue_attributes(QueueUrl=self.known["submissions_queue_url"], AttributeNames=names)[
            "Attributes"
        ]
        return sum(int(found[name]) for name in names)
