"""What the hourly reconciliation finds: each fault may be as old as an hour by then."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from quiz.operations.announcing import START, mark_of_submission
from quiz.times import timestamp
from tests.proofs.game_days import games
from tests.proofs.game_days.conftest import Days
from tests.proofs.game_days.day import Day
from tests.proofs.game_days.sources import Invoked
from tests.stack.support import Stack, eventually, new_id, submission

_HOUR = 3600
_ATTEMPT = "attempt-1"


@pytest.fixture
def reconcile(stack: Stack) -> Invoked:
    return Invoked(stack, "reconcile")


@pytest.fixture
def student(stack: Stack) -> str:
    """Somebody whose submission was scored and announced."""
    student = new_id("student")
    stack.post(submission(student, _ATTEMPT), student)
    eventually(lambda: _Row(stack, "announcements", result=mark_of_submission(student, _ATTEMPT)).read())
    return student


class _Row:
    """A row of a table, by its key."""

    def __init__(self, stack: Stack, table: str, **key: str) -> None:
        self._client = stack.dynamodb
        self._table = stack.known["tables"][table]
        self._key = {name: {"S": value} for name, value in key.items()}

    def read(self) -> dict[str, Any]:
        """The row, empty if there is none."""
        answer = self._client.get_item(TableName=self._table, Key=self._key, ConsistentRead=True)
        row: dict[str, Any] = answer.get("Item", {})
        return row

    @contextmanager
    def changed(self, **changes: Any) -> Iterator[None]:
        """With other attributes; without any, gone."""
        before = self.read()
        self._write({**before, **self._key, **changes} if changes else {})
        try:
            yield
        finally:
            self._write(before)

    def _write(self, row: dict[str, Any]) -> None:
        if row:
            self._client.put_item(TableName=self._table, Item=row)
        else:
            self._client.delete_item(TableName=self._table, Key=self._key)


def _hourly(day: Day, run: Callable[[], object]) -> None:
    """The run before was just over."""
    day.passes(_HOUR)
    day.every(_HOUR, run)


def test_somebody_changes_a_score_by_hand(days: Days, stack: Stack, reconcile: Invoked, student: str) -> None:
    row = _Row(stack, "submissions", student_id=student, submission_id=_ATTEMPT)
    with days("Somebody changes a score by hand", reconcile.log) as day:
        with row.changed(score={"N": "2"}):
            _hourly(day, reconcile)
            day.goes_off("scores-drifted")
        day.is_over()


def test_a_result_is_never_announced(days: Days, stack: Stack, reconcile: Invoked, student: str) -> None:
    """Only what is older than ten minutes is missed: so the result is made to be an hour old, and so are all marks."""
    row = _Row(stack, "submissions", student_id=student, submission_id=_ATTEMPT)
    mark = _Row(stack, "announcements", result=mark_of_submission(student, _ATTEMPT))
    hour_ago, day_ago = ({"S": timestamp(datetime.now(UTC) - timedelta(hours=hours))} for hours in (1, 24))
    with (
        _Row(stack, "announcements", result=START).changed(since=day_ago),
        row.changed(scored_at=hour_ago),
        days("A result is never announced", reconcile.log) as day,
    ):
        with mark.changed():
            _hourly(day, reconcile)
            day.goes_off("results-unannounced")
        day.is_over()


def test_a_leaderboard_shows_what_nobody_won(days: Days, stack: Stack, reconcile: Invoked) -> None:
    with games.played(stack) as played, days("A leaderboard shows what nobody won", reconcile.log) as day:
        [wrong, *_] = played.shown()
        with played.moved(wrong):
            _hourly(day, reconcile)
            day.goes_off("leaderboards-drifted")
        day.is_over()
