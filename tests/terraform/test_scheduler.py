"""What wakes the clock, who may do so, and what the functions of live quizzes may do themselves."""

import json
from collections.abc import Mapping

import msgspec
import pytest

from adapters.operations.probes import KEYS
from quiz.operations.checks import Thresholds
from tests.terraform import sandbox
from tests.terraform.examples import examples_in
from tests.terraform.plans import Raw, Resources
from tests.terraform.policies import Function, Statement, functions, statements
from tests.terraform.resolved import address_of, arn, resolve
from tests.terraform.sandbox import Sandbox
from tools import terraform
from tools.paths import ROOT
from tools.terraform.offline import OFFLINE

_MODULE = "module.scheduler"
_CLOCK = f"{_MODULE}.module.clock.aws_lambda_alias.live"
_FAILURES = f"{_MODULE}.aws_sqs_queue.control_failures"
_SESSIONS, _INSPECTIONS = f"{_MODULE}.module.sessions", f"{_MODULE}.module.inspections"
_RULE = f"{_MODULE}.aws_cloudwatch_event_rule.control"
_TRIGGERS = f'{_MODULE}.aws_sqs_queue.main["triggers"]'
_JOBS = f'{_MODULE}.aws_sqs_queue.main["jobs"]'
_INSPECTION_FAILURES = f"{_MODULE}.aws_sqs_queue.inspection_failures"
_WINNERS = f"{_MODULE}.aws_sns_topic.winners"


@pytest.fixture(scope="module")
def live(box: Sandbox) -> Resources:
    """The module's example, in which it and the api module know each other, with all that AWS would tell."""
    [example] = examples_in(ROOT / "modules" / "scheduler" / "README.md")
    directory = box.beside("live")
    for name in ("api", "authorizer", "scheduler", "tables"):
        sandbox.write_package(directory / "build" / "lambda" / f"{name}.zip")
    (directory / "main.tf").write_text(example.code)
    (directory / "provider.tf").write_text(OFFLINE)
    terraform.run(["get"], directory)
    return resolve(directory, sandbox.plan(directory), files=[])


@pytest.fixture(scope="module")
def deployed(live: Resources) -> dict[str, Function]:
    return functions(live)


def _queue_policy(live: Resources, name: str) -> list[Statement]:
    return statements(live.by_address[f'{_MODULE}.aws_sqs_queue_policy.queues["{name}"]']["policy"])


def _role_policies(live: Resources, role: str) -> dict[str, Statement]:
    policies = [one for one in live.of_type("aws_iam_role_policy").values() if one["role"] == role]
    return {statement.sid: statement for one in policies for statement in statements(one["policy"])}


def _sessions(live: Resources) -> list[Raw]:
    return [one for one in live.of_type("aws_scheduler_schedule").values() if one["group_name"] == "quiz-prod-sessions"]


class TestSchedules:
    def test_send_what_the_bus_would_send_with_an_id_of_their_own(self, live: Resources) -> None:
        [target] = live.by_address[f'{_SESSIONS}.aws_scheduler_schedule.this["monday-warm-up"]']["target"]
        assert json.loads(target["input"]) == {
            "source": "quiz.platform",
            "detail-type": "Quiz Control",
            "id": "monday-warm-up:<aws.scheduler.scheduled-time>",
            "detail": {"quiz_id": "warm-up", "action": "start", "lobby_seconds": 300},
        }

    def test_leave_the_time_for_scheduler_to_fill_in(self, live: Resources) -> None:
        """Scheduler replaces text and knows nothing of JSON's escapes."""
        for schedule in _sessions(live):
            assert "<aws.scheduler.scheduled-time>" in schedule["target"][0]["input"]

    def test_say_nothing_of_the_lobby_unless_they_were_told(self, live: Resources) -> None:
        [target] = live.by_address[f'{_SESSIONS}.aws_scheduler_schedule.this["daily"]']["target"]
        assert json.loads(target["input"])["detail"] == {"quiz_id": "question-of-the-day", "action": "start"}

    def test_call_the_alias_and_set_aside_what_fails(self, live: Resources) -> None:
        for schedule in _sessions(live):
            [target] = schedule["target"]
            assert address_of(target["arn"]) == _CLOCK
            assert address_of(target["dead_letter_config"][0]["arn"]) == _FAILURES

    def test_have_a_role_that_only_their_group_may_use(self, live: Resources) -> None:
        role = live.by_address[f"{_SESSIONS}.aws_iam_role.this"]
        [trust] = statements(role["assume_role_policy"])
        assert trust.principals == {"Service": {"scheduler.amazonaws.com"}}
        group = arn(f"{_SESSIONS}.aws_scheduler_schedule_group.this")
        assert trust.conditions == {"StringEquals": {"aws:SourceAccount": "123456789012", "aws:SourceArn": group}}

    def test_have_a_role_that_calls_the_clock_and_sets_aside(self, live: Resources) -> None:
        found = _role_policies(live, f"{_SESSIONS}.aws_iam_role.this")
        assert {(tuple(one.actions), tuple(map(address_of, one.resources))) for one in found.values()} == {
            (("lambda:InvokeFunction",), (_CLOCK,)),
            (("sqs:SendMessage",), (_FAILURES,)),
        }


