"""Reads leaderboards: from Redis, and where it cannot tell, the same rows from the table."""

from collections.abc import Callable

from adapters.live.board import SECONDS_KEPT, Board
from adapters.live.games import Games
from adapters.live.ranking import Ranking
from adapters.live.times import now_ms
from adapters.observability import count, logger
from quiz.errors import Unavailable
from quiz.live.games import Game, names
from quiz.live.standings import Row

# Places shown above and below one's own.
_WINDOW = 5
# For so long a quiz is believed to mean the game that it meant.
_MEANING_KEPT_MS = 5_000
_MOST_MEANINGS = 1_000
# For so long nobody waits for a Redis that was found dead.
_AVOIDED_MS = 5_000


class Reader:
    """Leaderboards by whatever a client calls a game."""

    def __init__(self, board: Board, games: Games, ranking: Ranking, clock: Callable[[], int] = now_ms) -> None:
        self._board = board
        self._games = games
        self._ranking = ranking
        self._clock = clock
        self._meanings: dict[str, tuple[int, str]] = {}
        self._avoid_until = 0

    def read(self, name: str, participant_id: str | None, top: int) -> tuple[str, tuple[Row, ...]]:
        """The id of the game, its best, and those around a player."""
        game_id = self._game_id(name)
        try:
            found = self._from_redis(game_id, participant_id, top)
        except Unavailable as error:
            logger().warning("the leaderboard is read from the table", reason=str(error))
            return self._from_table(name, participant_id, top, redis_answers=False)
        if found is not None:
            return game_id, found
        return self._from_table(name, participant_id, top, redis_answers=True)

    def _game_id(self, name: str) -> str:
        """What looks like a game's id is taken for one: a read that finds its board needs nothing else."""
        if names(name)[0].kind == "game":
            return name
        now = self._clock()
        found_at, game_id = self._meanings.get(name, (0, ""))
        if not game_id or now - found_at >= _MEANING_KEPT_MS:
            game_id = self._games.find(name).game_id
            if len(self._meanings) >= _MOST_MEANINGS:
                self._meanings.clear()
            self._meanings[name] = (now, game_id)
        return game_id

    def _from_redis(self, game_id: str, participant_id: str | None, top: int) -> tuple[Row, ...] | None:
        if self._clock() < self._avoid_until:
            raise Unavailable("Redis did not answer a moment ago")
        try:
            return self._board.read(game_id, participant_id, top, _WINDOW)
        except Unavailable:
            self._avoid_until = self._clock() + _AVOIDED_MS
            raise

    def _from_table(
        self, name: str, participant_id: str | None, top: int, *, redis_answers: bool
    ) -> tuple[str, tuple[Row, ...]]:
        game = self._games.find(name)
        found = self._ranking.read(game, participant_id, top, _WINDOW)
        # Without players there is no board yet, and after some days there is none any more.
        if not redis_answers or (found and self._should_have_board(game)):
            count("LeaderboardFallback")
        return game.game_id, found

    def _should_have_board(self, game: Game) -> bool:
        touched = max(game.created_at, game.closes_at, game.ended_at)
        return self._clock() - touched < SECONDS_KEPT * 1000
