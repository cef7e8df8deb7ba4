"""What is built in one environment and not, or otherwise, in another."""

import json

import pytest

from tests.terraform import differences, sandbox
from tests.terraform.environments import NAMES, settings, variables
from tests.terraform.inventory import check
from tests.terraform.plans import Plan, Resources
from tests.terraform.sandbox import Sandbox

# What these settings make of the resources, when names and accounts are put aside.
_BUILT_DIFFERENTLY = {
    "aws_apigatewayv2_api.cors_configuration.0.allow_origins",
    "aws_cloudwatch_log_group.retention_in_days",
    "aws_cloudwatch_metric_alarm.alarm_description",
    "aws_cloudwatch_metric_alarm.metric_query.0.metric.0.period",
    "aws_cloudwatch_metric_alarm.period",
    "aws_cloudwatch_metric_alarm.threshold",
    "aws_cognito_user_pool.deletion_protection",
    "aws_cognito_user_pool.mfa_configuration",
    "aws_cognito_user_pool.user_pool_add_ons",
    "aws_cognito_user_pool.user_pool_tier",
    "aws_dynamodb_table.deletion_protection_enabled",
    "aws_dynamodb_table.point_in_time_recovery.0.enabled",
    "aws_elasticache_replication_group.automatic_failover_enabled",
    "aws_elasticache_replication_group.multi_az_enabled",
    "aws_elasticache_replication_group.node_type",
    "aws_elasticache_replication_group.num_cache_clusters",
    "aws_elasticache_replication_group.snapshot_retention_limit",
    "aws_lambda_event_source_mapping.scaling_config.0.maximum_concurrency",
    "aws_lambda_function.environment.0.variables.KEEP_DAYS",
    "aws_lambda_function.reserved_concurrent_executions",
    "aws_s3_bucket.force_destroy",
    "aws_s3_bucket_cors_configuration.cors_rule.0.allowed_origins",
    "aws_scheduler_schedule.schedule_expression",
    "aws_xray_sampling_rule.fixed_rate",
}

# Alarms of each of the cache's nodes, and who is told.
_BUILT_IN_SOME = {
    "module.alarms.aws_cloudwatch_metric_alarm.this",
    "module.alarms.aws_sns_topic_subscription.email",
    "module.alarms.module.notify.aws_iam_role_policy.grants",
}


@pytest.fixture(scope="module")
def plans(box: Sandbox) -> dict[str, Plan]:
    return {name: sandbox.plan(box.root, files=[variables(name)]) for name in NAMES}


def _without_names(name: str, account_id: str, found: Resources) -> Resources:
    """Resources of an environment as if it were anybody's."""
    neutral = json.dumps(dict(found.by_address)).replace(account_id, "ACCOUNT").replace(name, "ENVIRONMENT")
    return Resources(json.loads(neutral), found.types, found.modules)


class TestPlans:
    @pytest.mark.parametrize("name", NAMES)
    def test_are_what_their_inventories_say(self, plans: dict[str, Plan], name: str) -> None:
        check(f"root-{name}.yaml", plans[name].resources)

    @pytest.mark.parametrize("name", NAMES)
    def test_bound_every_role(self, plans: dict[str, Plan], name: str) -> None:
        roles = plans[name].resources.of_type("aws_iam_role")
        boundary = f"arn:aws:iam::{settings(name)['account_id']}:policy/quiz-boundary"
        assert roles
        assert {role["permissions_boundary"] for role in roles.values()} == {boundary}

    def test_bound_no_role_where_none_is_named(self, local_plan: Plan) -> None:
        roles = local_plan.resources.of_type("aws_iam_role").values()
        assert {role["permissions_boundary"] for role in roles} == {None}

    @pytest.mark.parametrize(("name", "protected"), list(zip(NAMES, (False, True, True), strict=True)))
    def test_protect_everything_that_holds_data_or_nothing(
        self, plans: dict[str, Plan], name: str, protected: bool
    ) -> None:
        found = plans[name].resources
        assert {
            *(table["deletion_protection_enabled"] for table in found.of_type("aws_dynamodb_table").values()),
            *(table["point_in_time_recovery"][0]["enabled"] for table in found.of_type("aws_dynamodb_table").values()),
            *(not bucket["force_destroy"] for bucket in found.of_type("aws_s3_bucket").values()),
        } == {protected}

    def test_differ_in_nothing_else(self, plans: dict[str, Plan]) -> None:
        found = [_without_names(name, settings(name)["account_id"], plans[name].resources) for name in NAMES]
        assert differences.of_plans(found) == _BUILT_DIFFERENTLY
        assert differences.of_addresses(found) == _BUILT_IN_SOME
