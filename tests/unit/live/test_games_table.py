"""A game's transitions in the table: each is made once, and everybody hears of it within a second."""

from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError
from msgspec.structs import replace

from adapters.live.games import Games
from adapters.live.opening import Opening
from adapters.live.turns import Turns
from quiz.errors import Unavailable
from quiz.live.clock import Action, Trigger, advance
from quiz.live.games import Game, Phase
from tests.unit.builders import Calls, refused
from tests.unit.live.conftest import Clock
from tests.unit.live.support import HOST, NOW

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def moved(game: Game, action: Action, now: int = NOW) -> Game:
    after = advance(game, Trigger(game.game_id, action, f"{action} {now}"), now)
    assert after is not None
    return after


def test_a_transition_is_stored_as_a_whole(opening: Opening, games: Games, turns: Turns) -> None:
    before = opening.open("quiz", HOST, lobby_ms=1000)
    after = moved(before, Action.START)
    assert turns.advance(before, after)
    assert games.fresh(before.game_id) == after


@pytest.mark.parametrize("action", [Action.START, Action.END])
def test_of_two_transitions_from_one_version_one_is_made(
    action: Action, opening: Opening, games: Games, turns: Turns
) -> None:
    before = opening.open("quiz", HOST)
    winner = moved(before, Action.START, NOW + 5)
    assert turns.advance(before, winner)
    assert not turns.advance(before, moved(before, action))
    assert games.fresh(before.join_code) == winner


def test_the_end_is_made_once(opening: Opening, games: Games, turns: Turns) -> None:
    before = opening.open("quiz", HOST)
    ended = moved(before, Action.END)
    assert turns.advance(before, ended)
    assert not turns.advance(before, ended)
    assert games.fresh(before.game_id).phase is Phase.ENDED


def test_what_was_announced_is_remembered_for_its_version(opening: Opening, games: Games, turns: Turns) -> None:
    before = opening.open("quiz", HOST)
    opened = moved(before, Action.START)
    turns.advance(before, opened)
    turns.mark_announced(opened)
    assert games.fresh(before.game_id) == replace(opened, announced=2)
    paused = moved(games.fresh(before.game_id), Action.PAUSE)
    assert turns.advance(games.fresh(before.game_id), paused)
    turns.mark_announced(opened)
    assert games.fresh(before.game_id).announced == 2


def test_what_is_announced_already_needs_no_write(opening: Opening, games: Games, turns: Turns, calls: Calls) -> None:
    game = opening.open("quiz", HOST)
    with calls.counted() as made:
        turns.mark_announced(game)
    assert made == []


def test_a_game_is_read_once_a_second(opening: Opening, games: Games, calls: Calls, clock: Clock) -> None:
    game = opening.open("quiz", HOST)
    games.find("quiz")
    with calls.counted() as made:
        for _ in range(5):
            assert games.find("quiz") == games.find(game.game_id) == game
        clock.now += 999
        games.find("quiz")
        assert made == []
    clock.now += 1
    with calls.counted() as made:
        games.find("quiz")
    assert made == ["GetItem", "GetItem"]


def test_a_change_is_seen_after_a_second(
    opening: Opening, games: Games, turns: Turns, live: "DynamoDBClient", clock: Clock
) -> None:
    game = opening.open("quiz", HOST)
    games.find("quiz")
    opened = moved(game, Action.START)
    turns.advance(game, opened)
    assert games.find("quiz") == game
    assert games.fresh("quiz") == opened
    clock.now += 1000
    assert games.find(game.game_id) == opened


def test_many_games_are_forgotten_together(opening: Opening, games: Games) -> None:
    game = opening.open("quiz", HOST)
    games._kept.update({f"other {number}": (NOW, game) for number in range(200)})
    games.fresh("quiz")
    assert games._kept.keys() == {"quiz", game.game_id}


@pytest.mark.parametrize("code", ["ThrottlingException", "InternalServerError"])
def test_trouble_of_the_table_may_pass(code: str, opening: Opening, games: Games, turns: Turns, calls: Calls) -> None:
    game = opening.open("quiz", HOST)
    calls.answers["UpdateItem"] = lambda _: refused(code)
    for change in (
        lambda: turns.advance(game, moved(game, Action.START)),
        lambda: turns.mark_announced(replace(game, version=2)),
    ):
        with pytest.raises(Unavailable):
            change()


def test_a_refusal_for_another_reason_is_raised(opening: Opening, games: Games, turns: Turns, calls: Calls) -> None:
    game = opening.open("quiz", HOST)
    calls.answers["UpdateItem"] = lambda _: refused("AccessDeniedException")
    for change in (
        lambda: turns.advance(game, moved(game, Action.START)),
        lambda: turns.mark_announced(replace(game, version=2)),
    ):
        with pytest.raises(ClientError, match="AccessDenied"):
            change()
