"""Who may do what: functions just what their code does, everybody else just what is said here."""

import re
from collections.abc import Mapping

import pytest

from tests.terraform.code_calls import calls
from tests.terraform.plans import Plan, Resources
from tests.terraform.policies import Function, Statement, functions, statements
from tests.terraform.resolved import address_of, arn
from tools.paths import ROOT

_LOGS = {"logs:CreateLogStream", "logs:PutLogEvents"}
_TRACING = {"xray:PutTelemetryRecords", "xray:PutTraceSegments"}

# What Lambda itself does with the function's role, by the kind of thing it reads from.
_READS = {
    "aws_sqs_queue": {"sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"},
    "aws_dynamodb_table": {
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:ListStreams",
    },
}

# Lambda makes interfaces in a network, with the function's role.
_IN_A_NETWORK = {
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
}
# Posts are signed by hand (adapters/live/posting.py): no method of a client tells of them.
_SIGNED = {"handlers.scheduler.broadcast.handler": {"execute-api:ManageConnections"}}
# The module that signs reads signs uploads too; these functions never ask it to.
_NEVER_UPLOAD = {"handlers.api.socket.handler"}

# Resource policies of what can be reached over plain HTTP; KMS has no such endpoint.
_RESOURCE_POLICIES = {
    "aws_s3_bucket_policy": "aws_s3_bucket",
    "aws_sns_topic_policy": "aws_sns_topic",
    "aws_sqs_queue_policy": "aws_sqs_queue",
}

# Granted where an environment names a recommender.
_ON_REQUEST = {"personalize:GetRecommendations"}

# An index belongs to its table, objects to their bucket, and connections to their API.
_PART = re.compile(r"/(index/\w+|\w+/(DELETE|POST)/@connections/\*|[\w/-]*\*)$")

_DENIED = {"aws_s3_bucket_policy": {"s3:*"}, "aws_sns_topic_policy": {"sns:Publish"}, "aws_sqs_queue_policy": {"sqs:*"}}


@pytest.fixture(scope="module")
def deployed(local: Resources) -> dict[str, Function]:
    return functions(local)


@pytest.fixture(scope="module")
def documents(local: Resources) -> dict[str, list[Statement]]:
    """Every policy there is, trust policies of roles apart."""
    kinds = ("aws_iam_role_policy", "aws_kms_key", *_RESOURCE_POLICIES)
    return {address: statements(values["policy"]) for kind in kinds for address, values in local.of_type(kind).items()}


def _source(mapping: Mapping[str, str]) -> str:
    return address_of(mapping["event_source_arn"]).removesuffix("/stream")


class TestFunctions:
    def test_each_handler_in_the_source_is_deployed_once(self, deployed: dict[str, Function]) -> None:
        files = [file for file in ROOT.glob("src/handlers/*/*.py") if "\ndef handler(" in file.read_text()]
        assert set(deployed) == {f"handlers.{file.parent.name}.{file.stem}.handler" for file in files}

    def test_each_may_do_what_its_code_does_and_nothing_else(
        self, deployed: dict[str, Function], local: Resources
    ) -> None:
        wrong = {}
        for handler, function in deployed.items():
            allowed = {action for grant in function.grants.values() for action in grant.actions}
            needed = calls(handler) | _LOGS | _TRACING
            needed |= {action for mapping in function.mappings for action in _READS[local.types[_source(mapping)]]}
            needed |= {"sqs:SendMessage"} if function.failure_destinations else set()
            needed |= _IN_A_NETWORK if function.values["vpc_config"] else set()
            needed |= _SIGNED.get(handler, set())
            needed -= {"s3:PutObject"} if handler in _NEVER_UPLOAD else set()
            # What only some environments ask for is checked where they do.
            needed -= _ON_REQUEST - allowed
            if needed != allowed:
                wrong[handler] = {"missing": sorted(needed - allowed), "unused": sorted(allowed - needed)}
        assert not wrong

    def test_each_may_touch_what_its_settings_name_and_nothing_else(
        self, deployed: dict[str, Function], local: Resources
    ) -> None:
        """A table in the environment without a grant fails at runtime; a grant without a setting is left over."""
        for handler, function in deployed.items():
            granted = {resource for grant in function.grants.values() for resource in grant.resources}
            by_lambda = {mapping["event_source_arn"] for mapping in function.mappings} | function.failure_destinations
            by_code = {re.sub(_PART, "", resource) for resource in granted - by_lambda}
            known = {f"{function.log_group}:*", "*"}
            by_mapping = {mapping["event_source_arn"].removesuffix("/stream") for mapping in function.mappings}
            told = set(function.settings.values())
            # What a function is invoked by is named to it, too, but need not be its to touch.
            assert by_code - known == _named(told, local) - (by_mapping - by_code), handler

    def test_each_reads_its_own_sources_and_logs_to_its_own_group(self, deployed: dict[str, Function]) -> None:
        for handler, function in deployed.items():
            sources = {mapping["event_source_arn"] for mapping in function.mappings}
            reading = set().union(*_READS.values())
            for grant in function.grants.values():
                assert not grant.actions & reading or grant.resources == sources, handler
            assert function.grants["Logs"].resources == {f"{function.log_group}:*"}, handler


