"""One canary a run: waited for, judged and taken away."""

from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.operations.canary import Landed
from handlers.scheduler.canary import CanaryCheck
from quiz.errors import BrokenQuiz, Rejected, UnknownQuiz
from quiz.operations.checks import Reading
from quiz.times import timestamp
from tests.unit.operations.test_checks import HEALTHY

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


class Sky:
    """Where canaries are scored after some seconds, on a clock that only sleep moves."""

    def __init__(self, seconds: float = 1, percentage: float = 100, bank: Rejected | None = None) -> None:
        self.time = 0.0
        self.sent: list[tuple[float, str]] = []
        self.rows: list[Landed] = []
        self.removed: list[str] = []
        self.stuck: set[str] = set()
        self._seconds = seconds
        self._percentage = percentage
        self._bank = bank

    def send(self, submission_id: str, now: datetime) -> None:
        self.sent.append((self.time, submission_id))

    def landed(self) -> list[Landed]:
        due = [name for sent_at, name in self.sent if self.time >= sent_at + self._seconds]
        return [*self.rows, *(Landed(name, timestamp(NOW), self._percentage) for name in due)]

    def remove(self, submission_id: str) -> None:
        if submission_id in self.stuck:
            raise KeyError(submission_id)
        self.removed.append(submission_id)

    def get(self, quiz_id: str) -> None:
        if self._bank:
            raise self._bank

    def sleep(self, seconds: float) -> None:
        self.time += seconds


def _run(sky: Sky) -> dict[str, Reading]:
    world: Any = sky
    check = CanaryCheck(
        canaries=world, definitions=world, healthy=HEALTHY, now=lambda: NOW, clock=lambda: sky.time, sleep=sky.sleep
    )
    return {reading.finding.check: reading for reading in check.run()}


def _failed(readings: dict[str, Reading]) -> list[str]:
    return [check for check, reading in readings.items() if reading.finding.failed]


def _row(age: timedelta, submission_id: str) -> Landed:
    return Landed(submission_id, timestamp(NOW - age), 100)


def test_it_is_well_where_it_comes_back_scored() -> None:
    sky = Sky(seconds=3)
    readings = _run(sky)
    assert _failed(readings) == []
    assert readings["canary"].finding.value == 3000
    assert sky.removed == [name for _, name in sky.sent]


def test_no_two_have_the_same_name() -> None:
    names = {name for _ in range(20) for sky in [Sky()] for _ in [_run(sky)] for _, name in sky.sent}
    assert len(names) == 20
    assert all(len(name) <= 128 for name in names)


def test_it_is_given_up_after_its_time() -> None:
    sky = Sky(seconds=21)
    readings = _run(sky)
    assert _failed(readings) == ["canary"]
    assert readings["canary"].finding.value is None
    assert sky.time < 20.5
    assert sky.removed == []


def test_one_that_comes_at_the_last_moment_is_still_seen() -> None:
    assert _failed(_run(Sky(seconds=20))) == []


def test_a_wrong_score_is_a_finding_and_taken_away() -> None:
    sky = Sky(percentage=0)
    assert _failed(_run(sky)) == ["canary score"]
    assert sky.removed == [name for _, name in sky.sent]


def test_what_was_too_late_for_its_own_run_is_taken_away_quietly() -> None:
    sky = Sky()
    sky.rows = [_row(timedelta(minutes=5), "late")]
    assert _failed(_run(sky)) == []
    assert "late" in sky.removed


def test_it_is_taken_away_even_where_the_canary_of_this_run_does_not_come() -> None:
    sky = Sky(seconds=60)
    sky.rows = [_row(timedelta(minutes=5), "late")]
    assert _failed(_run(sky)) == ["canary"]
    assert sky.removed == ["late"]


def test_a_run_at_the_same_time_keeps_its_own() -> None:
    """Scheduler may deliver twice, and Lambda tries again what failed."""
    sky = Sky()
    sky.rows = [_row(timedelta(seconds=30), "other")]
    assert _failed(_run(sky)) == []
    assert "other" not in sky.removed


def test_what_cannot_be_taken_away_is_a_finding_of_its_own() -> None:
    sky = Sky()
    sky.rows = [_row(timedelta(minutes=5), "stuck"), _row(timedelta(minutes=10), "late")]
    sky.stuck = {"stuck"}
    readings = _run(sky)
    assert _failed(readings) == ["leftovers of the canary"]
    assert readings["leftovers of the canary"].finding.value == 1
    assert "late" in sky.removed


def test_it_is_not_sent_where_its_quiz_could_not_be_scored() -> None:
    """It would end among the dead letters, beside submissions of students."""
    for bank in (UnknownQuiz("there is no quiz '#canary'"), BrokenQuiz("Expected `str`")):
        sky = Sky(bank=bank)
        readings = _run(sky)
        assert _failed(readings) == ["canary"]
        assert str(bank) in readings["canary"].finding.problem
        assert sky.sent == []
