"""The games table: games, and beside them what belongs to them, under keys that no game id looks like."""

from collections.abc import Mapping
from typing import Any

import msgspec

from adapters.items import from_item, plain, to_item
from quiz.live.games import Game
from quiz.live.names import name_key

# A game may be opened the evening before.
CODE_SECONDS = 36 * 3600


def question_row(game_id: str, question_id: str) -> str:
    """A question with its key, as it was when the game was opened."""
    return f"{game_id}#question#{question_id}"


def name_row(game_id: str, name: str) -> str:
    """A display name that is taken."""
    return f"{game_id}#name#{name_key(name)}"


def code_row(join_code: str) -> str:
    """A join code that is in use, and the game it leads to."""
    return f"code#{join_code}"


def code_is_kept(game: Game, now: int) -> bool:
    """Whether the row of its join code is still the game's; later another game may have taken it."""
    return now < game.created_at + CODE_SECONDS * 1000


def quiz_row(quiz_id: str) -> str:
    """The games of a quiz that are running, and the one that was opened last."""
    return f"quiz#{quiz_id}"


def running_entry(game: Game) -> str:
    """A game among the running ones: the greatest entry is the newest."""
    return f"{game.created_at:013d}#{game.game_id}"


def game_of(entry: str) -> str:
    """The game id in an entry."""
    return entry.partition("#")[2]


def game_item(game: Game) -> dict[str, Any]:
    """A game as it is stored."""
    return to_item(plain(game))


def read_game(item: Mapping[str, Any]) -> Game:
    """The game in an item."""
    return msgspec.convert(from_item(item), Game)
