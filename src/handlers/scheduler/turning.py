"""One trigger: the game as it is now, the transition if the trigger fits it, and then the announcement.

Where the clock died between the two, the game says so, and whoever looks at it next makes up for it before anything
else. So a trigger that comes again completes what it began, and no transition is ever followed by the next unannounced.
"""

from collections.abc import Callable

from msgspec import Struct

from adapters.correlation import about
from adapters.live.games import Games
from adapters.live.queues import Triggers
from adapters.live.turns import Turns
from adapters.observability import count, logger
from handlers.scheduler.announcing import Announcer
from quiz.errors import Rejected, Unavailable
from quiz.live.clock import Action, Trigger, advance
from quiz.live.games import Game
from quiz.parsing import decode, decoder, utf8

_MOST_BYTES = 4096
# Lost races: so many others at once mean that something is wrong.
_TRIES = 5
# A queue counts whole seconds; what is left of one is waited for here.
_LONGEST_WAIT_MS = 1_200

_decoder = decoder(Trigger)


def read_trigger(body: str) -> Trigger:
    """The trigger in a message of the queue."""
    return decode(utf8(body), _decoder, _MOST_BYTES)


class Turning(Struct, frozen=True):
    """What it takes to carry out a trigger."""

    games: Games
    turns: Turns
    announcer: Announcer
    triggers: Triggers
    now: Callable[[], int]
    sleep: Callable[[float], None]

    def turn(self, trigger: Trigger) -> None:
        """Carry it out, or find that it changes nothing; raise if it should be delivered again."""
        for _ in range(_TRIES):
            game = self._found(trigger)
            if game is None:
                return
            about(quiz_id=game.quiz_id)
            if game.announced < game.version:
                self.announcer.announce(game)
            early_ms = _early_ms(game, trigger, self.now())
            if early_ms > _LONGEST_WAIT_MS:
                self.triggers.send(trigger, delay_seconds=early_ms // 1000)
                return
            if early_ms > 0:
                self.sleep(early_ms / 1000)
                continue
            after = self._after(game, trigger)
            if after is None:
                return
            if self.turns.advance(game, after):
                moved = {"version": after.version, "phase": after.phase, "index": after.index}
                logger().info("a game moved on", action=trigger.action, extra=moved)
                self.announcer.announce(after)
                return
        raise Unavailable("others were faster every time")

    def _found(self, trigger: Trigger) -> Game | None:
        try:
            return self.games.fresh(trigger.game_id)
        except Rejected as reason:
            _reject(trigger, reason)
            return None

    def _after(self, game: Game, trigger: Trigger) -> Game | None:
        try:
            return advance(game, trigger, self.now())
        except Rejected as reason:
            _reject(trigger, reason)
            return None


def _early_ms(game: Game, trigger: Trigger, now: int) -> int:
    """How long the clock's own trigger came before its time; a trigger for another version has none."""
    if trigger.action is not Action.TICK or trigger.version != game.version:
        return 0
    return max(0, game.due_at - now)


def _reject(trigger: Trigger, reason: Rejected) -> None:
    logger().warning("a trigger makes no sense", action=trigger.action, reason=str(reason))
    count("ControlRejected")
