"""Sending a player away for the rest of a game."""

from collections.abc import Callable

from msgspec import Struct

from adapters.correlation import about
from adapters.live.games import Games
from adapters.live.players import Players
from adapters.live.queues import Jobs
from adapters.live.times import now_ms
from adapters.observability import logger
from handlers.api.live.hosting import require_running
from quiz.live.broadcasts import kick_job
from quiz.live.games import Game
from quiz.live.messages import Kicked, encode


class Kicking(Struct, frozen=True):
    """First nothing counts any more, then the player is told."""

    games: Games
    players: Players
    jobs: Jobs
    now: Callable[[], int] = now_ms

    def kick(self, name: str, participant_id: str) -> Game:
        """Doing it again is harmless; after the end the ranks are final."""
        game = self.games.fresh(name)
        about(quiz_id=game.quiz_id, game_id=game.game_id)
        require_running(game)
        self.players.kick(game, participant_id)
        self.jobs.send([kick_job(game, participant_id, encode(Kicked(game_id=game.game_id)), self.now())])
        logger().info("a player was sent away")
        return game
