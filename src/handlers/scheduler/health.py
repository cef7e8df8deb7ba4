"""Looks at everything every few minutes, sends a canary, and tells people once if something is wrong."""

import os
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from adapters import dynamo, settings
from adapters.definitions import Definitions
from adapters.observability import instrumented, logger, measure
from adapters.operations import ages, alerts_topic, inspection, probes, queues
from adapters.operations.ages import Ages
from adapters.operations.alerts_topic import AlertsTopic
from adapters.operations.canary import Canaries
from adapters.operations.inspection import Inspector
from adapters.operations.probes import Tables
from adapters.operations.queues import Queues
from handlers.scheduler import checking
from handlers.scheduler.canary import CanaryCheck
from handlers.scheduler.checkup import Checkup
from quiz.operations.checks import Reading, Thresholds, canary_failed
from quiz.operations.findings import Finding, Health
from quiz.times import timestamp


class Settings(Struct, frozen=True):
    """Environment variables of the function, besides those that name what is looked at."""

    alerts_topic_arn: str
    environment: str
    health_thresholds: str
    leaderboard_function: str
    questions_table: str
    quizzes_table: str
    submissions_queue_url: str
    submissions_table: str


@cache
def bootstrap() -> tuple[str, Checkup, AlertsTopic]:
    """Everything that lives as long as the environment does: its name, what is looked at, and who is told."""
    configured = settings.read(Settings, os.environ)
    healthy = msgspec.json.decode(configured.health_thresholds, type=Thresholds)
    canary = CanaryCheck(
        canaries=Canaries(queues.client, configured.submissions_queue_url, dynamo.client, configured.submissions_table),
        # As it is now: the canary of the last release tells nothing.
        definitions=Definitions(dynamo.client(), configured.quizzes_table, configured.questions_table, max_age=0),
        healthy=healthy,
        now=lambda: datetime.now(UTC),
        clock=time.monotonic,
        sleep=time.sleep,
    )
    checkup = Checkup(
        healthy=healthy,
        queue_urls=_named("_QUEUE_URL"),
        dead_letters_urls=_named("_DEAD_LETTERS_URL"),
        table_names=_named("_TABLE"),
        queues=Queues(queues.client),
        ages=Ages(ages.client),
        tables=Tables(probes.client),
        inspector=Inspector(inspection.client, configured.leaderboard_function),
        canary=canary,
    )
    return configured.environment, checkup, AlertsTopic(alerts_topic.client, configured.alerts_topic_arn)


def _named(suffix: str) -> Mapping[str, str]:
    """What the environment names, by short name: GAMES_TABLE names the table games."""
    return {key.removesuffix(suffix).lower(): value for key, value in os.environ.items() if key.endswith(suffix)}


@instrumented
def handler(event: dict[str, Any], context: Any) -> None:
    """One run. Whatever goes wrong in it is told, not raised."""
    environment, checkup, topic = bootstrap()
    readings = checking.run(list(checkup.checks()))
    failed = tuple(reading.finding for reading in readings if reading.finding.failed)
    if failed:
        _tell(topic, Health(timestamp(datetime.now(UTC)), environment, failed, len(readings)))
    _measure(readings, failed)
    logger().info("health checked", checks=len(readings), failed=[finding.check for finding in failed])


def _tell(topic: AlertsTopic, health: Health) -> None:
    findings = msgspec.to_builtins(health.findings)
    logger().error("not everything is well", findings=findings)
    try:
        topic.publish(health)
    except Exception:  # noqa: BLE001
        # Whatever it was, the metrics still tell.
        logger().exception("nobody was told")


def _measure(readings: Sequence[Reading], failed: Sequence[Finding]) -> None:
    for reading in readings:
        if reading.metric and reading.finding.value is not None:
            measure(reading.metric, reading.finding.unit, reading.finding.value)
    measure("CanaryFailed", "Count", int(canary_failed(failed)))
    measure("ChecksFailed", "Count", len(failed))
    measure("HealthChecked", "Count", 1)
