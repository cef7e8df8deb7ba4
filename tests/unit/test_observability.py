"""Trouble with logs and metrics never fails a request, and every line says what it belongs to."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep
from types import SimpleNamespace
from typing import Any

import pytest
from aws_lambda_powertools.logging import Logger

from adapters import observability
from adapters.correlation import about, apart
from adapters.observability import conclude, count, instrumented, logger, measure, measure_all
from tests.unit.builders import context


@instrumented
def _counting(event: dict[str, Any], context: Any) -> str:
    count("Answers", event["number"])
    return "done"


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def _metrics(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [line for line in _lines(capsys) if "_aws" in line]


def test_metrics_are_written_once_per_invocation(capsys: pytest.CaptureFixture[str]) -> None:
    for number in (2, 3):
        assert _counting({"number": number}, context()) == "done"
    assert [line["Answers"] for line in _lines(capsys)] == [[2], [3]]


def test_threads_may_be_the_first_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is first makes the logger, and here takes a while over it."""
    structure_logs = Logger.structure_logs
    made: list[int] = []

    def slowly(self: Logger, *given: Any, **options: Any) -> None:
        made.append(1)
        assert len(made) == 1, "two are being made at the same time"
        sleep(0.01)
        structure_logs(self, *given, **options)
        made.pop()

    monkeypatch.setattr(Logger, "structure_logs", slowly)
    barrier = Barrier(8)

    def write(_: int) -> None:
        barrier.wait()
        logger().info("written")

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(write, range(8))) == [None] * 8


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


def test_a_metric_that_cannot_be_recorded_is_lost_without_failing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(**_: Any) -> None:
        raise ValueError("no such unit")

    monkeypatch.setattr(observability.metrics(), "add_metric", broken)
    assert _counting({"number": 1}, context()) == "done"
    assert _lines(capsys) == []


def test_metrics_are_written_even_when_the_handler_fails(capsys: pytest.CaptureFixture[str]) -> None:
    @instrumented
    def failing(event: dict[str, Any], context: Any) -> None:
        measure("Age", "Milliseconds", 12.5)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing({}, context())
    assert [line["Age"] for line in _metrics(capsys)] == [[12.5]]


def test_more_values_than_one_line_can_hold_fail_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    @instrumented
    def many(event: dict[str, Any], context: Any) -> str:
        for value in range(250):
            measure("Age", "Milliseconds", value)
        return "done"

    assert many({}, context()) == "done"
    assert [value for line in _lines(capsys) for value in line["Age"]] == list(range(250))


def test_all_values_that_are_measured_at_once_are_written(capsys: pytest.CaptureFixture[str]) -> None:
    @instrumented
    def many(event: dict[str, Any], context: Any) -> None:
        measure_all("Age", "Milliseconds", event["ages"])

    many({"ages": []}, context())
    assert _metrics(capsys) == []
    many({"ages": [3.5, 0, 7]}, context())
    assert [line["Age"] for line in _metrics(capsys)] == [[3.5, 0, 7]]


