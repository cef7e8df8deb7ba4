from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quiz.practice.sessions import Asked
from quiz.practice.showing import Seeded, shown
from quiz.questions import Question
from tests.unit.builders import question
from tests.unit.practice.support import chi_square, critical
from tests.unit.strategies import questions

seeds = st.text(max_size=10)
ASKED = Asked(place=3, question_id="q1", origin="new", step=5)


def missed(showing: Asked, misses: int) -> Asked:
    """Answered wrong so many times: each time is a version of the session."""
    return replace(showing, misses=misses, step=showing.step + misses)


def order(asked: Question, seed: str, misses: int, showing: Asked = ASKED) -> tuple[str, ...]:
    return tuple(option.id for option in shown(asked, seed, missed(showing, misses)).options)


@given(seeds, st.integers(2, 6), st.integers(0, 60))
def test_each_try_has_another_order(seed: str, count: int, misses: int) -> None:
    asked = question(options=" ".join("abcdef"[:count]))
    orders = [order(asked, seed, miss) for miss in range(misses, misses + 3)]
    assert all(before != after for before, after in pairwise(orders))
    assert {tuple(sorted(one)) for one in orders} == {tuple("abcdef"[:count])}


@given(seeds, st.integers(0, 500))
def test_two_options_change_places_each_time(seed: str, misses: int) -> None:
    asked = question(options="a b")
    assert order(asked, seed, misses) == order(asked, seed, misses + 1)[::-1]


@pytest.mark.parametrize("options", ["", "a"])
def test_what_has_one_order_keeps_it(options: str) -> None:
    asked = question(options=options)
    assert {order(asked, "seed", misses) for misses in (0, 1, 7)} == {tuple(options)}


@given(questions, seeds, st.integers(0, 9))
def test_nothing_but_the_order_changes(asked: Question, seed: str, misses: int) -> None:
    found = shown(asked, seed, missed(ASKED, misses))
    assert sorted(found.options, key=str) == sorted(asked.options, key=str)
    assert replace(found, options=asked.options) == asked
    assert found == shown(asked, seed, missed(ASKED, misses))


@pytest.mark.parametrize("misses", [0, 1, 2])
def test_any_option_is_as_likely_to_be_first(misses: int) -> None:
    asked = question(options="a b c d")
    seen = Counter(order(asked, f"seed {number}", misses)[0] for number in range(2_000))
    assert chi_square(seen, dict.fromkeys("abcd", 0.25)) < critical(3)


def test_two_sessions_show_two_orders() -> None:
    asked = question(options="a b c d e f")
    assert len({order(asked, str(number), 0) for number in range(20)}) > 15


def test_what_comes_back_later_has_an_order_of_its_own() -> None:
    asked = question(options="a b c d e f")
    assert len({order(asked, "seed", 0, replace(ASKED, origin="pool", step=step)) for step in range(20)}) > 15


@given(seeds, st.lists(st.integers(), unique=True, max_size=12), st.data())
def test_samples_are_taken_from_what_there_is(seed: str, items: list[int], data: st.DataObject) -> None:
    count = data.draw(st.integers(0, len(items)))
    sample = Seeded(seed, "about").sample(items, count)
    assert len(set(sample)) == count
    assert set(sample) <= set(items)
    assert sample == Seeded(seed, "about").sample(items, count)


@given(seeds, st.integers(1, 1_000))
def test_numbers_stay_below_their_end(seed: str, stop: int) -> None:
    assert 0 <= Seeded(seed, 1).randrange(stop) < stop
