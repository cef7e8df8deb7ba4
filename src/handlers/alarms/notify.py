"""Turns what comes to the alerts topic into messages that a person at 3 a.m. can act on."""

import json
import os
import time
from collections.abc import Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from adapters import dynamo, settings
from adapters.alerts import alarms, logs, notices, parameters, releases
from adapters.alerts.alarms import Alarms
from adapters.alerts.logs import Logs
from adapters.alerts.memory import Memory
from adapters.alerts.notices import Notices
from adapters.alerts.parameters import Parameter
from adapters.alerts.releases import Releases
from adapters.alerts.webhook import Webhook
from adapters.observability import instrumented
from handlers.alarms.guarding import Guard
from handlers.alarms.knowing import Knowing
from handlers.alarms.telling import NOTICES, WEBHOOK, Channel, Notification, Teller
from quiz.alerts.composing import Place
from quiz.alerts.fields import fields_in, items_in, text_in, time_in
from quiz.errors import Unavailable


class Settings(Struct, frozen=True):
    """Environment variables of the function."""

    alerts_table: str
    aws_region: str
    dashboard_url: str
    name_prefix: str
    notices_topic_arn: str
    runbook_url: str
    # Without one people hear by the topic alone.
    webhook_parameter: str = ""


@cache
def bootstrap() -> Teller:
    """Everything that lives as long as the environment does."""
    configured = settings.read(Settings, os.environ)
    channels: dict[str, Channel] = {NOTICES: Notices(notices.client, configured.notices_topic_arn)}
    if configured.webhook_parameter:
        channels[WEBHOOK] = Webhook(Parameter(parameters.client, configured.webhook_parameter))
    return Teller(
        memory=Memory(dynamo.client, configured.alerts_table),
        knowing=Knowing(Alarms(alarms.client), Logs(logs.client)),
        channels=channels,
        place=Place(
            name_prefix=configured.name_prefix,
            region=configured.aws_region,
            dashboard_url=configured.dashboard_url,
            runbook_url=configured.runbook_url,
        ),
        now_ms=lambda: time.time_ns() // 1_000_000,
    )


@cache
def guard() -> Guard:
    """What acts before people do, told of in the same ways."""
    teller = bootstrap()
    return Guard(Releases(releases.client), teller.channels, teller.place.name_prefix)


@instrumented
def handler(event: dict[str, Any], context: Any) -> None:
    """Heed and tell every notification; what could not be done fails the invocation, and Lambda tries again."""
    failed = []
    for record in items_in(event, "Records") or [event]:
        heard = notification(record, bootstrap().now_ms())
        for do in (guard().heed, bootstrap().tell):
            try:
                do(heard)
            except Unavailable as error:
                failed.append(str(error))
    if failed:
        raise Unavailable("; ".join(failed))


def notification(record: Any, now_ms: int) -> Notification:
    """What a record of the topic says; what is none, such as an event sent by hand, is told as it is."""
    sns: Mapping[str, Any] = fields_in(record, "Sns")
    text = text_in(sns, "Message") or json.dumps(record, default=str)
    sent_at = time_in(text_in(sns, "Timestamp"))
    return Notification(
        text=text,
        message_id=text_in(sns, "MessageId") or str(now_ms),
        subject=text_in(sns, "Subject"),
        sent_ms=round(sent_at.timestamp() * 1000) if sent_at else now_ms,
    )