def _named(settings: set[str], found: Resources) -> set[str]:
    """The ARNs of the tables, queues, buses and buckets whose name or URL is among the settings."""
    kinds = ("aws_cloudwatch_event_bus", "aws_dynamodb_table", "aws_s3_bucket", "aws_sns_topic", "aws_sqs_queue")
    resources = [values for kind in kinds for values in found.of_type(kind).values()]
    arns = {
        values["arn"]
        for values in resources
        if settings & {values.get("name"), values.get("url"), values.get("bucket"), values["arn"]} - {None}
    }
    apis = found.of_type("aws_apigatewayv2_api").values()
    return arns | {api["execution_arn"] for api in apis if api["id"] in settings}


class TestWildcards:
    def test_no_policy_allows_a_wildcard_action(self, documents: dict[str, list[Statement]]) -> None:
        """But for the key: an account that cannot administer it is locked out, and KMS has two ways to make a key."""
        wildcards = {
            (address.split(".")[-2], statement.sid, action)
            for address, found in documents.items()
            for statement in found
            for action in statement.actions
            if statement.effect == "Allow" and "*" in action
        }
        assert wildcards == {
            ("aws_kms_key", "AccountAdministers", "kms:*"),
            ("aws_kms_key", "AlarmsEncrypt", "kms:GenerateDataKey*"),
        }

    def test_every_policy_names_its_resources(self, documents: dict[str, list[Statement]]) -> None:
        """In a key's policy "*" means the key itself, and X-Ray knows no resources."""
        for address, found in documents.items():
            for statement in found:
                everywhere = "*" in statement.resources
                of_itself = ".aws_kms_key." in address
                assert not everywhere or of_itself or statement.actions in (_TRACING, _IN_A_NETWORK), address


class TestResourcePolicies:
    def test_every_queue_topic_and_bucket_has_one(self, local: Resources) -> None:
        for policy, kind in _RESOURCE_POLICIES.items():
            held = {
                values.get("queue_url") or values.get("bucket") or address_of(values["arn"])
                for values in local.of_type(policy).values()
            }
            assert held == set(local.of_type(kind))

    def test_each_denies_plain_http(self, local: Resources, documents: dict[str, list[Statement]]) -> None:
        for address, policy in [(address, kind) for kind in _RESOURCE_POLICIES for address in local.of_type(kind)]:
            [denial] = [statement for statement in documents[address] if statement.effect == "Deny"]
            assert denial.principals == {"*": {"*"}}
            assert denial.conditions["Bool"] == {"aws:SecureTransport": "false"}
            # The emulator's own traffic; a request that reaches AWS has no such address.
            assert denial.conditions["NotIpAddress"] == {"aws:SourceIp": "127.0.0.1/32"}
            assert denial.actions == _DENIED[policy]

    def test_each_service_acts_for_this_account_alone(self, documents: dict[str, list[Statement]]) -> None:
        for address, found in documents.items():
            for statement in found:
                for_service = "Service" in statement.principals
                assert not for_service or statement.condition_keys & {"aws:SourceAccount", "aws:SourceArn"}, address

    def test_the_queue_lets_the_producers_send_and_nobody_do_anything_else(
        self, documents: dict[str, list[Statement]]
    ) -> None:
        document = documents["module.queue.aws_sqs_queue_policy.main"]
        [allowed] = [statement for statement in document if statement.effect == "Allow"]
        assert allowed.principals == {"AWS": {"arn:aws:iam::000000000000:root"}}
        assert allowed.actions == {"sqs:GetQueueUrl", "sqs:SendMessage"}
        assert {address_of(resource) for resource in allowed.resources} == {"module.queue.aws_sqs_queue.main"}

    def test_the_queue_lets_nobody_in_while_there_are_no_producers(self, default_plan: Plan) -> None:
        document = default_plan.statements('module.queue.data.aws_iam_policy_document.access["main"]')
        assert [statement["sid"] for statement in document] == ["TlsOnly"]

    def test_a_bucket_is_refused_as_a_whole_over_plain_http(
        self, local: Resources, documents: dict[str, list[Statement]]
    ) -> None:
        for address, policy in local.of_type("aws_s3_bucket_policy").items():
            [denial] = documents[address]
            assert denial.resources == {arn(policy["bucket"]), f"{arn(policy['bucket'])}/*"}

    @pytest.mark.parametrize(
        "queue",
        [
            "module.cache.aws_sqs_queue_policy.projector_failures",
            "module.queue.aws_sqs_queue_policy.dead_letters",
            "module.tables.aws_sqs_queue_policy.stream_failures",
        ],
    )
    def test_what_was_set_aside_is_open_to_roles_of_this_account_alone(
        self, documents: dict[str, list[Statement]], queue: str
    ) -> None:
        assert {statement.effect for statement in documents[queue]} == {"Deny"}
