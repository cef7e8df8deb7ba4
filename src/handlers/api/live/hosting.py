"""What hosts want of a game. The API opens games; everything else is handed to the clock, which alone moves them."""

from collections.abc import Callable

from msgspec import Struct

from adapters.correlation import about
from adapters.live.games import Games
from adapters.live.opening import Opening
from adapters.live.queues import Triggers
from adapters.live.times import now_ms
from adapters.observability import logger
from quiz.errors import Conflict, NotFound
from quiz.live.clock import Action, Trigger, advance
from quiz.live.games import Game, Phase


class Hosting(Struct, frozen=True):
    """Takes the wishes of hosts; that they are hosts is known already."""

    games: Games
    opening: Opening
    triggers: Triggers
    now: Callable[[], int] = now_ms

    def open(self, quiz_id: str, host_id: str, occasion: str = "") -> Game:
        """A new game in its lobby; for the same occasion of the same host the same game."""
        game = self.opening.open(quiz_id, host_id, f"{host_id}\n{occasion}" if occasion else "")
        about(quiz_id=game.quiz_id, game_id=game.game_id)
        logger().info("a game is open")
        return game

    def wish(self, action: Action, name: str, host_id: str, trigger_id: str, version: int | None) -> Game:
        """Hand the wish to the clock; returns the game as it is before that."""
        game = self._to_start(name, host_id) if action is Action.START else self.games.fresh(name)
        about(quiz_id=game.quiz_id, game_id=game.game_id)
        # Two clicks are one wish: the second was made for the game as it was before the first.
        seen = game.version if action is Action.NEXT and version is None else version
        trigger = Trigger(game.game_id, action, trigger_id, seen)
        require_running(game)
        # Refused here if it makes no sense now. What merely changes nothing may do so when its turn comes.
        advance(game, trigger, self.now())
        self.triggers.send(trigger)
        logger().info("a wish was handed to the clock", action=action, version=seen)
        return game

    def _to_start(self, name: str, host_id: str) -> Game:
        try:
            game = self.games.fresh(name)
        except NotFound:
            return self.opening.running_or_new(name, host_id)
        if name == game.quiz_id and not game.is_running(self.now()):
            return self.opening.running_or_new(name, host_id)
        return game


def require_running(game: Game) -> None:
    """Refuse what comes after the end."""
    if game.phase is Phase.ENDED:
        raise Conflict("the game has ended")