class TestTheRule:
    def test_calls_the_alias_and_sets_aside_what_fails(self, live: Resources) -> None:
        target = live.by_address[f"{_MODULE}.aws_cloudwatch_event_target.clock"]
        assert address_of(target["arn"]) == _CLOCK
        assert address_of(target["dead_letter_config"][0]["arn"]) == _FAILURES

    def test_alone_may_call_the_clock_without_a_role(self, live: Resources) -> None:
        name = live.by_address[f"{_MODULE}.module.clock.aws_lambda_function.this"]["function_name"]
        [found] = [one for one in live.of_type("aws_lambda_permission").values() if one["function_name"] == name]
        assert (found["principal"], found["qualifier"]) == ("events.amazonaws.com", "live")
        assert found["source_arn"] == arn(_RULE)

    def test_alone_may_set_events_aside_without_a_role(self, live: Resources) -> None:
        [allowed] = [one for one in _queue_policy(live, "control-failures") if one.effect == "Allow"]
        assert allowed.principals == {"Service": {"events.amazonaws.com"}}
        assert allowed.actions == {"sqs:SendMessage"}
        assert allowed.conditions == {"ArnEquals": {"aws:SourceArn": arn(_RULE)}}


class TestQueues:
    @pytest.mark.parametrize("name", ["triggers", "triggers-dlq", "jobs", "jobs-dlq"])
    def test_are_open_to_roles_of_this_account_alone(self, live: Resources, name: str) -> None:
        [statement] = _queue_policy(live, name)
        assert statement.effect == "Deny"
        assert statement.actions == {"sqs:*"}
        assert statement.conditions["Bool"] == {"aws:SecureTransport": "false"}

    @pytest.mark.parametrize("name", ["triggers", "jobs"])
    def test_set_aside_into_a_queue_that_takes_from_them_alone(self, live: Resources, name: str) -> None:
        main, dead = (f'{_MODULE}.aws_sqs_queue.{one}["{name}"]' for one in ("main", "dead_letters"))
        redrive = json.loads(live.by_address[main]["redrive_policy"])
        assert address_of(redrive["deadLetterTargetArn"]) == dead
        policy = f'{_MODULE}.aws_sqs_queue_redrive_allow_policy.dead_letters["{name}"]'
        assert json.loads(live.by_address[policy]["redrive_allow_policy"])["sourceQueueArns"] == [arn(main)]

    def test_deliver_again_no_sooner_than_a_function_is_cut_off(
        self, live: Resources, deployed: dict[str, Function]
    ) -> None:
        """Lambda refuses a mapping otherwise."""
        for handler in ("handlers.scheduler.clock.handler", "handlers.scheduler.broadcast.handler"):
            [mapping] = deployed[handler].mappings
            queue = live.by_address[address_of(mapping["event_source_arn"])]
            assert queue["visibility_timeout_seconds"] >= deployed[handler].values["timeout"]


