"""What operators rely on: outputs, a plan without surprises, alerts that arrive, logs without answers."""

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.stack.support import Stack, eventually, new_id, submission
from tools.paths import ROOT
from tools.stack import apply
from tools.terraform import environment
from tools.terraform.binary import terraform

# What the emulator reads back differently from what was written to it (docs/local-stack.md).
READ_BACK_DIFFERENTLY = {
    "aws_apigatewayv2_authorizer",
    "aws_cloudwatch_composite_alarm",
    "aws_cloudwatch_metric_alarm",
    "aws_elasticache_parameter_group",
    "aws_lambda_function_event_invoke_config",
    # After a game day has switched them off and on again.
    "aws_scheduler_schedule",
    "aws_security_group",
    "aws_vpc_endpoint",
}


def test_the_outputs_name_everything_that_a_client_needs(stack: Stack) -> None:
    needed = {
        "endpoint_url", "region", "access_key_id", "secret_access_key", "submissions_queue_url", "dead_letters",
        "event_bus_name", "alerts_topic_arn", "notices_topic_arn", "tables", "functions", "redis_url",
        "http_api_url", "websocket_url", "winners_topic_arn",
        "user_pool_id", "user_pool_client_id", "results_bucket", "media_bucket", "users",
    }  # fmt: skip
    assert needed <= stack.known.keys()
    of_bank, of_games = {"questions", "quizzes", "results", "submissions"}, {"connections", "games", "participants"}
    of_practice = {"analytics", "progress", "sessions"}
    of_operations = {"alerts", "announcements", "requests"}
    assert stack.known["tables"].keys() == of_bank | of_games | of_practice | of_operations


def test_a_second_plan_changes_nothing_but_what_the_emulator_misreads(stack: Stack, tmp_path: Path) -> None:
    planned = _plan(stack.known["endpoint_url"], tmp_path / "plan")
    changed = [
        change for change in planned["resource_changes"] if change["change"]["actions"] not in (["no-op"], ["read"])
    ]
    assert {change["type"] for change in changed} <= READ_BACK_DIFFERENTLY
    replaced = {change["type"] for change in changed if change["change"]["actions"] != ["update"]}
    # It describes them without their actions, and so as others.
    assert replaced <= {"aws_cloudwatch_composite_alarm"}


def _plan(url: str, kept: Path) -> dict[str, Any]:
    variables = environment(apply.variables(url))
    for arguments in (
        ["plan", "-input=false", *apply.settings(), f"-out={kept}"],
        ["show", "-json", str(kept)],
    ):
        done = subprocess.run(
            [terraform(), *arguments], cwd=ROOT, env=variables, capture_output=True, text=True, check=True
        )
    shown: dict[str, Any] = json.loads(done.stdout)
    return shown


def test_logs_tell_the_metrics_and_never_an_answer(stack: Stack) -> None:
    student, function = new_id("student"), stack.known["functions"]["submissions"]
    secret = new_id("answer")
    for _ in range(2):
        stack.post(submission(student, answers={"lang-thanks-de": secret}), student)
    stack.post(submission(student, answers={"lang-thanks-de": f"another {secret}"}), student)
    stack.take_dead_letter(student)
    stack.drained()
    log = eventually(lambda: stack.log(function), lambda lines: any("SubmissionsQuarantined" in line for line in lines))
    for metric in ("SubmissionAge", "SubmissionsAccepted", "SubmissionsDuplicate", "SubmissionsQuarantined"):
        assert any(f'"{metric}":[' in line for line in log), metric
    assert not [line for line in log if secret in line]
