"""Composite alarms, mails that were not confirmed, and rules that are off."""

from datetime import UTC, datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError

from tests.unit.tools.doctor.stubs import Service, clinic, said
from tools.doctor import alarms, schedules
from tools.doctor.report import Urgency


def _alarm(name: str, severity: str, **changes: Any) -> dict[str, Any]:
    return {
        "AlarmName": f"quiz-staging-{name}",
        "AlarmDescription": f"What it is.\nSeverity: {severity}\nRunbook: https://example.com/runbooks/{name}.md",
        "StateValue": "ALARM",
        "StateUpdatedTimestamp": datetime.now(UTC) - timedelta(minutes=12),
        **changes,
    }


def test_composite_alarms_count_as_well_and_muted_ones_are_told() -> None:
    told = {
        "MetricAlarms": [_alarm("cache-cpu", "ticket", StateValue="OK", ActionsEnabled=False)],
        "CompositeAlarms": [_alarm("live-down", "page")],
    }
    area = alarms.alarms(clinic(cloudwatch=Service(describe_alarms=told)))
    assert said(area) == [
        (Urgency.PAGE, "live-down, for 12 min: What it is."),
        (Urgency.NOBODY_HEARS, "alarms are muted: cache-cpu"),
    ]
    assert area.problems[0].runbook == "docs/runbooks/live-down.md"


def test_no_alarms_at_all_is_no_good_sign() -> None:
    area = alarms.alarms(clinic(cloudwatch=Service(describe_alarms={})))
    assert said(area) == [(Urgency.NOBODY_HEARS, "there are no alarms")]


def _subscribed(*arns: str) -> Service:
    told = [{"SubscriptionArn": arn, "Endpoint": "on-call@example.com", "Protocol": "email"} for arn in arns]
    nothing: dict[str, Any] = {"Subscriptions": []}
    return Service(
        list_subscriptions_by_topic=lambda TopicArn: (  # noqa: N803
            {"Subscriptions": told} if TopicArn.endswith("-notices") else nothing
        )
    )


def test_a_mail_that_was_not_confirmed_is_told() -> None:
    area = alarms.hearers(clinic(sns=_subscribed("PendingConfirmation", "arn:aws:sns:s")))
    assert said(area) == [(Urgency.NOBODY_HEARS, "not confirmed, so not told of anything: on-call@example.com")]


def test_alarms_that_nobody_hears_matter_everywhere_but_at_home() -> None:
    assert said(alarms.hearers(clinic(sns=_subscribed()))) == [(Urgency.NOBODY_HEARS, "nobody is told of alarms")]
    assert not alarms.hearers(clinic(sns=_subscribed(), name="local")).problems


def test_a_topic_of_an_older_release_need_not_be_there() -> None:
    missing = ClientError({"Error": {"Code": "NotFound"}}, "ListSubscriptionsByTopic")
    assert not alarms.hearers(clinic(sns=Service(list_subscriptions_by_topic=missing), name="local")).problems


def test_a_rule_that_is_off_is_found() -> None:
    place = clinic(
        scheduler=Service(list_schedule_groups={"ScheduleGroups": []}),
        events=Service(list_rules={"Rules": [{"Name": "quiz-staging-quiz-control", "State": "DISABLED"}]}),
    )
    [problem] = schedules.schedules(place).problems
    assert problem.what == "the rule quiz-staging-quiz-control is off"
