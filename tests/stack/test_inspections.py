"""The inspections on the real stack: everything answers, the canary leaves no trace, and nothing drifts."""

import json
from typing import Any

from quiz.operations import canary
from tests.stack.support import Stack, eventually


def _run(stack: Stack, function: str) -> dict[str, list[float]]:
    """Run it as its schedule does; returns the metrics of this run."""
    before = len(_metrics(stack, function))
    name = stack.known["functions"][function]
    answer = stack.client("lambda").invoke(FunctionName=f"{name}:live", Payload=json.dumps({"id": "a-test"}))
    assert "FunctionError" not in answer, answer["Payload"].read()
    return eventually(lambda: _metrics(stack, function)[before:])[-1]


def _metrics(stack: Stack, function: str) -> list[dict[str, Any]]:
    lines = stack.log(stack.known["functions"][function])
    return [json.loads(line) for line in lines if line.startswith('{"_aws"')]


def test_the_health_check_finds_everything_in_order(stack: Stack) -> None:
    stack.drained()
    told = _run(stack, "health")
    assert told["HealthChecked"] == [1]
    assert told["CanaryFailed"] == [0]
    assert told["CanaryLatency"][0] > 0


def test_the_canary_leaves_no_trace(stack: Stack) -> None:
    _run(stack, "health")
    assert stack.results(canary.STUDENT_ID) == []
    listed = stack.api("instructor").call("GET", "/quizzes").body
    assert canary.QUIZ_ID not in {quiz["quiz_id"] for quiz in listed["quizzes"]}


def test_nothing_has_drifted(stack: Stack) -> None:
    """Whatever other tests have left behind: all of it was scored, announced and shown right."""
    told = _run(stack, "reconcile")
    assert (told["ScoreDrift"], told["LeaderboardDrift"], told["UnannouncedResults"]) == ([0], [0], [0])
    assert told["ResultsReconciled"][0] >= 0
