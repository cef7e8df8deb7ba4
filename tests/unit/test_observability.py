"""Trouble with logs, metrics and traces never fails a request."""

import json
from typing import Any

import pytest

from adapters import observability
from adapters.observability import count, instrumented, measure
from tests.unit.builders import context
from tests.unit.subprocesses import FAKE_AWS, run_python

TRACED = {
    **FAKE_AWS,
    "_X_AMZN_TRACE_ID": "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
}
IN_LAMBDA = {**TRACED, "LAMBDA_TASK_ROOT": "/var/task", "AWS_LAMBDA_FUNCTION_NAME": "f"}


@instrumented
def _counting(event: dict[str, Any], context: Any) -> str:
    count("Answers", event["number"])
    return "done"


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_metrics_are_written_once_per_invocation(capsys: pytest.CaptureFixture[str]) -> None:
    for number in (2, 3):
        assert _counting({"number": number}, context()) == "done"
    assert [line["Answers"] for line in _lines(capsys)] == [[2], [3]]


def test_nothing_is_written_for_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    _counting({"number": 0}, context())
    assert _lines(capsys) == []


def test_metrics_that_cannot_be_written_are_lost_without_failing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise OSError("no room")

    with monkeypatch.context() as broken_for_once:
        broken_for_once.setattr(observability.metrics(), "flush_metrics", broken)
        assert _counting({"number": 1}, context()) == "done"
    [line] = _lines(capsys)
    assert line["message"] == "metrics were lost"
    # AND the lost ones do not turn up in the next invocation
    _counting({"number": 5}, context())
    assert [line["Answers"] for line in _lines(capsys)] == [[5]]


def test_metrics_are_written_even_when_the_handler_fails(capsys: pytest.CaptureFixture[str]) -> None:
    @instrumented
    def failing(event: dict[str, Any], context: Any) -> None:
        measure("Age", "Milliseconds", 12.5)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing({}, context())
    assert [line["Age"] for line in _lines(capsys)] == [[12.5]]


def test_more_values_than_one_line_can_hold_fail_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    @instrumented
    def many(event: dict[str, Any], context: Any) -> str:
        for value in range(250):
            measure("Age", "Milliseconds", value)
        return "done"

    assert many({}, context()) == "done"
    assert [value for line in _lines(capsys) for value in line["Age"]] == list(range(250))


HANDLER = """
    import sys
    from types import SimpleNamespace
    from adapters.observability import instrumented
    from adapters import dynamo

    @instrumented
    def handler(event, context):
        dynamo.client().meta.events.register("before-call", lambda **_: (SimpleNamespace(status_code=200), {}))
        dynamo.client().put_item(TableName="t", Item={})
        return "done"

    for _ in range(2):
        print(handler({}, SimpleNamespace(aws_request_id="r1")))
    print("aws_xray_sdk" in sys.modules)
"""


@pytest.mark.parametrize("trace", ["", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0"])
def test_tracing_is_not_even_imported_when_nothing_is_sampled(trace: str) -> None:
    assert run_python(HANDLER, {**FAKE_AWS, "_X_AMZN_TRACE_ID": trace}) == ["done", "done", "False"]


def test_tracing_is_not_imported_outside_of_lambda() -> None:
    assert run_python(HANDLER, FAKE_AWS) == ["done", "done", "False"]


@pytest.mark.parametrize("environment", [TRACED, IN_LAMBDA], ids=["anywhere", "in lambda"])
def test_a_sampled_request_works_without_anyone_to_take_its_trace(environment: dict[str, str]) -> None:
    assert run_python(HANDLER, environment) == ["done", "done", "True"]


def test_a_sampled_request_works_without_the_sdk() -> None:
    without = "import sys; sys.modules['aws_xray_sdk'] = None\n"
    code = without + "\n".join(line[4:] for line in HANDLER.splitlines())
    assert run_python(code, IN_LAMBDA)[:2] == ["done", "done"]


def test_a_sampled_batch_works_in_its_threads_too() -> None:
    code = """
        from types import SimpleNamespace
        from adapters import dynamo
        from handlers.queue.submissions import handler
        from tests.unit.builders import body, context, sqs_record

        dynamo.client().meta.events.register("before-call", lambda **_: (SimpleNamespace(status_code=200), {}))
        message = body(correct_answers={"q1": True})
        records = [sqs_record(message, f"m{i}", group=f"student-{i}") for i in range(10)]
        response = handler({"Records": records}, context())
        assert response == {"batchItemFailures": []}
        assert "aws_xray_sdk" in sys.modules
    """
    names = ("QUIZZES_TABLE", "QUESTIONS_TABLE", "SUBMISSIONS_TABLE", "DEAD_LETTER_QUEUE_URL")
    settings = {**dict.fromkeys(names, "x"), "TRUST_INLINE_KEYS": "true"}
    printed = [json.loads(line) for line in run_python(code, {**IN_LAMBDA, **settings})]
    assert [line["SubmissionsAccepted"] for line in printed if "_aws" in line] == [[10]]
