"""A board that follows the table, however late within the time that it is given, is never called wrong."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.operations.boards import Standing, is_wrong, standing_of
from tests.unit.operations.rows import kicked, player

# What becomes of a player: not there, there with a rank that only grows, and perhaps sent away at last.
History = Sequence[Standing | None]


@st.composite
def histories(draw: st.DrawFn) -> History:
    absent = [None] * draw(st.integers(0, 3))
    ranks = sorted(draw(st.lists(st.integers(0, 50), min_size=1, max_size=6)))
    there = [Standing(rank) for rank in ranks]
    gone = [Standing(ranks[-1], gone=True)] * draw(st.integers(0, 3))
    return [*absent, *there, *gone]


def on_board(state: Standing | None) -> int | None:
    return None if state is None or state.gone else state.rank


@given(histories(), st.data())
def test_what_the_table_held_in_between_is_right(history: History, data: st.DataObject) -> None:
    moments = st.integers(0, len(history) - 1)
    before, shown, after = sorted(data.draw(st.tuples(moments, moments, moments)))
    assert not is_wrong(history[before], on_board(history[shown]), history[after])


@given(histories(), st.integers(0, 60))
def test_what_a_player_who_rests_never_had_is_wrong(history: History, shown: int) -> None:
    for state in history:
        assert is_wrong(state, shown, state) == (on_board(state) != shown)
        assert is_wrong(state, None, state) == (on_board(state) is not None)


@pytest.mark.parametrize(
    ("before", "shown", "after"),
    [
        # Lost, or behind by more than the time that it is given.
        (Standing(5), None, Standing(7)),
        (Standing(5), 4, Standing(7)),
        # Counted twice, or from nowhere.
        (Standing(5), 8, Standing(7)),
        (None, 8, Standing(7)),
        (None, 8, None),
        # Back on the board after having been sent away.
        (Standing(5, gone=True), 5, Standing(5, gone=True)),
    ],
)
def test_what_is_wrong_while_the_player_goes_on(before: Standing | None, shown: int, after: Standing | None) -> None:
    assert is_wrong(before, shown, after)


@pytest.mark.parametrize(
    ("before", "shown", "after"),
    [
        (None, None, Standing(7)),
        (None, None, None),
        (Standing(5), None, Standing(5, gone=True)),
        # Somebody has removed the row.
        (Standing(5), 5, None),
        (Standing(5), None, None),
    ],
)
def test_what_nobody_can_know(before: Standing | None, shown: int | None, after: Standing | None) -> None:
    assert not is_wrong(before, shown, after)


def test_a_standing_is_the_number_that_boards_sort_by() -> None:
    from adapters.cache.places import place_of_player

    one = player([("a", 1_234), ("b", 400)])
    assert standing_of(one) == Standing(place_of_player(one).rank)
    assert standing_of(kicked(one)) == Standing(place_of_player(one).rank, gone=True)
