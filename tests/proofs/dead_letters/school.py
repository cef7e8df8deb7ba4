"""Students whose submissions were set aside, the function that scores them, and what is stored in the end."""

import uuid
from collections import Counter
from typing import Any

from adapters.dead_letters import DeadLetters
from adapters.definitions import Definitions
from adapters.items import from_item
from adapters.submissions import Submissions
from handlers.queue.submissions import Processor
from tests.proofs.dead_letters.place import Place
from tests.unit.builders import body


class School:
    """The submissions of one place."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._sqs = place.sqs
        self.processed: Counter[str] = Counter()

    def give_up_on(self, student: str, number: int = 1, text: str | None = None, **attributes: str) -> str:
        """SQS sets a submission aside, as after five failed deliveries; returns its message id."""
        sent = self._sqs.send_message(
            QueueUrl=self.place.queues["submissions-dlq"],
            MessageBody=text or body(student_id=student, submission_id=f"attempt-{number}"),
            MessageGroupId=student,
            MessageDeduplicationId=f"{student}-{number}",
            MessageAttributes={
                name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()
            },
        )
        return str(sent["MessageId"])

    def post(self, student: str, number: int = 1, text: str | None = None, **changes: Any) -> None:
        """The LMS posts a submission, and the function looks at it."""
        self._sqs.send_message(
            QueueUrl=self.place.queues["submissions"],
            MessageBody=text or body(student_id=student, submission_id=f"attempt-{number}", **changes),
            MessageGroupId=student,
            MessageDeduplicationId=uuid.uuid4().hex,
        )
        self.work()

    def work(self) -> None:
        """The function scores everything in the queue, or sets it aside."""
        processor = self._processor()
        while received := self.receive("submissions"):
            for message in received:
                record = {
                    "messageId": message["MessageId"],
                    "body": message["Body"],
                    "attributes": {"SenderId": "AIDALMS", **message["Attributes"]},
                }
                self.processed[message["Body"]] += 1
                processor.process(record)
                self._sqs.delete_message(
                    QueueUrl=self.place.queues["submissions"], ReceiptHandle=message["ReceiptHandle"]
                )

    def receive(self, queue: str) -> list[Any]:
        """What the queue hands out."""
        answer = self._sqs.receive_message(
            QueueUrl=self.place.queues[queue],
            MaxNumberOfMessages=10,
            MessageAttributeNames=["All"],
            MessageSystemAttributeNames=["All"],
        )
        return list(answer.get("Messages", []))

    def depth(self, queue: str) -> tuple[int, int]:
        """How many messages can be seen, and how many are hidden."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        found = self._sqs.get_queue_attributes(QueueUrl=self.place.queues[queue], AttributeNames=names)["Attributes"]
        return int(found[names[0]]), int(found[names[1]])

    def stored(self) -> list[tuple[str, str]]:
        """Who has a score, and for what."""
        items = self.place.dynamodb.scan(TableName=f"{self.place.prefix}-submissions")["Items"]
        rows = map(from_item, items)
        return sorted((row["student_id"], row["submission_id"]) for row in rows)

    def _processor(self) -> Processor:
        dynamodb, prefix = self.place.dynamodb, self.place.prefix
        return Processor(
            definitions=Definitions(dynamodb, f"{prefix}-quizzes", f"{prefix}-questions"),
            submissions=Submissions(dynamodb, f"{prefix}-submissions"),
            dead_letters=DeadLetters(lambda: self._sqs, self.place.queues["submissions-dlq"]),
            trust_inline_keys=False,
        )
