"""A board becomes what the table says, and nothing that happens meanwhile is lost."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import pytest
from redis import Redis

from adapters.cache.scripts import TIE_DIGITS
from adapters.live.board import Board
from adapters.live.games import Games
from adapters.live.standings import Standings
from handlers.cache.restoring import Restored, restore
from quiz.errors import NotFound
from quiz.live.games import Game
from quiz.live.participants import Participant
from quiz.live.standings import Standing
from tests.unit.cache.support import GAME_ID, all_rows, fill, item, kicked, places, player, standing

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

RANKS, NAMES = f"{{{GAME_ID}}}:ranks", f"{{{GAME_ID}}}:names"
CLASS = [player(f"player-{number:03d}", score=number % 50, joined=number) for number in range(110)]
ANN = player("ann", 60)


class Lagging(Standings):
    """The index as it was, and what happens while it is read."""

    def __init__(self, client: "DynamoDBClient", seen: Iterable[Participant], meanwhile: Callable[[], Any]) -> None:
        super().__init__(client, "participants")
        self._seen = [standing(one) for one in seen]
        self._meanwhile = meanwhile

    def all(self, game: Game) -> list[Standing]:
        self._meanwhile()
        return self._seen


def run(client: "DynamoDBClient", board: Board, standings: Standings | None = None) -> Restored:
    board.claim(GAME_ID, 60)
    return restore(board, Games(client, "games"), standings or Standings(client, "participants"), GAME_ID)


def show(board: Board) -> Any:
    return board.read(GAME_ID, None, 100, 5)


def test_out_of_nothing(database: "DynamoDBClient", board: Board) -> None:
    fill(database, CLASS)
    assert run(database, board) == Restored(players=110, dropped=0, is_complete=True)
    assert show(board) == all_rows(CLASS)[:100]
    assert len(board.members(GAME_ID)) == 110


def test_a_game_without_players(database: "DynamoDBClient", board: Board) -> None:
    fill(database, [])
    assert run(database, board) == Restored(players=0, dropped=0, is_complete=True)
    assert show(board) == ()


def test_a_game_that_there_is_not(database: "DynamoDBClient", board: Board) -> None:
    with pytest.raises(NotFound):
        run(database, board)


def test_it_is_the_same_again(database: "DynamoDBClient", board: Board) -> None:
    fill(database, CLASS)
    assert run(database, board) == run(database, board)


def test_what_should_not_be_there_goes(database: "DynamoDBClient", board: Board, redis: Redis) -> None:
    away = player("away", 70)
    fill(database, [ANN, kicked(away), player("too-high", 5)])
    board.write(places([player("stranger", 99), away, player("too-high", 500), ANN]))
    redis.zadd(RANKS, {"7" * TIE_DIGITS + "ann": 5})
    redis.hset(NAMES, "ghost", "0" * TIE_DIGITS + "Ghost")
    # THEN a stranger, a score that nobody won, a second Ann and a name without a rank, beside who was sent away
    assert run(database, board) == Restored(players=2, dropped=4, is_complete=True)
    assert show(board) == all_rows([ANN, player("too-high", 5)])


def test_who_answers_meanwhile_keeps_what_they_won(database: "DynamoDBClient", board: Board) -> None:
    fill(database, [ANN])
    board.write(places([ANN]))
    later = player("ann", 90)

    def answer() -> None:
        database.put_item(TableName="participants", Item=item(later))
        board.write(places([later]))

    assert run(database, board, Lagging(database, [ANN], answer)).dropped == 0
    assert show(board) == all_rows([later])


def test_who_joins_meanwhile_stays(database: "DynamoDBClient", board: Board) -> None:
    fill(database, [ANN])
    new = player("new")

    def join() -> None:
        database.put_item(TableName="participants", Item=item(new))
        board.write(places([new]))

    assert run(database, board, Lagging(database, [ANN], join)) == Restored(players=1, dropped=0, is_complete=True)
    assert show(board) == all_rows([ANN, new])


def test_who_is_sent_away_meanwhile_is_gone(database: "DynamoDBClient", board: Board) -> None:
    away = player("away", 70)
    fill(database, [ANN, away])
    board.write(places([ANN, away]))

    def kick() -> None:
        database.put_item(TableName="participants", Item=item(kicked(away)))
        board.write(places([kicked(away)]))

    assert run(database, board, Lagging(database, [ANN, away], kick)).is_complete
    assert show(board) == all_rows([ANN])


def test_who_was_sent_away_before_redis_was_lost_stays_away(database: "DynamoDBClient", board: Board) -> None:
    away = player("away", 70)
    fill(database, [ANN, kicked(away)])
    assert run(database, board).is_complete
    # A batch of the stream comes once more, from before it happened.
    board.write(places([away, ANN]))
    assert show(board) == all_rows([ANN])


def test_a_redis_that_restarts_meanwhile_is_not_called_whole(
    database: "DynamoDBClient", board: Board, redis: Redis
) -> None:
    fill(database, [ANN])
    late = player("late", 9)

    def come_and_be_lost() -> None:
        board.write(places([late]))
        redis.flushall()

    # GIVEN somebody who is in neither what was read nor what was not lost
    assert not run(database, board, Lagging(database, [ANN], come_and_be_lost)).is_complete
    assert show(board) is None
    # THEN the next attempt finds them
    database.put_item(TableName="participants", Item=item(late))
    assert run(database, board).is_complete
    assert show(board) == all_rows([ANN, late])
