"""What an environment costs in a month in which nobody comes."""

from collections.abc import Iterator
from itertools import chain

from tools.cost.assumed import assumed
from tools.cost.counting import bill, function, work
from tools.cost.inventory import Inventory, environments
from tools.cost.prices import Bill, Line

# Each type of resource that Terraform makes here: the line that it is paid by, or why it costs nothing by itself.
PAID = {
    "aws_apigatewayv2_api": "apigateway_http",
    "aws_cloudwatch_composite_alarm": "composite_alarm",
    "aws_cloudwatch_dashboard": "dashboard",
    "aws_cloudwatch_log_group": "logs_gb",
    "aws_cloudwatch_metric_alarm": "alarm_metric",
    "aws_dynamodb_table": "dynamodb_gb",
    "aws_elasticache_replication_group": "elasticache_*",
    "aws_kms_key": "kms_key",
    "aws_lambda_event_source_mapping": "sqs_standard",
    "aws_lambda_function": "lambda_request",
    "aws_s3_bucket": "s3_gb",
    "aws_scheduler_schedule": "scheduler_invocation",
    "aws_sns_topic": "sns_publish",
    "aws_sqs_queue": "sqs_fifo",
    "aws_xray_sampling_rule": "xray_trace",
}
FREE = {
    "aws_api_gateway_account": "a setting",
    "aws_apigatewayv2_": "API Gateway is paid by the request, message and minute",
    "aws_cloudwatch_event_": "EventBridge is paid by the event",
    "aws_codedeploy_": "CodeDeploy costs nothing for Lambda",
    "aws_cognito_": "Cognito is paid by the person who signs in",
    "aws_default_security_group": "a network of one's own costs nothing",
    "aws_dynamodb_table_item": "part of the table",
    "aws_elasticache_": "part of the cache",
    "aws_iam_": "IAM costs nothing",
    "aws_kms_alias": "a name",
    "aws_lambda_": "Lambda is paid by the invocation",
    "aws_route_table": "a network of one's own costs nothing",
    "aws_s3_bucket_": "S3 is paid by the object",
    "aws_scheduler_schedule_group": "a name",
    "aws_security_group": "a network of one's own costs nothing",
    "aws_sns_": "SNS is paid by the message",
    "aws_sqs_": "SQS is paid by the request",
    "aws_subnet": "a network of one's own costs nothing",
    "aws_vpc": "a network of one's own, and its gateway endpoint, cost nothing",
}


def idle(environment: str) -> Bill:
    """Without a single request."""
    found, known = environments()[environment], assumed()
    lines = chain(_standing(found), _polls(found), _health(found), _reconciliation(found), _stored(found))
    runs = sum(found.runs_a_month.values())
    # So few that X-Ray, which takes one a second, takes nearly all of them; the rest is in what each invocation costs.
    traces = [Line("xray_trace", 2 * runs * (1 - known.trace_share))]
    return bill(f"{environment}, a month in which nobody comes", chain(lines, traces))


def _standing(found: Inventory) -> Iterator[Line]:
    hours = assumed().hours_in_month
    kind = found.cache_node_type.removeprefix("cache.").replace(".", "_")
    yield Line(f"elasticache_{kind}", found.cache_nodes * hours)
    yield Line("nat_hour", found.nat_gateways * hours)
    yield Line("alarm_metric", found.alarm_metrics)
    yield Line("composite_alarm", found.composite_alarms)
    yield Line("dashboard", found.dashboards)
    yield Line("kms_key", found.kms_keys)
    yield Line("custom_metric", assumed().idle_metrics)
    yield Line("scheduler_invocation", sum(found.runs_a_month.values()))


def _polls(found: Inventory) -> Iterator[Line]:
    """Of the submissions' queue, which is FIFO, and of the others."""
    known = assumed()
    each = known.pollers * known.hours_in_month * 3600 / known.poll_seconds
    yield Line("sqs_fifo", each)
    yield Line("sqs_standard", (found.polled_queues - 1) * each)


def _health(found: Inventory) -> Iterator[Line]:
    """The check looks at everything, and its canary is a submission that is taken away again."""
    known, runs = assumed(), found.runs_a_month["health"]
    yield from function("health", runs, known.health_ms, runs * known.health_log_bytes)
    yield from function("leaderboard", runs, known.call_ms, runs * known.authorizer_log_bytes)
    yield from work("lms_batch", runs)
    # It comes alone, and not ten at a time.
    yield from function("submissions", 0.9 * runs, 4 * known.call_ms, 0)
    yield Line("sqs_fifo", 3 * runs)
    # Taking it away is a write of the table and of both indexes.
    yield Line("dynamodb_write", 4 * runs)
    yield Line("dynamodb_read", (known.health_tables / 2 + known.health_metrics) * runs)
    yield Line("sqs_standard", known.health_queue_looks * runs)
    yield Line("metric_data", known.health_metrics * runs)


def _reconciliation(found: Inventory) -> Iterator[Line]:
    known, runs = assumed(), found.runs_a_month["reconcile"]
    yield from function("reconcile", runs, known.reconcile_ms, runs * known.reconcile_log_bytes)
    yield Line("dynamodb_read", known.reconcile_reads * runs)


def _stored(found: Inventory) -> Iterator[Line]:
    known = assumed()
    yield Line("dynamodb_gb", known.stored_gb)
    yield Line("dynamodb_backup_gb", known.stored_gb if found.recoverable_tables else 0)
    yield Line("s3_gb", known.stored_gb)
