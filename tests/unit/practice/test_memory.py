import time
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.items import from_item, plain, to_item
from quiz.practice.memory import Memory, reviewed, strength
from tests.unit.practice.support import DAY, NOW

# (days until the next review, whether it was right)
histories = st.lists(st.tuples(st.integers(1, 120), st.booleans()), max_size=8)


def remembered(history: list[tuple[int, bool]], first: bool = True) -> Memory:
    memory = reviewed(None, first, NOW)
    for days, is_right in history:
        memory = reviewed(memory, is_right, memory.reviewed + days * DAY)
    return memory


@given(histories, st.integers(1, 120))
def test_a_right_answer_makes_it_due_later(history: list[tuple[int, bool]], days: int) -> None:
    before = remembered(history)
    after = reviewed(before, True, before.reviewed + days * DAY)
    assert after.due > before.due or after.due > after.reviewed >= before.due
    assert after.due > after.reviewed
    assert after.stability > before.stability


@given(histories, st.integers(1, 120))
def test_a_wrong_answer_makes_it_weaker(history: list[tuple[int, bool]], days: int) -> None:
    before = remembered(history)
    now = before.reviewed + days * DAY
    wrong, right = reviewed(before, False, now), reviewed(before, True, now)
    assert wrong.stability < right.stability
    assert wrong.stability <= before.stability
    assert wrong.difficulty >= right.difficulty
    assert wrong.due <= right.due


@pytest.mark.parametrize("is_right", [True, False])
def test_the_first_answer_makes_it_due_another_day(is_right: bool) -> None:
    memory = reviewed(None, is_right, NOW)
    assert memory.due >= NOW + DAY
    assert memory.reviewed == NOW


@given(histories, st.booleans())
def test_it_can_be_stored(history: list[tuple[int, bool]], first: bool) -> None:
    memory = remembered(history, first)
    item = from_item(to_item(plain(memory)))
    assert Memory(**item) == memory
    again = reviewed(Memory(**item), True, memory.due)
    assert again == reviewed(memory, True, memory.due)


@given(histories)
def test_numbers_are_short_enough_for_a_table(history: list[tuple[int, bool]]) -> None:
    memory = remembered(history)
    for number in (memory.stability, memory.difficulty):
        assert isinstance(number, Decimal)
        assert number.is_finite()
        assert len(number.as_tuple().digits) <= 38
    assert memory.stability > 0


@given(histories, st.integers(0, 1_000))
def test_it_fades(history: list[tuple[int, bool]], days: int) -> None:
    memory = remembered(history)
    now, later = (strength(memory, memory.reviewed + more * DAY) for more in (days, days + 10))
    assert 0 < later < now <= 1


def test_it_is_as_strong_as_wished_when_it_is_due() -> None:
    memory = remembered([(3, True), (10, True)])
    assert strength(memory, memory.due) == pytest.approx(0.9, abs=0.02)


def test_it_knows_no_other_time_than_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [reviewed(None, True, NOW), remembered([(5, False), (2, True)])]

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> "Later":
            return cls(2099, 1, 1, tzinfo=UTC)

    monkeypatch.setattr("fsrs.card.datetime", Later)
    assert [reviewed(None, True, NOW), remembered([(5, False), (2, True)])] == before


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_it_is_the_same_everywhere(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    here = remembered([(5, False), (2, True)])
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert remembered([(5, False), (2, True)]) == here
    finally:
        monkeypatch.undo()
        time.tzset()
