"""What the root makes of an environment's variables."""

import json
import re

import pytest

from tests.terraform import sandbox
from tests.terraform.conftest import REQUIRED
from tests.terraform.inventory import check
from tests.terraform.plans import Plan, Resources
from tests.terraform.policies import statements
from tests.terraform.resolved import address_of, resolve
from tests.terraform.sandbox import Sandbox

_PREFIXES = ("quiz-prod", "alias/quiz-prod-", "/aws/lambda/quiz-prod-", "/aws/vendedlogs/quiz-prod-")


class TestTheLaptopsEnvironment:
    def test_is_what_its_inventory_says(self, local: Resources) -> None:
        check("root-local.yaml", local)

    def test_keeps_what_was_set_aside_longer_than_what_waits(self, local: Resources) -> None:
        kept = {
            address: queue["message_retention_seconds"] for address, queue in local.of_type("aws_sqs_queue").items()
        }
        assert kept["module.queue.aws_sqs_queue.dead_letters"] > kept["module.queue.aws_sqs_queue.main"]

    def test_reserves_for_the_processor_just_what_the_queue_may_use(self, local: Resources) -> None:
        mapping = local.by_address["module.queue.aws_lambda_event_source_mapping.submissions"]
        processor = local.by_address["module.queue.module.processor.aws_lambda_function.this"]
        [scaling] = mapping["scaling_config"]
        assert scaling["maximum_concurrency"] == processor["reserved_concurrent_executions"]

    def test_lets_a_delivery_finish_before_the_next_one(self, local: Resources) -> None:
        queue = local.by_address["module.queue.aws_sqs_queue.main"]
        processor = local.by_address["module.queue.module.processor.aws_lambda_function.this"]
        assert queue["visibility_timeout_seconds"] >= 6 * processor["timeout"]

    def test_reads_every_stream_that_a_table_has(self, local: Resources) -> None:
        tables = local.of_type("aws_dynamodb_table")
        sources = [mapping["event_source_arn"] for mapping in local.of_type("aws_lambda_event_source_mapping").values()]
        read = {address_of(source).removesuffix("/stream") for source in sources} & set(tables)
        assert read == {address for address, table in tables.items() if table["stream_enabled"]}

    def test_invokes_functions_through_their_alias_alone(self, local: Resources) -> None:
        invoked = [mapping["function_name"] for mapping in local.of_type("aws_lambda_event_source_mapping").values()]
        assert {local.types[address_of(function)] for function in invoked} == {"aws_lambda_alias"}

    def test_logs_to_groups_of_our_own(self, local: Resources) -> None:
        groups = {group["name"] for group in local.of_type("aws_cloudwatch_log_group").values()}
        used = {
            function["logging_config"][0]["log_group"] for function in local.of_type("aws_lambda_function").values()
        }
        stages = local.of_type("aws_apigatewayv2_stage").values()
        logged = {address_of(stage["access_log_settings"][0]["destination_arn"]) for stage in stages}
        assert used | {local.by_address[address]["name"] for address in logged} == groups

    def test_encrypts_every_queue(self, local: Resources) -> None:
        assert all(queue["sqs_managed_sse_enabled"] for queue in local.of_type("aws_sqs_queue").values())


class TestProtection:
    def _protection(self, plan: Plan) -> set[bool]:
        """Of tables, buckets and users, whether they are protected in every way there is."""
        found = plan.resources
        tables = found.of_type("aws_dynamodb_table").values()
        return {
            *(table["deletion_protection_enabled"] for table in tables),
            *(table["point_in_time_recovery"][0]["enabled"] for table in tables),
            *(not bucket["force_destroy"] for bucket in found.of_type("aws_s3_bucket").values()),
            *(pool["deletion_protection"] == "ACTIVE" for pool in found.of_type("aws_cognito_user_pool").values()),
        }

    def test_is_on_for_everything_unless_an_environment_says_otherwise(self, default_plan: Plan) -> None:
        assert self._protection(default_plan) == {True}

    def test_is_off_for_everything_on_the_laptop(self, local_plan: Plan) -> None:
        assert self._protection(local_plan) == {False}


class TestNames:
    # A changed name replaces a table and loses what is in it.
    @pytest.mark.parametrize(
        "table",
        [
            "analytics",
            "connections",
            "games",
            "participants",
            "progress",
            "questions",
            "quizzes",
            "requests",
            "results",
            "sessions",
            "submissions",
        ],
    )
    def test_of_tables_never_change(self, default_plan: Plan, table: str) -> None:
        address = f'module.tables.aws_dynamodb_table.this["{table}"]'
        assert default_plan.resources.by_address[address]["name"] == f"quiz-prod-{table}"

    def test_of_buckets_never_change_and_hold_the_account(self, default_plan: Plan) -> None:
        """Names of buckets are shared with the whole world."""
        buckets = default_plan.resources.of_type("aws_s3_bucket").values()
        assert {bucket["bucket"] for bucket in buckets} == {
            "quiz-prod-123456789012-logs",
            "quiz-prod-123456789012-media",
            "quiz-prod-123456789012-results",
        }

    def test_all_begin_with_the_environment(self, default_plan: Plan) -> None:
        found = default_plan.resources
        others = {
            found.types[address]
            for address, values in found.by_address.items()
            for attribute in ("name", "function_name", "alarm_name")
            if not str(values.get(attribute, _PREFIXES[0])).startswith(_PREFIXES)
        }
        # Each of these lives inside something that begins so.
        assert others == {
            "aws_apigatewayv2_stage",
            "aws_cognito_user_group",
            "aws_iam_role_policy",
            "aws_lambda_alias",
            "aws_scheduler_schedule",
        }


class TestRecommender:
    @pytest.mark.parametrize("kind", ["campaign", "recommender"])
    def test_is_told_to_the_function_and_granted_to_it(self, box: Sandbox, kind: str) -> None:
        source = f"arn:aws:personalize:eu-central-1:123456789012:{kind}/quiz"
        variables = {**REQUIRED, "recommender_arn": source}
        file = box.beside(kind) / "variables.tfvars.json"
        file.write_text(json.dumps(variables))
        found = resolve(box.root, sandbox.plan(box.root, variables=variables), [file])
        function = found.by_address["module.api.module.http.aws_lambda_function.this"]
        told = function["environment"][0]["variables"]
        assert {name: value for name, value in told.items() if name.startswith("PERSONALIZE_")} == {
            f"PERSONALIZE_{kind.upper()}_ARN": source
        }
        grant = found.by_address['module.api.module.http.aws_iam_role_policy.grants["RecommendationsGet"]']
        [statement] = statements(grant["policy"])
        assert statement.actions == {"personalize:GetRecommendations"}
        assert statement.resources == {source}


class TestProviders:
    def test_are_aws_alone(self, lock_file: str, local_plan: Plan) -> None:
        wanted = "registry.terraform.io/hashicorp/aws"
        configured = local_plan.planned["configuration"]["provider_config"].values()
        assert {provider["full_name"] for provider in configured} == {wanted}
        assert re.findall(r'^provider "([^"]+)"', lock_file, re.MULTILINE) == [wanted]

    def test_tag_everything(self, default_plan: Plan) -> None:
        tags = {"application": "quiz-platform", "environment": "prod"}
        untagged = {
            address: json.dumps(values["tags_all"])
            for address, values in default_plan.resources.by_address.items()
            # Some bear a name besides, because a console shows nothing else of them.
            if "tags_all" in values and not tags.items() <= values["tags_all"].items()
        }
        assert not untagged
