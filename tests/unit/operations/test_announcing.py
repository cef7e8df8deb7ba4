"""What marks are called, and which results have to have one."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.operations.announcing import KEPT, START, first_expected, is_expected, mark_of_quiz, mark_of_submission
from quiz.times import timestamp

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
LONG_AGO = timestamp(NOW - timedelta(days=100))
ids = st.text(st.sampled_from("#1a2"), min_size=1, max_size=8)


@given(ids, ids, ids, ids)
def test_no_two_submissions_have_the_same_mark(a: str, b: str, c: str, d: str) -> None:
    assert (mark_of_submission(a, b) == mark_of_submission(c, d)) == ((a, b) == (c, d))


@given(ids, ids, ids)
def test_nor_has_a_quiz_or_the_beginning(a: str, b: str, c: str) -> None:
    assert len({mark_of_submission(a, b), mark_of_quiz(c), START}) == 3


def test_the_longest_ids_fit_into_a_key() -> None:
    assert len(mark_of_submission("#" * 128, "#" * 128)) < 2_048


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (timedelta(0), False),
        (timedelta(minutes=9, seconds=59), False),
        (timedelta(minutes=10), True),
        (timedelta(hours=23), True),
        (timedelta(hours=23, milliseconds=1), False),
        (timedelta(days=400), False),
    ],
)
def test_a_mark_is_expected_for_a_day_once_there_was_time_for_it(age: timedelta, expected: bool) -> None:
    assert is_expected(timestamp(NOW - age), LONG_AGO, NOW) is expected


def test_what_is_older_than_marks_needs_none() -> None:
    since = timestamp(NOW - timedelta(hours=2))
    assert not is_expected(timestamp(NOW - timedelta(hours=3)), since, NOW)
    assert is_expected(timestamp(NOW - timedelta(hours=1)), since, NOW)


def test_the_first_who_looks_gives_a_release_time_to_arrive() -> None:
    since = first_expected(NOW)
    assert since > timestamp(NOW)
    # THEN nothing from before that is missed, and everything after it is
    for minutes in range(0, 24 * 60, 7):
        moment = timestamp(NOW + timedelta(minutes=minutes))
        assert is_expected(moment, since, NOW + timedelta(hours=23, minutes=30)) <= (moment >= since)


def test_marks_outlive_the_time_in_which_they_are_looked_for() -> None:
    assert timedelta(hours=23) + timedelta(days=1) <= KEPT
