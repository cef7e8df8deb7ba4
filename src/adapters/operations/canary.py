"""The canary's way: into the queue like a submission of an LMS, and out of the table again."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from adapters.correlation import attributes
from adapters.items import from_item, to_item
from quiz.operations.canary import ANSWER, NAME, QUESTION_ID, QUIZ_ID, STUDENT_ID
from quiz.submissions import Submission

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_sqs import SQSClient

_encoder = msgspec.json.Encoder()


class Landed(Struct, frozen=True):
    """A canary that was scored."""

    submission_id: str
    submitted_at: str
    percentage: float


class Canaries:
    """Synthetic submissions of a student who does not exist."""

    def __init__(
        self,
        sqs: "Callable[[], SQSClient]",
        queue_url: str,
        dynamodb: "Callable[[], DynamoDBClient]",
        table: str,
    ) -> None:
        self._sqs = sqs
        self._queue_url = queue_url
        self._dynamodb = dynamodb
        self._table = table

    def send(self, submission_id: str, now: datetime) -> None:
        """Post one as an LMS would."""
        submission = Submission(
            schema_version=1,
            submission_id=submission_id,
            student_id=STUDENT_ID,
            quiz_id=QUIZ_ID,
            answers={QUESTION_ID: ANSWER},
            submitted_at=now,
        )
        self._sqs().send_message(
            QueueUrl=self._queue_url,
            MessageBody=_encoder.encode(submission).decode(),
            MessageGroupId=NAME,
            MessageDeduplicationId=submission_id,
            MessageAttributes=attributes(),
        )

    def landed(self) -> list[Landed]:
        """Those that were scored and not removed: the one of this run, and any that came too late for theirs."""
        answer = self._dynamodb().query(
            TableName=self._table,
            ConsistentRead=True,
            KeyConditionExpression="student_id = :canary",
            ExpressionAttributeValues=to_item({":canary": STUDENT_ID}),
            ProjectionExpression="submission_id, submitted_at, percentage",
        )
        return [msgspec.convert(from_item(item), Landed, strict=False) for item in answer["Items"]]

    def remove(self, submission_id: str) -> None:
        """Take it out of the table, so that nobody counts it."""
        self._dynamodb().delete_item(
            TableName=self._table, Key=to_item({"student_id": STUDENT_ID, "submission_id": submission_id})
        )