class TestFunctions:
    def test_are_told_where_to_send(self, deployed: dict[str, Function]) -> None:
        assert (
            deployed["handlers.scheduler.clock.handler"].settings.items()
            >= {
                "EVENT_BUS_NAME": "quiz-prod",
                "JOBS_QUEUE_URL": _JOBS,
                "TRIGGERS_QUEUE_URL": _TRIGGERS,
                "WINNERS": "5",
                "WINNERS_TOPIC_ARN": arn(_WINNERS),
            }.items()
        )
        assert (
            deployed["handlers.scheduler.broadcast.handler"].settings.items()
            >= {
                "JOBS_QUEUE_URL": _JOBS,
                "WEBSOCKET_API_ID": "module.api.aws_apigatewayv2_api.websocket",
                "WEBSOCKET_STAGE": "live",
            }.items()
        )

    def test_the_clock_sends_to_both_queues_and_reads_its_own(self, deployed: dict[str, Function]) -> None:
        grants = deployed["handlers.scheduler.clock.handler"].grants
        read = {"sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"}
        assert _on(grants, _TRIGGERS) == read | {"sqs:ChangeMessageVisibility", "sqs:SendMessage"}
        assert _on(grants, _JOBS) == {"sqs:SendMessage"}
        assert _on(grants, _WINNERS) == {"sns:Publish"}
        assert _on(grants, "aws_cloudwatch_event_bus.main") == {"events:PutEvents"}

    def test_broadcast_posts_to_the_connections_of_one_stage(self, deployed: dict[str, Function]) -> None:
        grants = deployed["handlers.scheduler.broadcast.handler"].grants
        assert grants["MessagesPost"].actions == {"execute-api:ManageConnections"}
        stage = f"{arn('module.api.aws_apigatewayv2_api.websocket')}/live"
        assert grants["MessagesPost"].resources == {
            f"{stage}/DELETE/@connections/*",
            f"{stage}/POST/@connections/*",
        }
        assert "sqs:SendMessage" in _on(grants, _JOBS)

    def test_the_clock_sets_aside_the_events_that_it_gave_up(self, deployed: dict[str, Function]) -> None:
        assert deployed["handlers.scheduler.clock.handler"].failure_destinations == {arn(_FAILURES)}

    def test_may_wake_themselves_up_for_ever(self, live: Resources) -> None:
        recursive = live.of_type("aws_lambda_function_recursion_config").values()
        assert {one["function_name"] for one in recursive} == {"quiz-prod-clock", "quiz-prod-broadcast"}


def _on(grants: Mapping[str, Statement], address: str) -> set[str]:
    """The actions that are granted on a resource."""
    return {action for one in grants.values() if arn(address) in one.resources for action in one.actions}


class TestInspections:
    def test_are_called_by_schedules_of_their_own_group(self, live: Resources) -> None:
        group = [one for one in live.of_type("aws_scheduler_schedule").values() if one not in _sessions(live)]
        assert {one["group_name"] for one in group} == {"quiz-prod-inspections"}
        called = {one["name"]: address_of(one["target"][0]["arn"]) for one in group}
        assert called == {name: f"{_MODULE}.module.{name}.aws_lambda_alias.live" for name in ("health", "reconcile")}
        for one in group:
            [failures] = one["target"][0]["dead_letter_config"]
            assert address_of(failures["arn"]) == _INSPECTION_FAILURES

    def test_have_a_role_that_only_their_group_may_use(self, live: Resources) -> None:
        [trust] = statements(live.by_address[f"{_INSPECTIONS}.aws_iam_role.this"]["assume_role_policy"])
        group = arn(f"{_INSPECTIONS}.aws_scheduler_schedule_group.this")
        assert trust.principals == {"Service": {"scheduler.amazonaws.com"}}
        assert trust.conditions == {"StringEquals": {"aws:SourceAccount": "123456789012", "aws:SourceArn": group}}

    def test_have_a_role_that_calls_both_functions_and_sets_aside(self, live: Resources) -> None:
        found = _role_policies(live, f"{_INSPECTIONS}.aws_iam_role.this")
        assert {(tuple(one.actions), tuple(map(address_of, one.resources))) for one in found.values()} == {
            (("lambda:InvokeFunction",), (f"{_MODULE}.module.health.aws_lambda_alias.live",)),
            (("lambda:InvokeFunction",), (f"{_MODULE}.module.reconcile.aws_lambda_alias.live",)),
            (("sqs:SendMessage",), (_INSPECTION_FAILURES,)),
        }

    def test_set_aside_runs_that_failed(self, live: Resources, deployed: dict[str, Function]) -> None:
        for name in ("health", "reconcile"):
            assert deployed[f"handlers.scheduler.{name}.handler"].failure_destinations == {arn(_INSPECTION_FAILURES)}
        [statement] = _queue_policy(live, "inspection-failures")
        assert statement.effect == "Deny"
        assert statement.actions == {"sqs:*"}


