"""A platform for the health check to look at: moto's tables, queues and topic, and a processor that works meanwhile."""

import json
import time
from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any

import botocore.session
import pytest

from adapters.operations import ages, inspection
from adapters.operations.probes import KEYS
from handlers.queue import submissions
from handlers.scheduler import health
from quiz.errors import Unavailable
from quiz.operations.inspection import Inspected
from tests.unit.builders import context, sqs_record
from tests.unit.operations.canary_items import item

REGION = "eu-central-1"
QUEUES = ("submissions", "jobs")
THRESHOLDS = {
    "waiting": 10,
    "oldest_seconds": 900,
    "in_flight_percent": 80,
    "dead_letters": 0,
    "table_milliseconds": 10_000,
    "cache_milliseconds": 500,
    "canary_seconds": 5,
}


@cache
def _client(service: str) -> Any:
    """Made once: that takes longer than most of what it is used for."""
    return botocore.session.Session().create_client(service, region_name=REGION)


class Platform:
    """Everything is well until a test spoils it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ages: dict[str, Any] = {}
        self.refused_metrics = False
        self.inspected: Callable[[], Inspected] = lambda: Inspected(reachable=True, milliseconds=0.4)
        self.processing = True
        self._time = time.monotonic()
        self._patched = monkeypatch
        self.dynamodb, self.sqs, self.sns = (_client(name) for name in ("dynamodb", "sqs", "sns"))
        self.urls = {name: self._queue(name) for name in QUEUES}
        self.dead_letters = {name: self._queue(name, "-dlq") for name in QUEUES}
        for table, keys in KEYS.items():
            self._table(table, keys)
        self.dynamodb.put_item(TableName="quizzes", Item=item("quiz"))
        self.dynamodb.put_item(TableName="questions", Item=item("question"))
        topic = self.sns.create_topic(Name="alerts")["TopicArn"]
        self._heard = self.sqs.create_queue(QueueName="heard")["QueueUrl"]
        arn = self.sqs.get_queue_attributes(QueueUrl=self._heard, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        self.sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
        self._tell(topic)
        monkeypatch.setattr(ages, "client", lambda: self)
        monkeypatch.setattr(inspection, "client", lambda: self)
        monkeypatch.setattr(health, "time", SimpleNamespace(monotonic=lambda: self._time, sleep=self._sleep))

    def run(self) -> None:
        """One run of the check."""
        health.handler({}, context())

    def set(self, name: str, value: str) -> None:
        """Change a setting of the function."""
        self._patched.setenv(name, value)

    def alerts(self) -> list[dict[str, Any]]:
        """What was told, each once."""
        found = self.sqs.receive_message(QueueUrl=self._heard, MaxNumberOfMessages=10).get("Messages", [])
        for message in found:
            self.sqs.delete_message(QueueUrl=self._heard, ReceiptHandle=message["ReceiptHandle"])
        return [json.loads(json.loads(message["Body"])["Message"]) for message in found]

    def rows(self) -> int:
        """How many submissions are stored."""
        number: int = self.dynamodb.scan(TableName="submissions")["Count"]
        return number

    def get_metric_data(self, MetricDataQueries: list[Any], **_: Any) -> Any:  # noqa: N803  # CloudWatch's name
        if self.refused_metrics:
            raise Unavailable("no metrics today")
        return {"MetricDataResults": [self._age(query) for query in MetricDataQueries]}

    def invoke(self, **_: Any) -> Any:
        told = self.inspected()
        body = json.dumps({"reachable": told.reachable, "milliseconds": told.milliseconds}).encode()
        return {"Payload": SimpleNamespace(read=lambda: body)}

    def _age(self, query: Any) -> dict[str, Any]:
        name = query["MetricStat"]["Metric"]["Dimensions"][0]["Value"].removesuffix(".fifo")
        age = self.ages.get(name, 0)
        if age is None:
            return {"Id": query["Id"], "StatusCode": "InternalError", "Values": []}
        return {"Id": query["Id"], "StatusCode": "Complete", "Values": [age]}

    def _sleep(self, seconds: float) -> None:
        """The processor works while the check waits."""
        self._time += seconds
        received = self.sqs.receive_message(QueueUrl=self.urls["submissions"]) if self.processing else {}
        for message in received.get("Messages", []):
            record = sqs_record(message["Body"], message["MessageId"], "#canary", int(time.time() * 1000))
            with pytest.MonkeyPatch.context() as patched:
                patched.setenv("DEAD_LETTER_QUEUE_URL", self.dead_letters["submissions"])
                assert submissions.handler({"Records": [record]}, context()) == {"batchItemFailures": []}
            self.sqs.delete_message(QueueUrl=self.urls["submissions"], ReceiptHandle=message["ReceiptHandle"])

    def _queue(self, name: str, suffix: str = "") -> str:
        fifo = name == "submissions"
        url: str = self.sqs.create_queue(
            QueueName=f"{name}{suffix}.fifo" if fifo else f"{name}{suffix}",
            Attributes={"FifoQueue": "true"} if fifo else {},
        )["QueueUrl"]
        return url

    def _table(self, table: str, keys: tuple[str, ...]) -> None:
        kinds = zip(keys, ("HASH", "RANGE"), strict=False)
        self.dynamodb.create_table(
            TableName=table,
            KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in kinds],
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in keys],
            BillingMode="PAY_PER_REQUEST",
        )

    def _tell(self, topic: str) -> None:
        settings = {
            "ALERTS_TOPIC_ARN": topic,
            "ENVIRONMENT": "test",
            "HEALTH_THRESHOLDS": json.dumps(THRESHOLDS),
            "LEADERBOARD_FUNCTION": "quiz-test-leaderboard",
            **{f"{name.upper()}_TABLE": name for name in KEYS},
            **{f"{name.upper()}_QUEUE_URL": url for name, url in self.urls.items()},
            **{f"{name.upper()}_DEAD_LETTERS_URL": url for name, url in self.dead_letters.items()},
        }
        for name, value in settings.items():
            self.set(name, value)
