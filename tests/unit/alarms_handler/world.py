"""The notify function among its topic, its table, its parameter, CloudWatch, logs and a chat."""

import json
import time
from datetime import UTC, datetime
from functools import cache
from itertools import count
from typing import Any

import botocore.session
import pytest

from adapters.alerts import alarms, logs, notices, parameters, releases
from handlers.alarms import notify
from tests.unit.alarms_handler.hook import Hook
from tests.unit.builders import context

CACHED: tuple[Any, ...] = (
    alarms.client,
    logs.client,
    notices.client,
    parameters.client,
    releases.client,
    notify.bootstrap,
    notify.guard,
)
PARAMETER = "/quiz/test/webhook"
SECRET = "/services/T0/B0/very-secret"

_message_ids = count()


@cache
def _session() -> botocore.session.Session:
    """It reads what it knows of a service once."""
    return botocore.session.Session()


class World:
    """People with mail and a chat; `hear` is what reaches the function."""

    def __init__(self, hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
        self.hook = hook
        topic = self.client("sns").create_topic(Name="notices")["TopicArn"]
        self._mailbox = self.client("sqs").create_queue(QueueName="mailbox")["QueueUrl"]
        self.client("sns").subscribe(
            TopicArn=topic, Protocol="sqs", Endpoint="arn:aws:sqs:eu-central-1:123456789012:mailbox"
        )
        self.client("dynamodb").create_table(
            TableName="alerts",
            KeySchema=[{"AttributeName": "alarm", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "alarm", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        self.set_webhook(hook.address + SECRET)
        settings = {
            "ALERTS_TABLE": "alerts",
            "AWS_REGION": "eu-central-1",
            "DASHBOARD_URL": "https://example.com/board",
            "NAME_PREFIX": "quiz-production",
            "NOTICES_TOPIC_ARN": topic,
            "RUNBOOK_URL": "https://example.com/runbooks",
            "WEBHOOK_PARAMETER": PARAMETER,
        }
        for name, value in settings.items():
            monkeypatch.setenv(name, value)

    def client(self, service: str) -> Any:
        return _session().create_client(service)

    def set_webhook(self, address: str) -> None:
        self.client("ssm").put_parameter(Name=PARAMETER, Value=address, Type="SecureString", Overwrite=True)

    def hear(self, *events: dict[str, Any]) -> None:
        for event in events:
            notify.handler(event, context())

    def mails(self) -> list[tuple[str, str]]:
        """Subjects and texts since the last look."""
        found = []
        while (
            messages := self.client("sqs")
            .receive_message(QueueUrl=self._mailbox, MaxNumberOfMessages=10)
            .get("Messages")
        ):
            for message in messages:
                self.client("sqs").delete_message(QueueUrl=self._mailbox, ReceiptHandle=message["ReceiptHandle"])
                envelope = json.loads(message["Body"])
                found.append((envelope["Subject"], envelope["Message"]))
        return found

    def rows(self) -> dict[str, dict[str, Any]]:
        return {row["alarm"]["S"]: row for row in self.client("dynamodb").scan(TableName="alerts")["Items"]}


def event(text: str | dict[str, Any], subject: str = "") -> dict[str, Any]:
    """What Lambda hands over for a notification; the same event again is a second try of it."""
    sns = {
        "Type": "Notification",
        "MessageId": f"message-{next(_message_ids)}",
        "TopicArn": "arn:aws:sns:eu-central-1:123456789012:alerts",
        "Message": text if isinstance(text, str) else json.dumps(text),
        "Timestamp": ago(0, "Z"),
        **({"Subject": subject} if subject else {}),
    }
    return {"Records": [{"EventSource": "aws:sns", "EventVersion": "1.0", "Sns": sns}]}


def ago(seconds: float, zone: str = "+0000") -> str:
    moment = datetime.fromtimestamp(time.time() - seconds, UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}{zone}"
