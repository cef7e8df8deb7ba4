"""What each trigger does to a game, and what it leaves alone."""

from typing import Any

import pytest
from msgspec.structs import replace

from quiz.errors import Conflict
from quiz.live.clock import Action, Trigger, advance
from quiz.live.games import Game, Phase
from tests.unit.live.support import NOW, game


def do(game: Game, action: Action, now: int) -> Game:
    moved = advance(game, Trigger(game.game_id, action), now)
    assert moved is not None
    return moved


def opened(now: int = NOW, **live: Any) -> Game:
    return do(game(**live), Action.START, now)


def test_a_question_opens_after_the_lead_and_counts_until_the_grace_is_over() -> None:
    it = opened(lead_ms=400, time_limit=20, grace_ms=300)
    assert (it.phase, it.index, it.question_id) == (Phase.OPEN, 0, "q1")
    assert (it.opened_at, it.closes_at) == (NOW + 400, NOW + 20_400)
    assert it.accepts_until == it.due_at == NOW + 20_700


def test_a_scheduled_game_starts_by_itself() -> None:
    it = game(lobby_ms=60_000)
    assert advance(it, Trigger(it.game_id, Action.TICK), NOW + 59_999) is None
    assert do(it, Action.TICK, NOW + 60_000).phase is Phase.OPEN


def test_a_lobby_waits_for_its_host() -> None:
    it = game()
    assert advance(it, Trigger(it.game_id, Action.TICK), NOW + 10**9) is None
    with pytest.raises(Conflict, match="not been started"):
        advance(it, Trigger(it.game_id, Action.NEXT), NOW)


def test_next_closes_the_open_question_in_a_second() -> None:
    it = do(opened(lead_ms=0), Action.NEXT, NOW + 3_000)
    assert (it.phase, it.closes_at, it.due_at) == (Phase.OPEN, NOW + 4_000, NOW + 4_500)
    assert advance(it, Trigger(it.game_id, Action.NEXT), NOW + 3_500) is None


def test_next_shortly_before_the_close_changes_nothing() -> None:
    it = opened(lead_ms=0, time_limit=5)
    assert advance(it, Trigger(it.game_id, Action.NEXT), NOW + 4_000) is None


def test_a_question_is_not_closed_before_it_has_opened() -> None:
    it = do(opened(lead_ms=8_000), Action.NEXT, NOW + 10)
    assert (it.opened_at, it.closes_at) == (NOW + 8_000, NOW + 9_000)


def test_a_pause_lets_the_question_run_out_and_nothing_follow() -> None:
    paused = do(opened(), Action.PAUSE, NOW + 10)
    closed = do(paused, Action.TICK, paused.due_at)
    assert (closed.phase, closed.due_at, closed.paused) == (Phase.CLOSED, 0, True)
    resumed = do(closed, Action.RESUME, NOW + 99_000)
    assert (resumed.due_at, resumed.paused) == (NOW + 104_000, False)


def test_manual_pacing_waits_after_every_question() -> None:
    it = opened(pacing="manual")
    closed = do(it, Action.TICK, it.due_at)
    assert closed.due_at == 0
    assert advance(closed, Trigger(it.game_id, Action.TICK), NOW + 10**9) is None
    assert do(closed, Action.NEXT, NOW + 10**9).index == 1


def test_the_end_closes_the_question_shows_its_answer_and_comes() -> None:
    ending = do(opened(pacing="manual"), Action.END, NOW + 2_000)
    assert (ending.phase, ending.ending, ending.closes_at) == (Phase.OPEN, True, NOW + 3_000)
    assert advance(ending, Trigger(ending.game_id, Action.END), NOW + 2_100) is None
    closed = do(ending, Action.TICK, ending.due_at)
    assert closed.due_at == ending.due_at + 1_000
    assert do(closed, Action.TICK, closed.due_at).phase is Phase.ENDED


def test_an_announced_end_is_not_put_off() -> None:
    ending = do(do(opened(), Action.PAUSE, NOW), Action.END, NOW)
    closed = do(ending, Action.TICK, ending.due_at)
    assert do(closed, Action.RESUME, closed.due_at - 1).due_at == closed.due_at
    unpaused = replace(closed, paused=False)
    assert advance(unpaused, Trigger(closed.game_id, Action.PAUSE), closed.due_at - 1) is None


def test_the_last_question_is_followed_by_the_end() -> None:
    it = opened(questions=1)
    closed = do(it, Action.TICK, it.due_at)
    ended = do(closed, Action.TICK, closed.due_at)
    assert (ended.phase, ended.ended_at, ended.due_at) == (Phase.ENDED, closed.due_at, 0)


@pytest.mark.parametrize("action", Action)
def test_the_end_is_final(action: Action) -> None:
    ended = do(game(), Action.END, NOW)
    assert ended.phase is Phase.ENDED
    assert advance(ended, Trigger(ended.game_id, action), NOW + 10**9) is None


def test_only_the_last_triggers_are_remembered() -> None:
    it = opened()
    for number in range(15):
        action = Action.RESUME if it.paused else Action.PAUSE
        moved = advance(it, Trigger(it.game_id, action, f"t{number}"), NOW)
        assert moved is not None
        it = moved
    assert it.triggers == tuple(f"t{number}" for number in range(5, 15))
