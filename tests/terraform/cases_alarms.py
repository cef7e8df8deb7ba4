"""Values that the alarms module must refuse, or must just still accept."""

from typing import Any

from tests.terraform.cases import Case

_TABLE = "arn:aws:dynamodb:eu-central-1:123456789012:table/alerts"

# What every caller has to say.
REQUIRED: dict[str, dict[str, Any]] = {
    "alarms": {
        "account_id": "123456789012",
        "alarms": {},
        "name_prefix": "quiz-test",
        "package": "build/lambda/alarms.zip",
        "runbook_url": "https://example.com",
        "state": {"table": "alerts", "grant": {"actions": ["dynamodb:GetItem"], "resources": [_TABLE]}},
    },
}

_METRIC = {"namespace": "AWS/SQS", "metric": "NumberOfMessagesSent", "statistic": "Sum", "dimensions": {}}
_ALARM = {
    "description": "Something is wrong.",
    "reason": "One is one too many.",
    "severity": "ticket",
    "threshold": 0,
    "periods": 5,
    "datapoints": 3,
}
_EMAIL, _ENDPOINT = "on-call@example.com", "https://example.com/alerts"
_KEY = "arn:aws:kms:eu-central-1:123456789012:key/0b5d1c5e-6c4b-4b5e-9d3c-0a1b2c3d4e5f"


def _alarm(name: str = "any", **changes: Any) -> dict[str, Any]:
    """An alarm on one metric."""
    return {"alarms": {name: _ALARM | _METRIC | changes}}


def _expression(expression: str, *metrics: str, **changes: Any) -> dict[str, Any]:
    """An alarm on an expression over metrics."""
    return {
        "alarms": {"any": _ALARM | {"expression": expression, "metrics": dict.fromkeys(metrics, _METRIC)} | changes}
    }


def _sum(number: int) -> dict[str, Any]:
    ids = [f"m{position}" for position in range(number)]
    return _expression(" + ".join(ids) or "1", *ids)


def _subscribers(**changes: Any) -> dict[str, Any]:
    return {"subscribers": changes}


def _alerts(**changes: Any) -> dict[str, Any]:
    return {"alerts": {"runbook_url": "https://example.com"} | changes}


_ADDRESSES = "subscribers.emails must be e-mail addresses."
_BOTH = (
    "alarms must watch either one metric (namespace, metric, statistic and dimensions) or an expression over metrics, "
    "and not both."
)
_COUNT = "An expression must be made of 1 to 10 metrics; CloudWatch takes no more."
_DATAPOINTS = "datapoints counts breaching periods among the last periods, so it is 1 at least and cannot exceed them."
_IDS = (
    "metrics must be named by a lower-case letter, then letters, digits and underscores, and not result, "
    "which is the expression's own name."
)
_KEYS = "subscribers.webhook.kms_key_arn must be the ARN of a key, not of an alias."
_PARAMETER = (
    "subscribers.webhook.parameter must be the name of a parameter, such as /quiz/production/webhook, "
    "and not the address itself."
)
_PERIOD = (
    "period must be a multiple of 60 seconds; all periods may last a day at most, "
    "or seven days if each lasts an hour or longer."
)
_STATISTIC = "statistic must be Average, Maximum, Minimum, SampleCount, Sum or a percentile such as p99."
_TAKEN = (
    "alarms must not hold the name of an alarm that every function has, such as http-errors; "
    "it would take the place of that one."
)
_USED = "An expression must use each of its metrics, and nothing else by a name in lower case."