def test_a_zero_that_is_measured_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    @instrumented
    def drifting(event: dict[str, Any], context: Any) -> None:
        count("NotWritten", 0)
        measure("ScoreDrift", "Count", 0)

    drifting({}, context())
    [line] = _metrics(capsys)
    assert line["ScoreDrift"] == [0]
    assert line["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [["service"]]
    assert "NotWritten" not in line


IDS = {"request_id": "request-1", "correlation_id": "c-1", "function_version": "7"}


def _request(correlation: str = "c-1") -> dict[str, Any]:
    return {"requestContext": {"requestId": "api-1"}, "headers": {"x-correlation-id": correlation}}


def test_every_line_says_what_it_belongs_to(capsys: pytest.CaptureFixture[str]) -> None:
    @instrumented
    def speaking(event: dict[str, Any], context: Any) -> None:
        logger().info("before")
        about(quiz_id="q", game_id="g")
        with ThreadPoolExecutor(1) as pool:
            pool.submit(apart(lambda: logger().warning("in a thread"))).result()
        logger().info("of another", game_id="h")
        count("Answers")

    speaking(_request(), context())
    before, thread, other, metrics = _lines(capsys)
    assert all(line.items() >= IDS.items() and line["service"] for line in (before, thread, other, metrics))
    assert "quiz_id" not in before
    assert all((line["quiz_id"], line["game_id"]) == ("q", "g") for line in (thread, metrics))
    # What a line says itself goes before what is known.
    assert (other["quiz_id"], other["game_id"]) == ("q", "h")
    assert metrics["outcome"] == "ok"


def test_nothing_is_left_of_an_invocation_in_the_next(capsys: pytest.CaptureFixture[str]) -> None:
    @instrumented
    def speaking(event: dict[str, Any], context: Any) -> None:
        about(**event.get("about", {}))
        count("Answers")
        logger().info("here")

    speaking({**_request(), "about": {"quiz_id": "q", "session_id": "s"}}, context())
    speaking({"id": "event-2"}, SimpleNamespace(aws_request_id="request-2", function_version="8"))
    lines = _lines(capsys)[2:]
    assert {(line["request_id"], line["correlation_id"], line["function_version"]) for line in lines} == {
        ("request-2", "event-2", "8")
    }
    assert not [line for line in lines if "quiz_id" in line or "session_id" in line]


def test_records_in_threads_of_their_own_are_not_mixed_up(capsys: pytest.CaptureFixture[str]) -> None:
    # GIVEN threads that wait for each other before every line
    number, rounds = 6, 5
    barrier = Barrier(number, timeout=10)

    def work(position: int) -> None:
        about(correlation_id=f"c{position}", **({"game_id": f"g{position}"} if position % 2 else {}))
        for _ in range(rounds):
            barrier.wait()
            logger().info("at work", position=position)

    @instrumented
    def batch(event: dict[str, Any], context: Any) -> None:
        with ThreadPoolExecutor(number) as pool:
            list(pool.map(apart(work), range(number)))
        logger().info("done")

    batch({"Records": [{"messageId": "m1"}, {"messageId": "m2"}]}, context())
    *lines, done = _lines(capsys)
    assert len(lines) == number * rounds
    for line in lines:
        position = line["position"]
        assert line["correlation_id"] == f"c{position}"
        assert line.get("game_id") == (f"g{position}" if position % 2 else None)
    assert (done["correlation_id"], done.get("game_id")) == ("request-1", None)


def test_metrics_that_need_several_lines_say_it_on_each(capsys: pytest.CaptureFixture[str]) -> None:
    @instrumented
    def many(event: dict[str, Any], context: Any) -> None:
        for value in range(150):
            measure("Age", "Milliseconds", value)

    many(_request(), context())
    lines = _metrics(capsys)
    assert len(lines) == 2
    assert all(line.items() >= IDS.items() for line in lines)


def test_an_error_that_leaves_is_logged_with_its_ids_and_keeps_its_kind(capsys: pytest.CaptureFixture[str]) -> None:
    @instrumented
    def failing(event: dict[str, Any], context: Any) -> None:
        about(quiz_id="q")
        raise ValueError(event["body"])

    # Lambda logs the text of what is raised.
    with pytest.raises(ValueError, match="left out"):
        failing({**_request(), "body": "SECRET"}, context())
    [line] = _lines(capsys)
    assert line["message"] == "the invocation failed"
    assert line.items() >= {**IDS, "quiz_id": "q", "level": "ERROR", "exception_name": "ValueError"}.items()
    assert "SECRET" not in json.dumps(line)


@pytest.mark.parametrize(
    ("result", "said", "expected"),
    [
        (None, None, "ok"),
        ({"statusCode": 204}, None, "ok"),
        ({"statusCode": 409}, None, "rejected"),
        ({"statusCode": 503}, None, "failed"),
        ({"batchItemFailures": []}, None, "ok"),
        ({"batchItemFailures": [{"itemIdentifier": "m1"}]}, None, "failed"),
        ({"statusCode": 200}, "failed", "failed"),
        ({"batchItemFailures": []}, "rejected", "rejected"),
        ("text", None, "ok"),
    ],
)
def test_how_it_went_is_told_with_the_metrics(
    result: Any, said: Any, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    @instrumented
    def handler(event: dict[str, Any], context: Any) -> Any:
        count("Answers")
        if said:
            conclude(said)
        return result

    assert handler({}, context()) == result
    assert [line["outcome"] for line in _metrics(capsys)] == [expected]


@pytest.mark.parametrize(
    "event", [{"Records": [7]}, {"requestContext": 7}, {"headers": {7: 7}, "requestContext": {}}, None]
)
def test_an_event_that_cannot_be_understood_still_has_an_id(event: Any, capsys: pytest.CaptureFixture[str]) -> None:
    @instrumented
    def handler(event: Any, context: Any) -> str:
        logger().info("here")
        return "done"

    assert handler(event, context()) == "done"
    assert [line["correlation_id"] for line in _lines(capsys)] == ["request-1"]
