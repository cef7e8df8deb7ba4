"""The pool against a plain list."""

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from quiz.practice.pools import TRIES, Entry, Pool

HIGHEST = 2**22 - 1
# Some that share digits of their texts, so that one might be found across the border of two others.
places = st.integers(0, 12) | st.integers(0, HIGHEST) | st.sampled_from([0, 1, 64, 4096, 4097, 262_144, HIGHEST])
tries = st.integers(1, TRIES)


class Pools(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.pool = Pool()
        self.model: list[Entry] = []

    @rule(place=places, left=tries)
    def add(self, place: int, left: int) -> None:
        self.pool = self.pool.with_last(Entry(place, left))
        self.model = [one for one in self.model if one.place != place] + [Entry(place, left)]

    @rule(place=places)
    def take_out(self, place: int) -> None:
        self.pool = self.pool.without(place)
        self.model = [one for one in self.model if one.place != place]

    @rule(place=places, left=tries)
    def change(self, place: int, left: int) -> None:
        self.pool = self.pool.replaced(Entry(place, left))
        self.model = [Entry(place, left) if one.place == place else one for one in self.model]

    @rule(data=st.data())
    def change_one_that_is_there(self, data: st.DataObject) -> None:
        if self.model:
            one = data.draw(st.sampled_from(self.model))
            self.change(one.place, TRIES + 1 - one.tries)

    @rule(place=places)
    def look_up(self, place: int) -> None:
        assert self.pool.of(place) == next((one for one in self.model if one.place == place), None)

    @rule(place=places)
    def pass_over(self, place: int) -> None:
        others = [one for one in self.model if one.place != place]
        assert self.pool.oldest(place) == next(iter(others or self.model), None)

    @invariant()
    def same(self) -> None:
        assert list(self.pool) == self.model
        assert len(self.pool) == len(self.model)
        assert self.pool.oldest() == next(iter(self.model), None)
        assert list(Pool(str(self.pool))) == self.model


TestPools = Pools.TestCase


@given(st.lists(st.tuples(places, tries), unique_by=lambda pair: pair[0], max_size=40))
def test_each_entry_is_found_among_the_others(entries: list[tuple[int, int]]) -> None:
    pool = Pool()
    for place, left in entries:
        pool = pool.with_last(Entry(place, left))
    assert [pool.of(place) for place, _ in entries] == [Entry(*entry) for entry in entries]


def test_five_hundred_fit_into_two_thousand_characters() -> None:
    pool = Pool()
    for place in range(9_500, 10_000):
        pool = pool.with_last(Entry(place, TRIES))
    assert (len(pool), len(str(pool))) == (500, 2_000)
    assert str(pool).isascii()


def test_the_only_question_is_not_passed_over() -> None:
    assert Pool().with_last(Entry(3, 1)).oldest(but=3) == Entry(3, 1)
    assert Pool().oldest(but=3) is None
