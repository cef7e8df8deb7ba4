"""What watches the platform: the health check, and alarms on their way to people."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from adapters import clients
from handlers.alarms import notify
from handlers.queue import submissions
from handlers.scheduler import health
from tools.bench.operations.asked import Operation, returned
from tools.bench.operations.world import CONTEXT, World
from tools.cost.measure.asking import queued
from tools.paths import ROOT

_QUEUES = ("submissions", "jobs", "triggers")
_THRESHOLDS = {
    "waiting": 10,
    "oldest_seconds": 900,
    "in_flight_percent": 80,
    "dead_letters": 0,
    "table_milliseconds": 10_000,
    "cache_milliseconds": 500,
    "canary_seconds": 20,
}
_CANARY = ROOT / "modules" / "tables" / "canary"
_TOLD = "sns.Publish"


def operations(world: World) -> Iterator[Operation]:
    """Everything is well; an alarm goes off; its news comes again."""
    with _health(world):
        yield Operation("check everything's health", health.handler, dict, _is_well)
    with _people(world):
        numbers = count()
        yield Operation("tell of an alarm", notify.handler, lambda: _alarm(next(numbers)), _is_told)
        again = _alarm(next(numbers))
        yield Operation("hear of an alarm again", notify.handler, lambda: again, returned)


@contextmanager
def _health(world: World) -> Iterator[None]:
    with world.network.unnoticed():
        variables = _watched()
        for name in ("quiz", "question"):
            item = json.loads((_CANARY / f"{name}.json").read_text())
            world.database().put_item(TableName="quizzes" if name == "quiz" else "questions", Item=item)
    world.network.answer("lambda.Invoke", body=b'{"reachable":true,"milliseconds":0.4}')
    # Only the queues that the function is told of; what other functions know is not in its environment.
    others = {name: value for name, value in os.environ.items() if not name.endswith("_QUEUE_URL")}
    sleeping = SimpleNamespace(monotonic=lambda: 0.0, sleep=lambda _: _process(world))
    with patch.dict(os.environ, {**others, **variables}, clear=True), patch.object(health, "time", sleeping):
        submissions.bootstrap()
        yield


def _watched() -> dict[str, str]:
    queues, urls = clients.make("sqs"), {}
    for name in _QUEUES:
        for suffix, variable in (("", "QUEUE_URL"), ("-dlq", "DEAD_LETTERS_URL")):
            made = queues.create_queue(QueueName=f"{name}{suffix}.fifo", Attributes={"FifoQueue": "true"})
            urls[f"{name.upper()}_{variable}"] = made["QueueUrl"]
    return {
        **urls,
        "ALERTS_TOPIC_ARN": clients.make("sns").create_topic(Name="alerts")["TopicArn"],
        "ENVIRONMENT": "bench",
        "HEALTH_THRESHOLDS": json.dumps(_THRESHOLDS),
        "LEADERBOARD_FUNCTION": "leaderboard",
    }


def _process(world: World) -> None:
    """The queue's function scores the canary while the check waits for it."""
    body = json.loads(world.sent("sqs.SendMessage", 0)[-1])["MessageBody"]
    with world.network.unnoticed():
        submissions.handler({"Records": [queued(body, 1, "#canary")]}, CONTEXT)


def _is_well(_: Any, calls: Counter[str]) -> str:
    return "an alert was sent" if calls[_TOLD] else ""


@contextmanager
def _people(world: World) -> Iterator[None]:
    with world.network.unnoticed():
        topic = clients.make("sns").create_topic(Name="notices")["TopicArn"]
    world.network.answer("logs.FilterLogEvents", body=b'{"events":[]}')
    variables = {
        "DASHBOARD_URL": "https://example.com/board",
        "NAME_PREFIX": "quiz-production",
        "NOTICES_TOPIC_ARN": topic,
        "RUNBOOK_URL": "https://example.com/runbooks",
    }
    with patch.dict(os.environ, variables):
        yield


def _alarm(number: int) -> dict[str, Any]:
    """What CloudWatch says of an alarm that has just gone off."""
    changed = datetime.now(UTC) - timedelta(seconds=5)
    told = {
        "AlarmName": f"quiz-production-broadcast-refused-{number}",
        "AlarmDescription": "Messages to players come late.\nSeverity: ticket\nLogs: broadcast",
        "AWSAccountId": "123456789012",
        "NewStateValue": "ALARM",
        "OldStateValue": "OK",
        "NewStateReason": "Threshold Crossed: 1 datapoint [12.0 (20/11/26 02:59:00)] was greater than 10.0.",
        "StateChangeTime": changed.strftime("%Y-%m-%dT%H:%M:%S.000+0000"),
        "AlarmArn": f"arn:aws:cloudwatch:us-east-1:123456789012:alarm:quiz-production-broadcast-refused-{number}",
    }
    sns = {"MessageId": f"message-{number}", "Subject": "ALARM", "Message": json.dumps(told)}
    return {"Records": [{"EventSource": "aws:sns", "Sns": {**sns, "Timestamp": changed.isoformat()}}]}


def _is_told(_: Any, calls: Counter[str]) -> str:
    return "" if calls[_TOLD] == 1 else f"told {calls[_TOLD]} times"
