"""What is found out about an alarm, and that nothing of it holds the alarm up."""

import json
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise
from typing import Any

import pytest

from adapters.alerts.logs import Logs
from tests.unit.alarms_handler.world import World, ago, event
from tests.unit.alerts import support
from tests.unit.builders import refused

CLOCK = "quiz-production-clock"


def _put_child(world: World, name: str, state: str = "ALARM") -> None:
    described = support.child()
    told_apart = {"AlarmName", "AlarmArn", "StateValue", "StateReason", "StateReasonData"}
    cloudwatch = world.client("cloudwatch")
    cloudwatch.put_metric_alarm(
        AlarmName=name, **{field: value for field, value in described.items() if field not in told_apart}
    )
    cloudwatch.set_alarm_state(
        AlarmName=name,
        StateValue=state,
        StateReason=described["StateReason"],
        StateReasonData=described["StateReasonData"],
    )


def _log(world: World, *lines: tuple[float, str | dict[str, Any]], function: str = CLOCK) -> None:
    """Lines of a log, each so many seconds old."""
    logs = world.client("logs")
    group = f"/aws/lambda/{function}"
    logs.create_log_group(logGroupName=group)
    logs.create_log_stream(logGroupName=group, logStreamName="s")
    now = datetime.now(UTC)
    events = [
        {
            "timestamp": round((now - timedelta(seconds=age)).timestamp() * 1000),
            "message": line if isinstance(line, str) else json.dumps(line),
        }
        for age, line in sorted(lines, key=lambda each: -each[0])
    ]
    logs.put_log_events(logGroupName=group, logStreamName="s", logEvents=events)


def _error(message: str) -> dict[str, Any]:
    return {"level": "ERROR", "message": message, "exception_name": "KeyError", "secret": "sauce"}


def _page() -> dict[str, Any]:
    return event(support.composite(StateChangeTime=ago(5)))


def test_a_page_tells_what_is_behind_it(world: World) -> None:
    _put_child(world, support.CHILD)
    _log(world, (20, _error("a game stands still")), (10, {"level": "INFO", "message": "fine"}))
    world.hear(_page())
    [(_, text)] = world.mails()
    assert "- clock-failing: 4 > 0 within 5 minutes (AWS/Lambda Errors, Sum, 3 of 5 times). The clock crashes" in text
    assert f"{CLOCK}: a game stands still (KeyError)" in text
    assert "sauce" not in text
    assert "fine" not in text
    assert "/aws/lambda/".replace("/", "*2f") + CLOCK in text


def test_those_that_are_well_are_not_behind_it(world: World) -> None:
    _put_child(world, support.CHILD, "OK")
    world.hear(_page())
    [(_, text)] = world.mails()
    assert "Causes:" not in text
    assert "Behind it: clock-failing" in text


@pytest.mark.parametrize("service", ["cloudwatch", "logs"])
def test_what_cannot_be_asked_holds_nothing_up(world: World, service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _put_child(world, support.CHILD)
    client = world.client(service)
    client.meta.events.register("before-call", lambda **_: refused("AccessDeniedException"))
    module = {"cloudwatch": "alarms", "logs": "logs"}[service]
    monkeypatch.setattr(f"adapters.alerts.{module}.client", lambda: client)
    world.hear(_page())
    [(subject, _)] = world.mails()
    assert subject == "PAGE in quiz-production: live-down - Live quizzes stand still."


class TestLogs:
    def _latest(self, world: World, functions: tuple[str, ...] = (CLOCK,), minutes: float = 60) -> list[str]:
        now = datetime.now(UTC)
        found = Logs(lambda: world.client("logs")).latest(functions, now - timedelta(minutes=minutes), now)
        return [error.message for error in found]

    def test_the_three_newest_are_told_the_last_one_first(self, world: World) -> None:
        _log(world, *[(age, _error(f"{age} s ago")) for age in (10, 20, 30, 40, 200)])
        assert self._latest(world) == ["10 s ago", "20 s ago", "30 s ago"]

    def test_older_ones_are_told_where_there_are_too_few(self, world: World) -> None:
        _log(world, *[(age, _error(f"{age} s ago")) for age in (10, 200, 1_000, 1_700)])
        assert self._latest(world) == ["10 s ago", "200 s ago", "1000 s ago"]

    def test_none_from_before_the_alarm_looked(self, world: World) -> None:
        _log(world, *[(age, _error(f"{age} s ago")) for age in (10, 200)])
        assert self._latest(world, minutes=2) == ["10 s ago"]

    def test_of_several_functions(self, world: World) -> None:
        _log(world, (10, _error("one")))
        _log(world, (5, "Task timed out after 3.00 seconds"), function="other")
        assert self._latest(world, (CLOCK, "gone", "other")) == ["Task timed out after 3.00 seconds", "one"]

    def test_each_once_although_two_patterns_match_it(self, world: World) -> None:
        _log(world, (10, _error("Task timed out")))
        assert self._latest(world) == ["Task timed out"]


class Pages:
    """A client whose searches never end."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def filter_log_events(self, **parameters: Any) -> dict[str, Any]:
        self.asked.append(parameters)
        return {"events": [], "nextToken": "on"}


def test_a_search_without_an_end_ends() -> None:
    pages: Any = Pages()
    now = datetime.now(UTC)
    assert Logs(lambda: pages).latest([CLOCK] * 9, now - timedelta(hours=9), now) == ()
    # Functions, windows, patterns, pages.
    assert len(pages.asked) == 4 * 3 * 2 * 3
    assert {asked["filterPattern"] for asked in pages.asked} == {
        '{ $.level = "ERROR" || $.level = "CRITICAL" || $.record.status = "timeout" }',
        '"Task timed out"',
    }
    windows = sorted({(asked["startTime"], asked["endTime"]) for asked in pages.asked})
    assert all(earlier[1] < later[0] for earlier, later in pairwise(windows))


def test_a_slow_search_is_given_up() -> None:
    pages: Any = Pages()
    seconds = count(step=2)
    now = datetime.now(UTC)
    Logs(lambda: pages, lambda: next(seconds)).latest([CLOCK], now - timedelta(hours=9), now)
    assert len(pages.asked) == 2
