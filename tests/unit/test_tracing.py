"""X-Ray: only where an invocation is sampled, and never in the way of the work."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from adapters import observability
from adapters.correlation import about
from adapters.observability import conclude, instrumented
from tests.unit.builders import context
from tests.unit.subprocesses import FAKE_AWS, run_python

TRACED = {
    **FAKE_AWS,
    "_X_AMZN_TRACE_ID": "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
}
IN_LAMBDA = {**TRACED, "LAMBDA_TASK_ROOT": "/var/task", "AWS_LAMBDA_FUNCTION_NAME": "f"}


class Subsegment:
    def __init__(self, name: str, broken: str = "") -> None:
        self.name = name
        self.annotations: dict[str, Any] = {}
        self.faulty = False
        self._broken = broken

    def put_annotation(self, key: str, value: Any) -> None:
        if self._broken == "put_annotation":
            raise RuntimeError("tracing is broken")
        self.annotations[key] = value

    def add_fault_flag(self) -> None:
        self.faulty = True


class Recorder:
    """What the SDK offers, as far as it is used; one of its methods may be broken."""

    def __init__(self, broken: str = "") -> None:
        self.begun: list[Subsegment] = []
        self.ended = 0
        self._broken = broken

    def begin_subsegment(self, name: str) -> Subsegment:
        if self._broken == "begin_subsegment":
            raise RuntimeError("tracing is broken")
        self.begun.append(Subsegment(name, self._broken))
        return self.begun[-1]

    def end_subsegment(self) -> None:
        self.ended += 1
        if self._broken == "end_subsegment":
            raise RuntimeError("tracing is broken")


def _record(monkeypatch: pytest.MonkeyPatch, sampled: bool = True, broken: str = "") -> Recorder:
    recorder = Recorder(broken)
    monkeypatch.setattr(observability, "_recorder", lambda: recorder)
    monkeypatch.setenv("_X_AMZN_TRACE_ID", TRACED["_X_AMZN_TRACE_ID"].replace("Sampled=1", f"Sampled={int(sampled)}"))
    return recorder


@instrumented
def _handler(event: dict[str, Any], context: Any) -> Any:
    about(quiz_id=event.get("quiz_id"))
    if event.get("conclude"):
        conclude(event["conclude"])
    if event.get("raise"):
        raise ValueError("SECRET")
    return event.get("result", "done")


def test_a_sampled_invocation_is_a_subsegment_with_what_it_was_about(monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = _record(monkeypatch)
    assert _handler({"quiz_id": "q", "id": "event-1"}, context()) == "done"
    [subsegment] = recorder.begun
    assert subsegment.name == __name__
    assert subsegment.annotations == {"quiz_id": "q", "correlation_id": "event-1", "outcome": "ok"}
    assert (recorder.ended, subsegment.faulty) == (1, False)


@pytest.mark.parametrize(
    ("event", "outcome", "faulty"),
    [
        ({"result": {"statusCode": 404}}, "rejected", False),
        ({"result": {"statusCode": 500}}, "failed", True),
        ({"conclude": "rejected"}, "rejected", False),
        ({"conclude": "failed"}, "failed", True),
    ],
)
def test_how_it_went_is_told(
    event: dict[str, Any], outcome: str, faulty: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = _record(monkeypatch)
    _handler(event, context())
    [subsegment] = recorder.begun
    assert (subsegment.annotations["outcome"], subsegment.faulty) == (outcome, faulty)
    assert "quiz_id" not in subsegment.annotations


def test_an_error_is_told_as_a_fault_without_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = _record(monkeypatch)
    with pytest.raises(ValueError, match="left out"):
        _handler({"raise": True}, context())
    [subsegment] = recorder.begun
    assert (subsegment.annotations["outcome"], subsegment.faulty, recorder.ended) == ("failed", True, 1)
    assert "SECRET" not in json.dumps(subsegment.annotations)


def test_what_is_not_sampled_is_not_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = _record(monkeypatch, sampled=False)
    assert _handler({}, context()) == "done"
    monkeypatch.delenv("_X_AMZN_TRACE_ID")
    assert _handler({}, context()) == "done"
    assert (recorder.begun, recorder.ended) == ([], 0)


@pytest.mark.parametrize("broken", ["begin_subsegment", "put_annotation", "end_subsegment"])
def test_trouble_with_the_recorder_fails_nothing(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = _record(monkeypatch, broken=broken)
    assert _handler({"quiz_id": "q"}, context()) == "done"
    # What was begun is ended whatever else went wrong, or the next invocation would be inside of it.
    assert recorder.ended == len(recorder.begun)


@pytest.mark.parametrize("recorder", [None, SimpleNamespace(begin_subsegment=lambda name: None)])
def test_without_a_segment_around_it_nothing_is_recorded(recorder: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _record(monkeypatch)
    monkeypatch.setattr(observability, "_recorder", lambda: recorder)
    assert _handler({}, context()) == "done"


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
