"""Queues and tables of an environment of the proofs' own, and an outputs file that leads the tool there."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import boto3

from tests.unit.builders import definition, stored
from tools.stack import emulator

TABLES = {
    "quizzes": ("quiz_id",),
    "questions": ("question_id",),
    "submissions": ("student_id", "submission_id"),
}
_ACCOUNT = "000000000000"


@dataclass(frozen=True)
class Place:
    """One environment; its names begin with a prefix of its own."""

    url: str
    prefix: str
    home: Path

    def client(self, service: str) -> Any:
        """A client of the emulator."""
        make: Any = boto3.client
        return make(
            service,
            endpoint_url=self.url,
            region_name=emulator.REGION,
            aws_access_key_id=emulator.ACCESS_KEY_ID,
            aws_secret_access_key=emulator.SECRET_ACCESS_KEY,
        )

    @cached_property
    def sqs(self) -> Any:
        return self.client("sqs")

    @cached_property
    def dynamodb(self) -> Any:
        return self.client("dynamodb")

    @cached_property
    def queues(self) -> dict[str, str]:
        """The queues' addresses."""
        fifo = {"FifoQueue": "true", "DeduplicationScope": "messageGroup", "FifoThroughputLimit": "perMessageGroupId"}
        return {
            "submissions": self._queue("submissions.fifo", fifo),
            "submissions-dlq": self._queue("submissions-dlq.fifo", fifo),
            "triggers": self._queue("triggers"),
            "triggers-dlq": self._queue("triggers-dlq"),
            "control": self._queue("control-failures"),
            "stream": self._queue("stream-failures"),
        }

    @property
    def outputs(self) -> Path:
        """Where the tool reads where everything is."""
        return self.home / "outputs.json"

    def known(self) -> dict[str, Any]:
        """What Terraform and the local stack would put out."""
        return {
            "endpoint_url": self.url,
            "region": emulator.REGION,
            "access_key_id": emulator.ACCESS_KEY_ID,
            "secret_access_key": emulator.SECRET_ACCESS_KEY,
            "event_bus_name": self.prefix,
            "tables": {name: f"{self.prefix}-{name}" for name in TABLES},
            "dead_letters": {
                "submissions": self._box("submissions-dlq", "submissions"),
                "triggers": self._box("triggers-dlq", "triggers"),
                "control": self._box("control"),
                "stream": self._box("stream"),
            },
        }

    def furnish(self) -> None:
        """Make the tables, with one quiz in the bank, and say where everything is."""
        for name, keys in TABLES.items():
            self.dynamodb.create_table(
                TableName=f"{self.prefix}-{name}",
                KeySchema=[
                    {"AttributeName": key, "KeyType": kind} for key, kind in zip(keys, ("HASH", "RANGE"), strict=False)
                ],
                AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
                BillingMode="PAY_PER_REQUEST",
                StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
            )
        self.publish("quiz")
        self.outputs.write_text(json.dumps(self.known()))

    def publish(self, quiz_id: str) -> None:
        """Put a quiz into the bank."""
        filled = definition()
        quiz = {**stored(filled.quiz), "quiz_id": {"S": quiz_id}}
        self.dynamodb.put_item(TableName=f"{self.prefix}-quizzes", Item=quiz)
        for asked in filled.questions:
            self.dynamodb.put_item(TableName=f"{self.prefix}-questions", Item=stored(asked))

    def _queue(self, name: str, attributes: dict[str, str] | None = None) -> str:
        url: str = self.sqs.create_queue(QueueName=f"{self.prefix}-{name}", Attributes=attributes or {})["QueueUrl"]
        return url

    def _box(self, name: str, source: str | None = None) -> dict[str, str | None]:
        return {
            "url": self.queues[name],
            "arn": self.arn(name),
            "source_url": self.queues[source] if source else None,
            "source_arn": self.arn(source) if source else None,
        }

    def arn(self, queue: str) -> str:
        """Of a queue."""
        return f"arn:aws:sqs:{emulator.REGION}:{_ACCOUNT}:{self.queues[queue].rsplit('/', 1)[1]}"
