"""Which answers are taken, and what they earn."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from quiz.errors import Conflict, InvalidInput, NotFound, QuizError, TooLarge, TooLate
from quiz.live.clock import Action, Trigger, advance
from quiz.live.games import Game, shard_of
from quiz.live.participants import Streak, new_participant, require_open, scored
from quiz.live.points import TIE_RANGE, rank, split, tie
from quiz.live.settings import LiveSettings
from tests.unit.live.support import NOW, choice, game, settings, with_settings

# What the edge lets through: numbers are sane, or text.
sane = st.none() | st.booleans() | st.integers() | st.text() | st.decimals(-(10**9), 10**9, places=4)
answers = st.sampled_from(["a", "b", "c"]) | st.recursive(
    sane, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
)


def step(it: Game, action: Action, now: int) -> Game:
    moved = advance(it, Trigger(it.game_id, action), now)
    assert moved is not None
    return moved


def opened(**live: Any) -> Game:
    return step(game(**live), Action.START, NOW)


LOBBY = game()
OPEN = opened()
CLOSED = step(OPEN, Action.TICK, OPEN.due_at)
SECOND = step(CLOSED, Action.TICK, CLOSED.due_at)


@pytest.mark.parametrize(
    ("it", "question_id", "late", "error"),
    [
        (OPEN, "q1", 1, TooLate),
        (OPEN, "q2", 0, Conflict),
        (OPEN, "q9", 0, NotFound),
        (LOBBY, "q1", 0, Conflict),
        (CLOSED, "q1", -10_000, TooLate),
        (SECOND, "q1", 0, TooLate),
        (SECOND, "q3", 0, Conflict),
    ],
)
def test_an_answer_out_of_its_time_is_refused(it: Game, question_id: str, late: int, error: type[QuizError]) -> None:
    with pytest.raises(error) as raised:
        require_open(it, question_id, it.accepts_until + late)
    assert type(raised.value) is error


def test_an_answer_in_time_is_taken_until_the_grace_is_over() -> None:
    require_open(OPEN, "q1", NOW)
    require_open(OPEN, "q1", OPEN.accepts_until)
    require_open(SECOND, "q2", SECOND.opened_at)


def test_an_answer_is_scored_by_its_time() -> None:
    done = scored(OPEN, choice(), "a", Streak(), OPEN.opened_at + 10_000)
    assert done.record.points == 750
    assert (done.record.answer, done.record.share, done.record.elapsed_ms) == ('"a"', Decimal(1), 10_000)
    assert (done.is_right, done.index, done.streak) == (True, 0, Streak(0, 1))
    assert done.rank_gain == (750 * 10**7 - 1_000) * TIE_RANGE


def test_half_an_answer_is_not_right() -> None:
    done = scored(OPEN, choice(), "b", Streak(), OPEN.opened_at)
    assert (done.record.points, done.record.share, done.is_right) == (500, Decimal("0.5"), False)
    assert done.streak == Streak()


def test_an_answer_during_the_lead_took_no_time_and_one_in_the_grace_the_whole() -> None:
    assert scored(OPEN, choice(), "a", Streak(), NOW).record.elapsed_ms == 0
    assert scored(OPEN, choice(), "a", Streak(), OPEN.accepts_until).record.elapsed_ms == 20_000


def test_a_wrong_answer_costs_neither_points_nor_time() -> None:
    done = scored(OPEN, choice(), "c", Streak(), OPEN.accepts_until)
    assert (done.record.points, done.rank_gain) == (0, Decimal(0))


def test_right_answers_in_a_row_earn_more() -> None:
    it = opened(streak_bonus=100, questions=9)
    earned, streak = [], Streak()
    for index in range(9):
        now = replace(it, index=index)
        done = scored(now, choice(index + 1), "c" if index == 6 else "a", streak, it.opened_at)
        streak = done.streak
        earned.append(done.record.points)
    assert earned == [1000, 1100, 1200, 1300, 1400, 1500, 0, 1000, 1100]


def test_a_question_left_out_breaks_the_streak() -> None:
    assert Streak(3, 4).before(4) == 4
    assert Streak(3, 4).before(5) == 0
    assert Streak(3, 4).after(5) == Streak(5, 1)
    assert Streak().before(0) == 0


@given(settings, answers, st.integers(-20_000, 700_000), st.sampled_from([Action.NEXT, Action.END, None]))
def test_no_answer_earns_more_than_everything(
    chosen: LiveSettings, answer: Any, late: int, action: Action | None
) -> None:
    assume(answer is not None)
    it = step(with_settings(chosen), Action.START, NOW)
    if action:
        it = advance(it, Trigger(it.game_id, action), NOW + 1) or it
    try:
        done = scored(it, choice(points=3), answer, Streak(), NOW + late)
    except (InvalidInput, TooLarge):
        return
    assert 0 <= done.record.points <= 3 * chosen.points
    assert 0 <= done.record.elapsed_ms <= chosen.time_limit * 1000
    assert done.rank_gain >= 0


def test_nothing_is_no_answer() -> None:
    with pytest.raises(InvalidInput, match="null is no answer"):
        scored(OPEN, choice(), None, Streak(), NOW)


@pytest.mark.parametrize(("answer", "fits"), [("x" * 1022, True), ("x" * 1023, False), ("\u0416" * 512, False)])
def test_an_answer_has_a_kilobyte(answer: str, fits: bool) -> None:
    if fits:
        assert scored(OPEN, choice(), answer, Streak(), NOW).record.answer == f'"{answer}"'
    else:
        with pytest.raises(TooLarge):
            scored(OPEN, choice(), answer, Streak(), NOW)


def test_equal_answers_have_one_spelling() -> None:
    texts = {scored(OPEN, choice(), answer, Streak(), NOW).record.answer for answer in (2, Decimal("2.0"))}
    assert texts == {"2"}
    one = scored(OPEN, choice(), {"b": 1, "a": [Decimal("1.50")]}, Streak(), NOW)
    assert one.record.answer == '{"a":[1.5],"b":1}'


def test_a_new_player_stands_behind_nobody_who_came_later() -> None:
    it = replace(game(), shards=4)
    player = new_participant(it, "p1", "Ada", NOW)
    assert player.game_shard == f"{it.game_id}#{shard_of('p1', 4)}"
    assert split(player.rank_score) == (rank(0, 0), tie(NOW, "p1"))
    assert player.rank_score > new_participant(it, "p2", "Bob", NOW + 1).rank_score
    assert player.expires_at == it.expires_at
