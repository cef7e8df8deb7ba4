"""Checks run side by side, and none stands in another's way."""

import json
from threading import Barrier, Event

import pytest

from adapters.correlation import about, correlation_id
from handlers.scheduler import checking
from handlers.scheduler.checking import Check, Readings
from quiz.errors import Unavailable
from quiz.operations.checks import Reading, leftovers


def _well() -> Readings:
    return (leftovers(0),)


def _outcomes(*checks: Check) -> list[tuple[str, bool]]:
    return [(reading.finding.check, reading.finding.failed) for reading in checking.run(checks)]


def test_all_of_them_run_at_the_same_time() -> None:
    meeting = Barrier(20)

    def meet() -> Readings:
        meeting.wait(timeout=10)
        return _well()

    assert (
        _outcomes(*(Check(f"check {number}", 10, meet) for number in range(20)))
        == [("leftovers of the canary", False)] * 20
    )


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Unavailable("the function beside the cache failed"), "the function beside the cache failed"),
        (Unavailable(), "unavailable"),
        (KeyError("Attributes"), "KeyError"),
    ],
)
def test_one_that_fails_is_a_finding_that_says_why(error: Exception, reason: str) -> None:
    def fail() -> Readings:
        raise error

    first, second = checking.run([Check("cache", 10, fail), Check("other", 10, _well)])
    assert first.finding.check == "cache"
    assert first.finding.value is None
    assert first.finding.problem == f"Nothing is known of cache: {reason}"
    assert not second.finding.failed


def test_one_that_hangs_is_a_finding_after_its_own_time() -> None:
    released = Event()

    def hang() -> Readings:
        released.wait(timeout=30)
        return _well()

    try:
        found: list[Reading] = checking.run([Check("table games", 0.05, hang), Check("other", 10, _well)])
    finally:
        released.set()
    assert [reading.finding.check for reading in found] == ["table games", "leftovers of the canary"]
    assert found[0].finding.problem == "Nothing is known of table games: no answer within 0.05 seconds"


def test_a_timeout_of_its_own_is_told_as_what_it_is() -> None:
    def fail() -> Readings:
        raise TimeoutError

    [reading] = checking.run([Check("cache", 10, fail)])
    assert reading.finding.problem == "Nothing is known of cache: TimeoutError"


def test_their_log_lines_know_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    about(correlation_id="run-1")
    seen: list[str] = []

    def look() -> Readings:
        seen.append(correlation_id())
        raise KeyError

    checking.run([Check("cache", 10, look)])
    [line] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert seen == ["run-1"]
    assert (line["level"], line["check"]) == ("ERROR", "cache")
