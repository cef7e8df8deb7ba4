"""Alarms by their short names, with what their descriptions say."""

import re

from tests.terraform.metric_math import metrics
from tests.terraform.plans import Raw, Resources

PREFIX = "quiz-local-"

_OPERATIONS = {
    "BatchGetItem",
    "BatchWriteItem",
    "DeleteItem",
    "GetItem",
    "PutItem",
    "Query",
    "Scan",
    "TransactWriteItems",
    "UpdateItem",
}


def named(found: Resources) -> dict[str, Raw]:
    """The alarms on metrics."""
    return {short(alarm): alarm for alarm in found.of_type("aws_cloudwatch_metric_alarm").values()}


def outages(found: Resources) -> dict[str, Raw]:
    """The alarms that speak for a pillar."""
    return {short(alarm): alarm for alarm in found.of_type("aws_cloudwatch_composite_alarm").values()}


def short(alarm: Raw) -> str:
    """Its name within the environment."""
    return str(alarm["alarm_name"]).removeprefix(PREFIX)


def said(alarm: Raw) -> dict[str, str]:
    """The lines of the description that have a name; the first one, which has none, is what is wrong."""
    first, *lines = str(alarm["alarm_description"]).splitlines()
    return {"": first, **dict(line.split(": ", 1) for line in lines)}


def runbook(alarm: Raw) -> str:
    """Name of the page that tells what to do."""
    [name] = re.findall(r"/runbooks/([a-z-]+)\.md$", said(alarm)["Runbook"])
    return str(name)


def pages(found: Resources) -> set[str]:
    """The alarms that wake somebody, by name."""
    return {name for name, alarm in named(found).items() if said(alarm)["Severity"] == "page"}


def dimensions(alarm: Raw) -> list[tuple[str, str]]:
    """All that the metrics of an alarm are looked up by."""
    return [pair for metric in metrics(alarm).values() for pair in (metric["dimensions"] or {}).items()]


def existing(found: Resources) -> dict[str, set[str]]:
    """By dimension, what there is."""
    attributes = {
        "ApiId": ("aws_apigatewayv2_api", "id"),
        "EventBusName": ("aws_cloudwatch_event_bus", "name"),
        "FunctionName": ("aws_lambda_function", "function_name"),
        "QueueName": ("aws_sqs_queue", "name"),
        "RuleName": ("aws_cloudwatch_event_rule", "name"),
        "ScheduleGroup": ("aws_scheduler_schedule_group", "name"),
        "Stage": ("aws_apigatewayv2_stage", "name"),
        "TableName": ("aws_dynamodb_table", "name"),
        "TopicName": ("aws_sns_topic", "name"),
        "service": ("aws_lambda_function", "function_name"),
    }
    there = {
        key: {one[attribute] for one in found.of_type(kind).values()} for key, (kind, attribute) in attributes.items()
    }
    tables = found.of_type("aws_dynamodb_table").values()
    [cache] = found.of_type("aws_elasticache_replication_group").values()
    return there | {
        # ElastiCache names the nodes of a group by number.
        "CacheClusterId": {
            f"{cache['replication_group_id']}-{number + 1:03}" for number in range(cache["num_cache_clusters"])
        },
        "GlobalSecondaryIndexName": {index["name"] for table in tables for index in table["global_secondary_index"]},
        "Operation": _OPERATIONS,
    }
