"""Alarms that are on, those that wake somebody first, and whether anybody would hear of them."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError

from quiz.alerts import described
from tools.doctor.clinic import Clinic
from tools.doctor.report import Area, Problem, Urgency, runbook, some
from tools.environment import LOCAL_NAME

_ON, _NO_DATA = "ALARM", "INSUFFICIENT_DATA"


def alarms(clinic: Clinic) -> Area:
    """What CloudWatch has noticed."""
    pages = (
        clinic.clients["cloudwatch"]
        .get_paginator("describe_alarms")
        .paginate(AlarmNamePrefix=f"{clinic.deployed.prefix}-", AlarmTypes=["MetricAlarm", "CompositeAlarm"])
    )
    found = [alarm for page in pages for kind in ("MetricAlarms", "CompositeAlarms") for alarm in page.get(kind, [])]
    on = [alarm for alarm in found if alarm["StateValue"] == _ON]
    problems = [_problem(clinic, alarm) for alarm in on]
    if muted := [_short(clinic, alarm) for alarm in found if not alarm.get("ActionsEnabled", True)]:
        restore = f"make plan ENV={clinic.name}  # make deploy restores them"
        problems.append(Problem(Urgency.NOBODY_HEARS, f"alarms are muted: {some(muted)}", restore))
    if not found:
        problems.append(Problem(Urgency.NOBODY_HEARS, "there are no alarms"))
    no_data = sum(alarm["StateValue"] == _NO_DATA for alarm in found)
    summary = f"{len(on) or 'none'} of {len(found)} on" + (f", {no_data} without data" if no_data else "")
    facts = {_short(clinic, alarm): alarm["StateValue"] for alarm in found if alarm["StateValue"] != "OK"}
    return Area("alarms", summary, tuple(problems), facts)


def hearers(clinic: Clinic) -> Area:
    """Who is told when an alarm goes off."""
    webhook = clinic.variables("notify").get("WEBHOOK_PARAMETER", "")
    subscribed = list(_subscriptions(clinic))
    heard = [one for one in subscribed if one["SubscriptionArn"].startswith("arn:")]
    problems = list(_deaf(clinic, webhook, subscribed, heard))
    people = [one for one in heard if one["Protocol"] != "lambda"]
    summary = f"{len(people)} subscribed to the notices" + (", and the webhook" if webhook else "")
    if not people and not webhook and clinic.name == LOCAL_NAME:
        summary = "nobody is told of local alarms"
    return Area("alerts", summary, tuple(problems), {"people": len(people), "webhook": bool(webhook)})


def _problem(clinic: Clinic, alarm: Any) -> Problem:
    said = described.read(alarm.get("AlarmDescription", ""))
    since = alarm.get("StateUpdatedTimestamp")
    minutes = f", for {(datetime.now(UTC) - since).total_seconds() / 60:.0f} min" if since else ""
    look = f"aws cloudwatch describe-alarm-history --alarm-name {alarm['AlarmName']} --max-records 5"
    return Problem(
        Urgency.PAGE if said.pages else Urgency.TICKET,
        f"{_short(clinic, alarm)}{minutes}: {said.summary or alarm.get('StateReason', '')}",
        look,
        runbook(said.runbook) or said.runbook,
    )


def _short(clinic: Clinic, alarm: Any) -> str:
    name: str = alarm["AlarmName"]
    return name.removeprefix(f"{clinic.deployed.prefix}-")


def _deaf(clinic: Clinic, webhook: str, subscribed: list[Any], heard: list[Any]) -> Iterable[Problem]:
    """Why somebody might not hear."""
    page = runbook("notices-failing")
    if waiting := [one["Endpoint"] for one in subscribed if one not in heard]:
        told = f"not confirmed, so not told of anything: {some(waiting)}"
        yield Problem(Urgency.NOBODY_HEARS, told, "# each has to follow the link in the mail that asked for it", page)
    if "notify" in clinic.functions and not any(one["Protocol"] == "lambda" for one in heard):
        yield Problem(Urgency.NOBODY_HEARS, "no function listens to the alerts", f"make plan ENV={clinic.name}", page)
    if not webhook and not any(one["Protocol"] != "lambda" for one in heard) and clinic.name != LOCAL_NAME:
        yield Problem(Urgency.NOBODY_HEARS, "nobody is told of alarms", "# add alerts.emails to the tfvars", page)
    if webhook:
        try:
            # Without decryption: that it is there is all that has to be known.
            clinic.clients["ssm"].get_parameter(Name=webhook, WithDecryption=False)
        except ClientError as error:
            told = f"the webhook's parameter {webhook} cannot be read: {error.response['Error']['Code']}"
            mending = f"aws ssm put-parameter --name {webhook} --type SecureString --value URL"
            yield Problem(Urgency.NOBODY_HEARS, told, mending, runbook("webhook-failing"))


def _subscriptions(clinic: Clinic) -> Iterator[Any]:
    alerts: str = clinic.deployed.output("alerts_topic_arn")
    for topic in (alerts, f"{alerts.removesuffix('-alerts')}-notices"):
        try:
            for page in clinic.clients["sns"].get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic):
                yield from page["Subscriptions"]
        except ClientError as error:
            if error.response["Error"]["Code"] not in ("NotFound", "NotFoundException"):
                raise
