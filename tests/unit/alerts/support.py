"""Notifications as CloudWatch, an emulator, older senders and the health check send them."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from quiz.alerts import telling
from quiz.alerts.changes import Told, change_of
from quiz.alerts.composing import Known, Place
from quiz.alerts.messages import Message
from quiz.alerts.payloads import Alarm, read, read_described
from quiz.alerts.repeats import decide
from quiz.operations.findings import Finding, Health

CHANGED_AT = datetime(2026, 11, 20, 3, 0, 12, tzinfo=UTC)
NOW = CHANGED_AT + timedelta(minutes=2)
NOW_MS = round(NOW.timestamp() * 1000)
CHANNELS = frozenset({"notices", "webhook"})

PLACE = Place(
    name_prefix="quiz-production",
    region="eu-central-1",
    dashboard_url="https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#dashboards:name=quiz-production-mechanics",
    runbook_url="https://example.com/runbooks",
)

SINGLE_REASON = (
    "Threshold Crossed: 3 out of the last 5 datapoints [12.0 (20/11/26 02:59:00), 11.0 (20/11/26 02:57:00), "
    "14.0 (20/11/26 02:56:00)] were greater than the threshold (10.0) (minimum 3 datapoints for OK -> ALARM)."
)


def description(severity: str = "ticket", pillar: str = "", runbook: str = "jobs-late", logs: str = "") -> str:
    lines = ["Messages to players come late.", "Why: Longer than most questions are open.", f"Severity: {severity}"]
    lines += [f"Pillar: {pillar}"] if pillar else []
    lines += [f"Runbook: https://example.com/runbooks/{runbook}.md"]
    lines += [f"Logs: {logs}"] if logs else []
    return "\n".join(lines)


def _alarm(name: str, text: str, **changes: Any) -> dict[str, Any]:
    fields = {
        "AlarmName": f"quiz-production-{name}",
        "AlarmDescription": text,
        "AWSAccountId": "123456789012",
        "AlarmConfigurationUpdatedTimestamp": "2026-11-01T08:00:00.000+0000",
        "NewStateValue": "ALARM",
        "NewStateReason": SINGLE_REASON,
        "StateChangeTime": "2026-11-20T03:00:12.000+0000",
        # For people, and not where the alarm is.
        "Region": "EU (Ireland)",
        "AlarmArn": f"arn:aws:cloudwatch:eu-central-1:123456789012:alarm:quiz-production-{name}",
        "OldStateValue": "OK",
        "OKActions": [],
        "AlarmActions": ["arn:aws:sns:eu-central-1:123456789012:quiz-production-alerts"],
        "InsufficientDataActions": [],
        **changes,
    }
    return {field: value for field, value in fields.items() if value is not ...}


def single(**changes: Any) -> dict[str, Any]:
    """A metric alarm; a change to `...` leaves the field out."""
    trigger = {
        "MetricName": "BroadcastFailed",
        "Namespace": "QuizPlatform",
        "StatisticType": "Statistic",
        "Statistic": "SUM",
        "Unit": None,
        "Dimensions": [{"value": "quiz-production-broadcast", "name": "service"}],
        "Period": 60,
        "EvaluationPeriods": 5,
        "DatapointsToAlarm": 3,
        "ComparisonOperator": "GreaterThanThreshold",
        "Threshold": 10.0,
        "TreatMissingData": "notBreaching",
        "EvaluateLowSampleCountPercentile": "",
    }
    return _alarm("broadcast-refused", description(), **{"Trigger": trigger, **changes})


def of_old_sender() -> dict[str, Any]:
    payload = single()
    payload["Trigger"]["TreatMissingData"] = "- TreatMissingData:                    notBreaching"
    return payload


def of_emulator() -> dict[str, Any]:
    """As MiniStack sends it: other keys of dimensions, a code of a region, no ARN."""
    payload = single(AlarmArn=..., Region="eu-central-1", StateChangeTime="2026-11-20T03:00:12.000Z")
    payload["Trigger"]["Dimensions"] = [{"Name": "service", "Value": "quiz-production-broadcast"}]
    payload["Trigger"]["Statistic"] = "Sum"
    return payload


def math(**changes: Any) -> dict[str, Any]:
    """An expression over two metrics."""
    metrics = [
        {"Id": "result", "Label": "http-errors", "Expression": "IF(errors >= 3, 100 * errors / invocations, 0)"},
        {
            "Id": "errors",
            "MetricStat": {
                "Metric": {
                    "Dimensions": [{"value": "quiz-production-http", "name": "FunctionName"}],
                    "MetricName": "Errors",
                    "Namespace": "AWS/Lambda",
                },
                "Period": 300,
                "Stat": "Sum",
            },
            "ReturnData": False,
        },
    ]
    trigger = {
        "Period": 300,
        "EvaluationPeriods": 3,
        "DatapointsToAlarm": 2,
        "ComparisonOperator": "GreaterThanThreshold",
        "Threshold": 1.0,
        "TreatMissingData": "- TreatMissingData: notBreaching",
        "Metrics": metrics,
    }
    reason = (
        "Threshold Crossed: 2 out of the last 3 datapoints [3.1415926 (20/11/26 02:55:00), 2.5 (20/11/26 02:50:00)] "
        "were greater than the threshold (1.0) (minimum 2 datapoints for OK -> ALARM transition)."
    )
    text = description(runbook="function-errors", logs="quiz-production-http")
    return _alarm("http-errors", text, **{"Trigger": trigger, "NewStateReason": reason, **changes})


CHILD = "quiz-production-clock-failing"
CHILD_ARN = f"arn:aws:cloudwatch:eu-central-1:123456789012:alarm:{CHILD}"


def composite(**changes: Any) -> dict[str, Any]:
    """The alarm of a pillar; what set it off is named, and nothing of it told."""
    fields = {
        "NewStateReason": f"{CHILD_ARN} transitioned to ALARM at Friday 20 November, 2026 03:00:12 UTC",
        "AlarmRule": f'ALARM("{CHILD}") OR ALARM("quiz-production-triggers-late")',
        "TriggeringChildren": [
            {"Arn": CHILD_ARN, "State": {"Value": "ALARM", "Timestamp": "2026-11-20T03:00:11.000+0000"}}
        ],
        "AlarmConfigurationUpdatedTimestamp": ...,
    }
    text = "Live quizzes stand still.\nSeverity: page\nPillar: live\nRunbook: https://example.com/runbooks/live-down.md"
    return _alarm("live-down", text, **{**fields, **changes})


def child(**changes: Any) -> dict[str, Any]:
    """What CloudWatch tells of an alarm that is asked for."""
    return {
        "AlarmName": CHILD,
        "AlarmArn": CHILD_ARN,
        "AlarmDescription": "The clock crashes or times out.\nSeverity: page\nLogs: quiz-production-clock",
        "StateValue": "ALARM",
        "StateReason": "Threshold Crossed: 1 datapoint [4.0 (20/11/26 02:59:00)] was greater than the threshold (0.0).",
        "StateReasonData": '{"recentDatapoints":[0.0,4.0],"threshold":0.0}',
        "MetricName": "Errors",
        "Namespace": "AWS/Lambda",
        "Statistic": "Sum",
        "Dimensions": [{"Name": "FunctionName", "Value": "quiz-production-clock"}],
        "Period": 60,
        "EvaluationPeriods": 5,
        "DatapointsToAlarm": 3,
        "Threshold": 0.0,
        "ComparisonOperator": "GreaterThanThreshold",
        **changes,
    }


def health(*failed: str) -> str:
    """The text of what the health check sends."""
    findings = [Finding(check, 1_234, 1_000, "Count", f"{check} is too high.") for check in failed]
    fine = Finding("fine", 0, 1, "Count", "")
    found = Health("2026-11-20T03:00:12.000Z", "quiz-production", (*findings, fine), checks=14)
    return msgspec.json.encode(found).decode()


def alarm(payload: dict[str, Any]) -> Alarm:
    read_alarm = read(json.dumps(payload))
    assert isinstance(read_alarm, Alarm)
    return read_alarm


def composed(text: str, known: Known | None = None, told: Told | None = None, subject: str = "") -> Message:
    """What is told of a notification, where so much was told before."""
    alert = read(text)
    decision = decide(told, change_of(alert, "m1", NOW_MS), CHANNELS, NOW_MS)
    assert decision.told
    return telling.message(alert, decision.form, decision.told, PLACE, known or Known(NOW), subject)


def described(**changes: Any) -> Alarm:
    return read_described(child(**changes))
