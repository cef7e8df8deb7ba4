from collections import Counter
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.practice.shuffles import draw, happens, place_of, shuffled
from tests.unit.practice.support import chi_square, critical

SEEDS = [f"seed {number}" for number in range(6_000)]
seeds = st.text(max_size=20)


@given(seeds, st.integers(1, 300))
def test_every_place_comes_once(seed: str, total: int) -> None:
    assert sorted(place_of(position, total, seed) for position in range(total)) == list(range(total))


@given(seeds, st.integers(1_000, 6_000))
@settings(max_examples=5)
def test_every_place_of_thousands_comes_once(seed: str, total: int) -> None:
    assert len({place_of(position, total, seed) for position in range(total)}) == total


@pytest.mark.parametrize("total", [1, 2, 3, 4, 5, 15, 16, 17, 63, 64, 65, 255, 256, 257, 1023, 1024, 1025])
def test_totals_around_powers_of_two(total: int) -> None:
    assert {place_of(position, total, "seed") for position in range(total)} == set(range(total))


@given(seeds, st.integers(1, 100_000), st.data())
def test_a_place_is_the_same_each_time(seed: str, total: int, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, total - 1))
    assert place_of(position, total, seed) == place_of(position, total, seed) < total


@given(seeds, st.lists(st.integers(), max_size=40))
def test_shuffling_keeps_what_there_is(seed: str, items: list[int]) -> None:
    assert sorted(shuffled(items, seed, 1)) == sorted(items)
    assert shuffled(items, seed, 1) == shuffled(items, seed, 1)


@given(seeds, st.integers(), st.integers())
def test_what_it_is_about_is_told_apart(seed: str, one: int, other: int) -> None:
    assert (draw(seed, one) == draw(seed, other)) == (one == other)


def test_another_seed_gives_another_order() -> None:
    orders = {tuple(place_of(position, 100, seed) for position in range(100)) for seed in SEEDS[:50]}
    assert len(orders) == 50


@pytest.mark.parametrize("total", [2, 3, 5, 8, 10, 30, 100])
@pytest.mark.parametrize("position", [0, 1])
def test_any_question_is_as_likely_at_a_position(total: int, position: int) -> None:
    seen = Counter(place_of(position, total, seed) for seed in SEEDS)
    assert chi_square(seen, dict.fromkeys(range(total), 1 / total)) < critical(total - 1)


@pytest.mark.parametrize("total", [3, 4, 8, 10, 16])
def test_any_pair_is_as_likely_at_the_beginning(total: int) -> None:
    pairs = list(permutations(range(total), 2))
    seen = Counter((place_of(0, total, seed), place_of(1, total, seed)) for seed in SEEDS)
    assert chi_square(seen, dict.fromkeys(pairs, 1 / len(pairs))) < critical(len(pairs) - 1)


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_any_order_of_options_is_as_likely(count: int) -> None:
    orders = list(permutations(range(count)))
    seen = Counter(tuple(shuffled(range(count), seed, "options")) for seed in SEEDS)
    assert chi_square(seen, dict.fromkeys(orders, 1 / len(orders))) < critical(len(orders) - 1)


@pytest.mark.parametrize("probability", [Fraction(0), Fraction(1, 5), Fraction(1, 2), Fraction(1)])
def test_things_happen_as_often_as_they_should(probability: Fraction) -> None:
    often = sum(happens(probability, seed, 1) for seed in SEEDS)
    spread = (probability * (1 - probability) * len(SEEDS)) ** Fraction(1, 2)
    assert abs(often - probability * len(SEEDS)) <= 3.9 * float(spread)


def test_a_draw_covers_its_range() -> None:
    seen = Counter(draw("seed", number) >> 60 for number in range(10_000))
    assert chi_square(seen, dict.fromkeys(range(16), 1 / 16)) < critical(15)
