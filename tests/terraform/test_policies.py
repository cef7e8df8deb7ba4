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
# Whoever publishes to a topic uses the key that it is under.
_PUBLISH_ENCRYPTED = {"handlers.alarms.notify.handler", "handlers.scheduler.health.handler"}
_ENCRYPTING = {"kms:Decrypt", "kms:GenerateDataKey"}
# AWS offers nothing narrower than "*" for these.
_EVERYWHERE = (_TRACING, _IN_A_NETWORK, {"cloudwatch:DescribeAlarms"}, {"cloudwatch:GetMetricData"})
# The module that signs reads signs uploads too; these functions never ask it to.
_NEVER_UPLOAD = {"handlers.api.socket.handler"}

# Resource policies of what can be reached over plain HTTP; KMS has no such endpoint.
_RESOURCE_POLICIES = {
    "aws_s3_bucket_policy": "aws_s3_bucket",
    "aws_sns_topic_policy": "aws_sns_topic",
    "aws_sqs_queue_policy": "aws_sqs_queue",
}

# Granted where an environment names a recommender, or a chat to tell alerts in.
_ON_REQUEST = {"personalize:GetRecommendations", "ssm:GetParameter"}

# How a setting ends that names one of these, and what it says.
_SETTINGS = {
    "aws_cloudwatch_event_bus": ("name", "_BUS_NAME"),
    "aws_dynamodb_table": ("name", "_TABLE"),
    "aws_lambda_alias": ("arn", "_FUNCTION"),
    "aws_s3_bucket": ("bucket", "_BUCKET"),
    "aws_sns_topic": ("arn", "_TOPIC_ARN"),
    "aws_sqs_queue": ("url", "_URL"),
}
# No setting names these: keys go with their topics, logs and functions are found by what an alert says, a parameter is
# no resource.
_UNNAMED = re.compile(r":log-group:$|:function:[a-z-]+\*$|:ssm:.*:parameter/|\.aws_kms_key\.")

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
            needed |= _ENCRYPTING if handler in _PUBLISH_ENCRYPTED else set()
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
            known = {f"{function.log_group}:*", "*"} | {one for one in by_code if _UNNAMED.search(one)}
            by_mapping = {mapping["event_source_arn"].removesuffix("/stream") for mapping in function.mappings}
            # What a function is invoked by is named to it, too, but need not be its to touch.
            named = _named(function.settings, local) - ((by_mapping | function.failure_destinations) - by_code)
            assert by_code - known == named, handler

    def test_each_reads_its_own_sources_and_logs_to_its_own_group(self, deployed: dict[str, Function]) -> None:
        for handler, function in deployed.items():
            sources = {mapping["event_source_arn"] for mapping in function.mappings}
            reading = set().union(*_READS.values())
            for grant in function.grants.values():
                looks = grant.actions == {"sqs:GetQueueAttributes"}
                assert looks or not grant.actions & reading or grant.resources == sources, handler
            assert function.grants["Logs"].resources == {f"{function.log_group}:*"}, handler


def _named(settings: Mapping[str, str], found: Resources) -> set[str]:
    """The ARNs of what the settings name, each kind in settings that end as theirs do."""
    named = {
        values["arn"]
        for kind, (attribute, ending) in _SETTINGS.items()
        for values in found.of_type(kind).values()
        if values[attribute] in {value for name, value in settings.items() if name.endswith(ending)}
    }
    apis = found.of_type("aws_apigatewayv2_api").values()
    return named | {api["execution_arn"] for api in apis if api["id"] in set(settings.values())}


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
                assert not everywhere or of_itself or statement.actions in _EVERYWHERE, address


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
            [denial] = [statement for statement in documents[address] if statement.effect == "Deny"]
            assert denial.resources == {arn(policy["bucket"]), f"{arn(policy['bucket'])}/*"}

    def test_no_bucket_lets_anybody_in_but_that_of_the_logs(
        self, local: Resources, documents: dict[str, list[Statement]]
    ) -> None:
        """Roles of this account use the others as their own policies say."""
        allowed = {
            address: [statement for statement in documents[address] if statement.effect == "Allow"]
            for address in local.of_type("aws_s3_bucket_policy")
        }
        [delivery] = allowed.pop("module.access_logs.aws_s3_bucket_policy.this")
        assert not any(allowed.values())
        assert delivery.principals == {"Service": {"logging.s3.amazonaws.com"}}
        assert delivery.actions == {"s3:PutObject"}
        assert delivery.resources == {f"{arn('module.access_logs.aws_s3_bucket.this')}/*"}
        [logged, logs] = delivery.conditions.values()
        assert {**logged, **logs} == {
            "aws:SourceAccount": "000000000000",
            "aws:SourceArn": [arn(bucket) for bucket in local.of_type("aws_s3_bucket") if "access_logs" not in bucket],
        }

    def test_every_bucket_is_logged_into_a_folder_of_its_own_but_the_logs(self, local: Resources) -> None:
        """A log of the log would go on for ever."""
        logging = local.of_type("aws_s3_bucket_logging").values()
        [logs] = {one["target_bucket"] for one in logging}
        buckets = {bucket["bucket"]: address for address, bucket in local.of_type("aws_s3_bucket").items()}
        assert {one["bucket"] for one in logging} == set(buckets.values()) - {buckets[logs]}
        assert len({one["target_prefix"] for one in logging}) == len(logging)

    @pytest.mark.parametrize(
        "queue",
        [
            "module.cache.aws_sqs_queue_policy.projector_failures",
            "module.intake.aws_sqs_queue_policy.failures",
            "module.queue.aws_sqs_queue_policy.dead_letters",
            "module.tables.aws_sqs_queue_policy.stream_failures",
        ],
    )
    def test_what_was_set_aside_is_open_to_roles_of_this_account_alone(
        self, documents: dict[str, list[Statement]], queue: str
    ) -> None:
        assert {statement.effect for statement in documents[queue]} == {"Deny"}