class TestHealth:
    def test_looks_at_what_it_is_told_and_at_the_queues_of_this_module(
        self, live: Resources, deployed: dict[str, Function]
    ) -> None:
        settings = deployed["handlers.scheduler.health.handler"].settings
        looked_at = {name: value for name, value in settings.items() if name.endswith(("_QUEUE_URL", "_LETTERS_URL"))}
        assert looked_at == {
            "CONTROL_DEAD_LETTERS_URL": _FAILURES,
            "INSPECTIONS_DEAD_LETTERS_URL": _INSPECTION_FAILURES,
            "JOBS_DEAD_LETTERS_URL": f'{_MODULE}.aws_sqs_queue.dead_letters["jobs"]',
            "JOBS_QUEUE_URL": _JOBS,
            "SUBMISSIONS_QUEUE_URL": "aws_sqs_queue.submissions",
            "TRIGGERS_DEAD_LETTERS_URL": f'{_MODULE}.aws_sqs_queue.dead_letters["triggers"]',
            "TRIGGERS_QUEUE_URL": _TRIGGERS,
        }
        grant = deployed["handlers.scheduler.health.handler"].grants["QueuesLook"]
        assert grant.actions == {"sqs:GetQueueAttributes"}
        assert {address_of(resource) for resource in grant.resources} == set(looked_at.values())

    def test_knows_each_table_and_is_told_its_thresholds(self, deployed: dict[str, Function]) -> None:
        settings = deployed["handlers.scheduler.health.handler"].settings
        tables = {name.removesuffix("_TABLE").lower() for name in settings if name.endswith("_TABLE")}
        assert tables == set(KEYS)
        assert msgspec.json.decode(settings["HEALTH_THRESHOLDS"], type=Thresholds) == Thresholds(
            waiting=5000,
            oldest_seconds=1200,
            in_flight_percent=80,
            dead_letters=0,
            table_milliseconds=1000,
            cache_milliseconds=500,
            canary_seconds=10,
        )

    def test_asks_each_table_by_the_names_of_its_keys(self, live: Resources) -> None:
        keys = {
            table["name"].removeprefix("quiz-prod-"): tuple(filter(None, (table["hash_key"], table["range_key"])))
            for table in live.of_type("aws_dynamodb_table").values()
        }
        assert keys == dict(KEYS)

    def test_has_time_for_the_slowest_canary(self, deployed: dict[str, Function]) -> None:
        """With the calls around it, and the message to people."""
        slowest = 30
        assert deployed["handlers.scheduler.health.handler"].values["timeout"] >= slowest + 20

    def test_has_room_in_its_environment(self, deployed: dict[str, Function]) -> None:
        """Lambda takes 4 KB; real URLs of queues are longer than these, and there are some more of them."""
        settings = deployed["handlers.scheduler.health.handler"].settings
        size = sum(len(name) + len(value) for name, value in settings.items())
        assert size + 10 * 130 < 4096


class TestWinners:
    def test_are_told_encrypted_and_to_this_account_alone(self, live: Resources) -> None:
        assert live.by_address[_WINNERS]["kms_master_key_id"] == "alias/aws/sns"
        [statement] = statements(live.by_address[f"{_MODULE}.aws_sns_topic_policy.winners"]["policy"])
        assert statement.effect == "Deny"
        assert statement.actions == {"sns:Publish"}
        assert statement.conditions["Bool"] == {"aws:SecureTransport": "false"}
