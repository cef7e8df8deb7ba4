"""Games as clients of the HTTP API see them."""

from msgspec import Struct

from adapters.live.reports import Run
from quiz.live.games import Game, Phase, wire_time


class LiveGame(Struct, frozen=True):
    """Where a game stands. `index` is the question that was asked last, -1 before the first."""

    game_id: str
    quiz_id: str
    title: str
    phase: str
    version: int
    index: int
    total: int
    paused: bool
    server_time: str
    opens_at: str | None
    closes_at: str | None
    join_code: str | None


class ListedGame(Struct, frozen=True):
    """One game of a quiz."""

    game_id: str
    title: str
    phase: str
    index: int
    join_code: str
    created_at: str
    ended_at: str | None


class GamePage(Struct, frozen=True):
    """Games, and the token for the page after; null after the last page."""

    games: tuple[ListedGame, ...]
    next: str | None


def view(game: Game, now: int, *, tells_code: bool) -> LiveGame:
    """The game, with the times of the question that is open."""
    is_open = game.phase is Phase.OPEN
    return LiveGame(
        game_id=game.game_id,
        quiz_id=game.quiz_id,
        title=game.title,
        phase=str(game.phase),
        version=game.version,
        index=game.index,
        total=game.total,
        paused=game.paused,
        server_time=wire_time(now),
        opens_at=wire_time(game.opened_at) if is_open else None,
        closes_at=wire_time(game.closes_at) if is_open else None,
        join_code=game.join_code if tells_code else None,
    )


def listed(run: Run) -> ListedGame:
    """A game of a list."""
    return ListedGame(
        game_id=run.game_id,
        title=run.title,
        phase=run.phase,
        index=run.index,
        join_code=run.join_code,
        created_at=wire_time(run.created_at),
        ended_at=wire_time(run.ended_at) if run.ended_at else None,
    )
