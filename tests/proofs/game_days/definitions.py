"""The alarms as they are applied."""

import json
from dataclasses import dataclass
from typing import Any

from tests.stack.support import Stack
from tests.terraform.plans import Raw
from tools import terraform
from tools.stack import apply

PREFIX = "quiz-local"


@dataclass(frozen=True)
class Alarms:
    """By their short names: those on metrics, the page that speaks for one, and those that go straight to people."""

    metric: dict[str, Raw]
    page_of: dict[str, str]
    direct: frozenset[str]


def applied(stack: Stack) -> Alarms:
    """What the emulator says of them, in Terraform's words."""
    pages = stack.client("cloudwatch").get_paginator("describe_alarms")
    listed = list(pages.paginate(AlarmTypes=["MetricAlarm", "CompositeAlarm"]))
    found = {_short(one): one for page in listed for one in page["MetricAlarms"]}
    queries = _queries(stack)
    composites = [one for page in listed for one in page["CompositeAlarms"]]
    return Alarms(
        metric={name: _in_terraforms_words(one, queries[one["AlarmName"]]) for name, one in found.items()},
        page_of={
            name: _short(one) for one in composites for name in found if f'ALARM("{PREFIX}-{name}")' in one["AlarmRule"]
        },
        direct=frozenset(
            name
            for name, one in found.items()
            if one["AlarmActions"] and stack.known["alerts_topic_arn"] not in one["AlarmActions"]
        ),
    )


def _queries(stack: Stack) -> dict[str, Any]:
    """The metrics of expressions by name of their alarm. The emulator keeps none, so that the state has to tell."""
    state = json.loads(terraform.run(["state", "pull"], extra=apply.variables(stack.known["endpoint_url"])))
    attributes = [
        instance["attributes"]
        for resource in state["resources"]
        if resource["type"] == "aws_cloudwatch_metric_alarm"
        for instance in resource["instances"]
    ]
    return {one["alarm_name"]: one["metric_query"] for one in attributes}


def _in_terraforms_words(alarm: Raw, queries: Any) -> Raw:
    return {
        "alarm_name": alarm["AlarmName"],
        "comparison_operator": alarm["ComparisonOperator"],
        "datapoints_to_alarm": alarm["DatapointsToAlarm"],
        "dimensions": {one["Name"]: one["Value"] for one in alarm["Dimensions"]},
        "evaluation_periods": alarm["EvaluationPeriods"],
        "metric_name": alarm["MetricName"],
        "metric_query": queries,
        "namespace": alarm["Namespace"],
        "period": alarm["Period"],
        "statistic": alarm["Statistic"],
        "threshold": alarm["Threshold"],
        "treat_missing_data": alarm["TreatMissingData"],
    }


def _short(alarm: Raw) -> str:
    return str(alarm["AlarmName"]).removeprefix(f"{PREFIX}-")
