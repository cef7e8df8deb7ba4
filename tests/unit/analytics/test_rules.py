"""What answers add up to, and what the sums tell."""

import statistics
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.practice import analytics, progress
from quiz.practice.analytics import Answer, Figures, Sums, figures, groups, hour_of, rows
from tests.unit.analytics.support import AT, HOUR, answer

abilities = st.decimals(0, 1, places=4)
answers_of_one = st.lists(st.tuples(st.booleans(), abilities), min_size=1, max_size=60)


def _figures(given: list[tuple[bool, Decimal]]) -> Figures:
    added = rows(answer(i, correct=right, ability=ability) for i, (right, ability) in enumerate(given))
    return figures(added[0].sums)


def test_the_row_of_sums_has_the_name_that_progress_gives_it() -> None:
    assert analytics.SUMMARY == progress.SUMMARY


def test_an_answer_adds_to_its_question_and_category_in_all_and_in_its_hour() -> None:
    added = {(row.subject, row.hour): row for row in rows([answer()])}
    assert set(added) == {
        (subject, hour) for subject in ("question#q1", "category#science") for hour in ("total", HOUR)
    }
    assert {row.sums for row in added.values()} == {Sums(1, 1, Decimal("0.5"), Decimal("0.25"), Decimal("0.5"))}
    assert {(row.hour, row.category) for row in added.values()} == {("total", "science"), (HOUR, None)}


def test_hours_expire_after_400_days_and_totals_never() -> None:
    begin = AT - AT % 3600
    assert {(row.hour, row.expires_at) for row in rows([answer(at=AT)])} == {
        ("total", None),
        (HOUR, begin + 400 * 86_400),
    }


def test_a_wrong_answer_adds_its_ability_too() -> None:
    [row, *_] = rows([answer(correct=False, ability=Decimal("0.25"))])
    assert row.sums == Sums(1, 0, Decimal("0.25"), Decimal("0.0625"), Decimal(0))


def test_ability_is_added_to_four_places() -> None:
    [row, *_] = rows([answer(ability=Decimal(2) / 3)])
    assert (row.sums.sum_ability, row.sums.sum_ability_squared) == (Decimal("0.6667"), Decimal("0.44448889"))


def test_a_question_that_has_moved_is_listed_under_its_latest_category() -> None:
    added = {(row.subject, row.hour): row for row in rows([answer(1), answer(2, category="art")])}
    assert added["question#q1", "total"].category == "art"
    assert added["question#q1", "total"].sums.answered == 2
    assert added["category#science", "total"].sums.answered == added["category#art", "total"].sums.answered == 1


@pytest.mark.parametrize(("at", "hour"), [(0, "1970-01-01T00"), (3599, "1970-01-01T00"), (AT, HOUR)])
def test_hours_are_those_of_utc(at: int, hour: str) -> None:
    assert hour_of(at) == hour < analytics.TOTAL


@given(st.lists(st.tuples(st.sampled_from("pqrst"), st.sampled_from(["a", "é"]), st.integers(0, 9000)), max_size=60))
def test_groups_keep_all_answers_in_order_and_none_is_too_large(told: list[tuple[str, str, int]]) -> None:
    given = [answer(i, question_id=q, category=c, at=at) for i, (q, c, at) in enumerate(told)]
    parted = list(groups(given, 20))
    assert [each for group in parted for each in group] == given
    assert all(len(group) + len(rows(group)) <= 20 for group in parted)


def test_a_group_ends_only_where_the_next_answer_has_no_room() -> None:
    assert [len(group) for group in groups([answer(i) for i in range(100)], 100)] == [96, 4]


@given(answers_of_one)
def test_discrimination_is_the_correlation_of_right_answers_with_ability(told: list[tuple[bool, Decimal]]) -> None:
    found = _figures(told).discrimination
    right, ability = [int(r) for r, _ in told], [a for _, a in told]
    if len(set(right)) == 1 or len(set(ability)) == 1:
        assert found is None
    else:
        assert found is not None
        assert -1 <= found <= 1
        assert float(found) == pytest.approx(statistics.correlation(right, [float(a) for a in ability]), abs=6e-5)


def test_tiny_differences_among_very_many_answers_are_not_lost() -> None:
    # GIVEN a billion students of the same ability, but for one who is better by the least there is, and right
    n, low, high = 10**9, Decimal("0.9998"), Decimal("0.9999")
    sums = Sums(n, 1, low * (n - 1) + high, low**2 * (n - 1) + high**2, high)
    assert figures(sums).discrimination == 1


@pytest.mark.parametrize(
    ("answered", "correct", "accuracy", "difficulty"),
    [(1, 1, "1", "0"), (1, 0, "0", "1"), (3, 1, "0.3333", "0.6667"), (3, 2, "0.6667", "0.3333")],
)
def test_difficulty_is_the_share_of_wrong_answers(answered: int, correct: int, accuracy: str, difficulty: str) -> None:
    found = figures(Sums(answered, correct, Decimal(0), Decimal(0), Decimal(0)))
    assert (found.accuracy, found.difficulty) == (Decimal(accuracy), Decimal(difficulty))


def test_no_correlation_has_no_sign() -> None:
    told = [(True, "0.2"), (True, "0.8"), (False, "0.2"), (False, "0.8")]
    assert str(_figures([(right, Decimal(ability)) for right, ability in told]).discrimination) == "0.0000"


@pytest.mark.parametrize(
    "wrong",
    [
        {"event_id": None},
        {"event_id": ""},
        {"question_id": ""},
        {"category": "a#b"},
        {"category": "x" * 101},
        {"last_correct": 1},
        {"last_ability": Decimal("1.0001")},
        {"last_ability": Decimal("-0.1")},
        {"last_ability": Decimal("NaN")},
        {"last_ability": True},
        {"answered_at": -1},
        {"answered_at": 253_402_300_800},
        {"answered_at": Decimal("1.5")},
    ],
)
def test_what_is_no_answer_is_refused(wrong: dict[str, Any]) -> None:
    good = {
        "event_id": "e",
        "question_id": "q",
        "category": "é",
        "last_correct": True,
        "last_ability": 1,
        "answered_at": 0,
    }
    assert msgspec.convert(good, Answer).ability == 1
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**good, **wrong}, Answer)
