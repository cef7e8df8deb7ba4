"""`python -m tools.leaderboard`: restore a game's leaderboard in Redis from the table, or show it.

GAME is a game id, a quiz id or a join code. Restoring is safe while the game is played.
"""

import argparse
import sys
import time
from typing import Any

import boto3
import redis
from botocore.exceptions import BotoCoreError, ClientError
from msgspec import Struct
from redis.backoff import ConstantBackoff
from redis.retry import Retry
from rich.console import Console
from rich.table import Table

from adapters.live.board import Board
from adapters.live.games import Games
from adapters.live.ranking import Ranking
from adapters.live.standings import Standings
from handlers.cache.restoring import restore
from quiz.errors import QuizError
from tools.stack import outputs

# Nobody else restores the board meanwhile; the largest games take a minute.
_SECONDS_TO_RESTORE = 900
# Until what has just been answered is in the index, too.
_TRIES = 10
_console = Console(highlight=False, soft_wrap=True)


class Place(Struct, frozen=True):
    """Where games, players and boards are."""

    dynamodb: Any
    games_table: str
    participants_table: str
    redis_url: str


class Unequal(Exception):
    """Redis and the table hold different players, again and again."""


def main(arguments: list[str] | None = None) -> int:
    """Restore or show; exits with 1 if that could not be done."""
    options = _options(arguments)
    try:
        place = _place(options)
        with redis.Redis.from_url(place.redis_url, protocol=2, retry=Retry(ConstantBackoff(0.1), 2)) as client:
            board = Board(lambda: client)
            if options.command == "show":
                _show(place, board, options.game, options.top)
            else:
                rebuild(place, board, options.game)
    except (QuizError, Unequal, redis.RedisError, BotoCoreError, ClientError, outputs.StackDown) as error:
        _console.print(f"[red]stopped[/]: {error}")
        return 1
    return 0


def rebuild(place: Place, board: Board, name: str) -> int:
    """Make the board equal to the table and say how many rows it has."""
    games = Games(place.dynamodb, place.games_table)
    standings = Standings(place.dynamodb, place.participants_table)
    game = games.fresh(name)
    for _ in range(_TRIES):
        board.claim(game.game_id, _SECONDS_TO_RESTORE)
        done = restore(board, games, standings, game.game_id)
        rows = sum(rank is not None for rank in board.members(game.game_id).values())
        players = len(standings.all(game))
        if done.is_complete and rows == players:
            _console.print(f"{game.game_id}: {rows} rows, as many as players; {done.dropped} that were wrong are gone")
            return rows
        time.sleep(1)
    raise Unequal(f"{game.game_id} has {players} players and {rows} rows; run it again when fewer people join")


def _show(place: Place, board: Board, name: str, top: int) -> None:
    game = Games(place.dynamodb, place.games_table).fresh(name)
    rows = board.read(game.game_id, None, top, 0)
    source = "Redis" if rows is not None else "the table; Redis does not hold the board, or not all of it"
    if rows is None:
        rows = Ranking(place.dynamodb, place.participants_table).read(game, None, top, 0)
    table = Table("rank", "name", "points", "player", title=f"{game.title}, {game.game_id}, {game.phase}")
    for row in rows:
        table.add_row(str(row.rank), row.user_info.name, f"{row.score:,}", row.participant_id)
    _console.print(table, f"from {source}")


def _place(options: argparse.Namespace) -> Place:
    """What was named, with the caller's own credentials; or the local stack."""
    named = (options.games_table, options.participants_table, options.redis_url)
    if all(named):
        return Place(boto3.client("dynamodb"), *named)
    known = outputs.read()
    tables = known["tables"]
    return Place(outputs.client("dynamodb", known), tables["games"], tables["participants"], known["redis_url"])


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.leaderboard", description=__doc__)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("game", metavar="GAME")
    common.add_argument("--games-table", help="with the next two: another stack than the local one")
    common.add_argument("--participants-table")
    common.add_argument("--redis-url", help="redis://host:port, or rediss:// for TLS")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("rebuild", parents=[common], help="restore the board from the table")
    showing = commands.add_parser("show", parents=[common], help="show who leads, and where that is read from")
    showing.add_argument("--top", type=int, default=20, choices=range(1, 101), metavar="1-100")
    options = parser.parse_args(arguments)
    named = [options.games_table, options.participants_table, options.redis_url]
    if any(named) and not all(named):
        parser.error("--games-table, --participants-table and --redis-url belong together")
    return options


if __name__ == "__main__":
    sys.exit(main())
