"""What calls the intake each day, and what becomes of what it cannot record."""

import json

import msgspec
import pytest

from quiz.intake import Scheduled
from tests.terraform import sandbox
from tests.terraform.examples import examples_in
from tests.terraform.plans import Raw, Resources
from tests.terraform.policies import Function, functions, statements
from tests.terraform.resolved import address_of, arn, resolve
from tests.terraform.sandbox import Sandbox
from tools import terraform
from tools.paths import ROOT
from tools.terraform.offline import OFFLINE

_MODULE = "module.intake"
_ALIAS = f"{_MODULE}.module.intake.aws_lambda_alias.live"
_FAILURES = f"{_MODULE}.aws_sqs_queue.failures"
_SCHEDULES = f"{_MODULE}.module.schedules"
_GROUP = f"{_SCHEDULES}.aws_scheduler_schedule_group.this"
_ROLE = f"{_SCHEDULES}.aws_iam_role.this"


@pytest.fixture(scope="module")
def ledger(box: Sandbox) -> Resources:
    """The module's example with all that AWS would tell."""
    [example] = examples_in(ROOT / "modules" / "intake" / "README.md")
    directory = box.beside("ledger")
    sandbox.write_package(directory / "build" / "lambda" / "intake.zip")
    (directory / "main.tf").write_text(example.code)
    (directory / "provider.tf").write_text(OFFLINE)
    terraform.run(["get"], directory)
    return resolve(directory, sandbox.plan(directory), files=[])


@pytest.fixture(scope="module")
def function(ledger: Resources) -> Function:
    return functions(ledger)["handlers.intake.ledger.handler"]


@pytest.fixture(scope="module")
def target(ledger: Resources) -> Raw:
    """Of the daily schedule."""
    [found] = ledger.by_address[f'{_SCHEDULES}.aws_scheduler_schedule.this["daily-record"]']["target"]
    return dict(found)


class TestTheSchedule:
    def test_sends_what_the_function_takes_once_scheduler_has_filled_it_in(self, target: Raw) -> None:
        """Scheduler replaces text and knows nothing of JSON's escapes."""
        assert target["input"].count("<aws.scheduler.scheduled-time>") == 2
        sent = json.loads(target["input"].replace("<aws.scheduler.scheduled-time>", "2026-11-20T03:00:00Z"))
        scheduled = msgspec.convert(sent, Scheduled)
        assert (scheduled.id, scheduled.time) == ("daily-record:2026-11-20T03:00:00Z", "2026-11-20T03:00:00Z")

    def test_names_the_day_and_not_the_attempt(self, target: Raw) -> None:
        """Each attempt has an execution id of its own, and would be a line of its own."""
        assert "execution-id" not in target["input"]

    def test_calls_the_alias_and_sets_aside_what_fails(self, target: Raw) -> None:
        assert address_of(target["arn"]) == _ALIAS
        assert address_of(target["role_arn"]) == _ROLE
        assert address_of(target["dead_letter_config"][0]["arn"]) == _FAILURES

    def test_has_a_role_that_only_its_group_may_use(self, ledger: Resources) -> None:
        [trust] = statements(ledger.by_address[_ROLE]["assume_role_policy"])
        assert trust.principals == {"Service": {"scheduler.amazonaws.com"}}
        assert trust.conditions == {"StringEquals": {"aws:SourceAccount": "123456789012", "aws:SourceArn": arn(_GROUP)}}

    def test_has_a_role_that_calls_the_function_and_sets_aside(self, ledger: Resources) -> None:
        policies = [one for one in ledger.of_type("aws_iam_role_policy").values() if one["role"] == _ROLE]
        found = [statement for one in policies for statement in statements(one["policy"])]
        assert {(tuple(one.actions), tuple(map(address_of, one.resources))) for one in found} == {
            (("lambda:InvokeFunction",), (_ALIAS,)),
            (("sqs:SendMessage",), (_FAILURES,)),
        }


class TestTheFunction:
    def test_sets_aside_the_events_that_it_gave_up(self, function: Function) -> None:
        assert function.failure_destinations == {arn(_FAILURES)}

    def test_writes_to_the_ledger_and_reads_nothing_of_it(self, function: Function) -> None:
        of_table = {name: one for name, one in function.grants.items() if "dynamodb" in str(one.actions)}
        assert set(of_table) == {"RequestsRecord"}
        assert of_table["RequestsRecord"].actions == {"dynamodb:PutItem"}
        assert set(map(address_of, of_table["RequestsRecord"].resources)) == {"aws_dynamodb_table.requests"}

    def test_lets_nobody_call_it_who_was_not_given_a_route(self, ledger: Resources) -> None:
        assert not ledger.of_type("aws_lambda_permission")


class TestTheFailures:
    def test_are_open_to_roles_of_this_account_alone(self, ledger: Resources) -> None:
        [denial] = statements(ledger.by_address[f"{_MODULE}.aws_sqs_queue_policy.failures"]["policy"])
        assert denial.effect == "Deny"
        assert denial.actions == {"sqs:*"}
        assert denial.conditions["Bool"] == {"aws:SecureTransport": "false"}

    def test_are_no_dead_letter_queue_of_a_queue(self, ledger: Resources) -> None:
        policy = ledger.by_address[f"{_MODULE}.aws_sqs_queue_redrive_allow_policy.failures"]["redrive_allow_policy"]
        assert json.loads(policy) == {"redrivePermission": "denyAll"}
