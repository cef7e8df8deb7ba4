"""Points, ranks and the one order that follows from them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.live.points import TIE_RANGE, TIME_RANGE, bonus, points, rank, rank_gain, rank_score, split, tie
from quiz.live.settings import LiveSettings
from quiz.live.standings import Standing, ordered, ranks, rows
from tests.unit.live.support import NOW, choice, settings

shares = st.fractions(0, 1)
# A quiz of 99 questions of 1,000 points each, of which each is worth 2,000.
scores = st.integers(0, 99 * 1_000 * 2_000 + 99 * 5_000)
times = st.integers(0, 99 * 600_000)
moments = st.integers(NOW - 10**11, 9_999_999_999_999 // 2)
players = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40)


@given(shares, settings, st.data())
def test_points_are_the_documented_formula(share: Fraction, chosen: LiveSettings, data: st.DataObject) -> None:
    limit = chosen.time_limit * 1000
    elapsed = data.draw(st.integers(0, limit))
    worth = data.draw(st.decimals(min_value=Decimal("0.001"), max_value=1000, places=3))
    got = points(choice(points=worth), share, elapsed, chosen)
    full = Fraction(worth) * chosen.points * share
    assert got == round((1 - Fraction(elapsed, limit) / 2 * Fraction(chosen.speed_weight)) * full)
    assert round(full / 2) <= got <= round(full)


@given(shares, settings, st.data())
def test_points_fall_with_time(share: Fraction, chosen: LiveSettings, data: st.DataObject) -> None:
    moments_ = st.integers(0, chosen.time_limit * 1000)
    early, late = sorted((data.draw(moments_), data.draw(moments_)))
    assert points(choice(), share, early, chosen) >= points(choice(), share, late, chosen)


@pytest.mark.parametrize(
    ("weight", "elapsed", "expected"),
    [("1", 0, 1000), ("1", 10_000, 750), ("1", 20_000, 500), ("0", 0, 1000), ("0", 20_000, 1000), ("0.5", 20_000, 750)],
)
def test_speed_counts_as_much_as_the_quiz_says(weight: str, elapsed: int, expected: int) -> None:
    assert points(choice(), Fraction(1), elapsed, LiveSettings(speed_weight=Decimal(weight))) == expected


def test_halves_are_rounded_to_even() -> None:
    flat = LiveSettings(points=1, speed_weight=Decimal(0))
    assert [points(choice(points=number), Fraction(1, 2), 0, flat) for number in (1, 3, 5, 7)] == [0, 2, 2, 4]


def test_a_streak_pays_five_times_at_most() -> None:
    assert [bonus(run, LiveSettings(streak_bonus=100)) for run in range(7)] == [0, 100, 200, 300, 400, 500, 500]
    assert bonus(3, LiveSettings()) == 0


@given(scores, times)
def test_a_double_holds_every_rank(score: int, time_ms: int) -> None:
    assert int(float(rank(score, time_ms))) == rank(score, time_ms) < 2**53


@given(scores, times, scores, times)
def test_more_points_are_better_and_then_less_time(one: int, one_ms: int, other: int, other_ms: int) -> None:
    better = (one, -(one_ms // 10)) > (other, -(other_ms // 10))
    assert (rank(one, one_ms) > rank(other, other_ms)) is better


@given(st.lists(st.tuples(st.integers(0, 2_005_000), st.integers(0, 600_000)), max_size=99))
def test_gains_add_up_to_the_rank(answers: list[tuple[int, int]]) -> None:
    total = rank(0, 0) + sum(rank_gain(earned, elapsed) for earned, elapsed in answers)
    time = sum(elapsed // 10 for earned, elapsed in answers if earned)
    assert total == rank(sum(earned for earned, _ in answers), time * 10)


@given(scores, times, moments, players)
def test_a_rank_and_a_tie_come_back_out_of_their_number(score: int, time_ms: int, joined: int, player: str) -> None:
    whole = rank_score(rank(score, time_ms), tie(joined, player))
    assert split(whole) == (rank(score, time_ms), tie(joined, player))
    assert len(whole.as_tuple().digits) <= 38
    assert Decimal(str(whole)) == whole


@given(st.integers(0, 999_999), times, moments, players)
def test_emulators_that_add_with_28_digits_lose_nothing(score: int, time_ms: int, joined: int, player: str) -> None:
    assert len(rank_score(rank(score, time_ms), tie(joined, player)).as_tuple().digits) <= 28


@given(st.lists(st.tuples(scores, times), max_size=5), moments, players)
def test_a_gain_leaves_the_tie_alone(answers: list[tuple[int, int]], joined: int, player: str) -> None:
    whole = int(rank_score(rank(0, 0), tie(joined, player)))
    for earned, elapsed in answers:
        whole += int(rank_score(rank_gain(earned, elapsed), 0))
    assert whole % TIE_RANGE == tie(joined, player)


@given(moments, moments, players, players)
def test_who_joined_first_is_before_who_joined_later(first: int, second: int, one: str, other: str) -> None:
    if first != second:
        assert (tie(first, one) > tie(second, other)) is (first < second)
    assert 0 <= tie(first, one) < TIE_RANGE


facts = st.tuples(st.integers(0, 2_000_000), st.integers(0, 99), st.integers(0, 3))


@given(st.dictionaries(players, facts, max_size=12))
def test_the_order_is_points_then_time_then_joining(players: dict[str, tuple[int, int, int]]) -> None:
    standings = [
        Standing(player, "A", score, rank_score(rank(score, time * 10), tie(NOW + joined, player)))
        for player, (score, time, joined) in players.items()
    ]
    order = ordered(standings)
    facts_of = [(-score, time, joined) for score, time, joined in (players[one.participant_id] for one in order)]
    assert facts_of == sorted(facts_of)
    assert [row.rank for row in rows(order, 5)] == [*range(5, 5 + len(order))]
    assert ranks(order) == {one.participant_id: number for number, one in enumerate(order, 1)}


@given(st.dictionaries(players, facts, max_size=12))
def test_it_is_the_order_that_redis_gives(players: dict[str, tuple[int, int, int]]) -> None:
    """By score, and among equal scores by the bytes of the member, both the greatest first."""
    standings = [
        Standing(player, "A", score, rank_score(rank(score, 0), tie(NOW + joined, player)))
        for player, (score, _, joined) in players.items()
    ]

    def redis_key(one: Standing) -> tuple[float, bytes]:
        whole, tie_ = split(one.rank_score)
        return float(whole), f"{tie_:020d}{one.participant_id}".encode()

    assert ordered(standings) == sorted(standings, key=redis_key, reverse=True)


def test_the_longest_game_keeps_its_time_apart_from_its_points() -> None:
    longest_hundredths = 99 * 600 * 100
    assert longest_hundredths < TIME_RANGE