REFUSED = [
    Case("alarms", {"account_id": "1234"}, "account_id must have 12 digits."),
    Case(
        "alarms",
        {"name_prefix": "Quiz"},
        "name_prefix must have 3 to 32 lower-case letters, digits and hyphens, a letter first and no hyphen last.",
    ),
    Case("alarms", _subscribers(emails=["on-call"]), _ADDRESSES),
    Case(
        "alarms",
        _subscribers(https_endpoints=["http://example.com/alerts"]),
        "subscribers.https_endpoints must be addresses that begin with https://.",
    ),
    Case("alarms", _subscribers(webhook={"parameter": "https://chat.example.com/hook"}), _PARAMETER),
    Case("alarms", _subscribers(webhook={"parameter": "/hook", "kms_key_arn": f"{_KEY[:45]}alias/chat"}), _KEYS),
    Case("alarms", _alarm("Any"), "alarms must be named by lower-case letters, digits and hyphens."),
    Case("alarms", _alarm("notify-slow"), _TAKEN),
    Case(
        "alarms",
        _alarm("http-errors") | {"functions": {"http": {"name": "any", "timeout": 10, "asynchronous": False}}},
        _TAKEN,
    ),
    Case(
        "alarms",
        _alarm(severity="critical"),
        "severity must be page (wakes a person) or ticket (waits until morning).",
    ),
    Case("alarms", _alarm(pillar="cache"), "pillar must be one of adaptive, live, platform, quizzes, submissions."),
    Case("alarms", _alarm(severity="page"), "A page must name its pillar, whose alarm is what wakes a person."),
    Case(
        "alarms",
        _alarm(severity="page", pillar="live", direct=True),
        "A page cannot be direct: the alarm of its pillar tells of it.",
    ),
    Case("alarms", {"alarms": {"any": _ALARM}}, _BOTH),
    Case("alarms", _alarm(statistic=None), _BOTH),
    Case("alarms", _alarm(metrics={"sent": _METRIC}), _BOTH),
    Case("alarms", _expression("sent", "sent", dimensions={"QueueName": "any"}), _BOTH),
    Case("alarms", _expression("sent", "sent", **_METRIC), _BOTH),
    Case("alarms", _sum(0), _COUNT),
    Case("alarms", _sum(11), _COUNT),
    Case("alarms", _expression("result", "result"), _IDS),
    Case("alarms", _expression("FILL(sent, 0)", "sent", "lost"), _USED),
    Case("alarms", _expression("sent + lost", "sent"), _USED),
    Case("alarms", _alarm(statistic="Median"), _STATISTIC),
    Case("alarms", _alarm(statistic="p9"), _STATISTIC),
    Case("alarms", _expression("sent", "sent", metrics={"sent": _METRIC | {"statistic": "TM(5%:95%)"}}), _STATISTIC),
    Case("alarms", _alarm(datapoints=6), _DATAPOINTS),
    Case("alarms", _alarm(datapoints=0), _DATAPOINTS),
    Case("alarms", _alarm(period=30), _PERIOD),
    Case("alarms", _alarm(period=90), _PERIOD),
    Case("alarms", _alarm(period=300, periods=289), _PERIOD),
    Case("alarms", _alarm(period=3600, periods=169), _PERIOD),
    Case(
        "alarms",
        _alarm(comparison="GreaterThanUpperThreshold"),
        "comparison must be GreaterThanThreshold, GreaterThanOrEqualToThreshold, LessThanThreshold "
        "or LessThanOrEqualToThreshold.",
    ),
    Case(
        "alarms",
        _alarm(missing_data="bad"),
        "missing_data must be notBreaching (silence is good news), breaching (silence is the trouble), "
        "ignore or missing.",
    ),
    Case("root", {"operations": {"trace_share": 2}}, "operations.trace_share must be between 0 and 1."),
    Case("root", _alerts(emails=["on-call"]), _ADDRESSES),
]

ACCEPTED = [
    Case("alarms", _subscribers(emails=[_EMAIL], https_endpoints=[_ENDPOINT])),
    Case("alarms", _subscribers(webhook={"parameter": "/quiz/production/webhook", "kms_key_arn": _KEY})),
    Case("alarms", _alarm(datapoints=5, direct=True)),
    Case("alarms", _alarm(severity="page", pillar="platform")),
    Case("alarms", _alarm(statistic="p99.9")),
    Case("alarms", _sum(1)),
    Case("alarms", _sum(10)),
    Case("alarms", _expression("IF(sentToday >= 3, 100 * FILL(lost_2, 0) / sentToday, 0)", "sentToday", "lost_2")),
    Case("alarms", _alarm(period=300, periods=288)),
    Case("alarms", _alarm(period=3600, periods=168, missing_data="breaching", comparison="LessThanThreshold")),
]
