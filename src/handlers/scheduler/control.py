"""Control events: what a schedule, or a person at the bus, wants of a quiz. The event's id makes it happen once."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from adapters.correlation import about
from adapters.definitions import Definitions
from adapters.live.games import Games
from adapters.live.opening import Opening
from adapters.live.queues import Triggers
from adapters.observability import conclude, count, logger
from quiz.errors import InvalidInput, NotFound, Rejected
from quiz.live.clock import Action, Trigger
from quiz.live.games import Game, game_id_of
from quiz.live.wishes import GameName


class Wish(Struct, frozen=True, forbid_unknown_fields=True):
    """The detail of a control event."""

    quiz_id: GameName
    action: Literal["start", "next", "pause", "resume", "end"]
    lobby_seconds: Annotated[int, Meta(ge=0, le=900)] | None = None
    version: int | None = None


class ControlEvent(Struct, frozen=True):
    """The event as the bus delivers it; what else is in it does not matter."""

    id: Annotated[str, Meta(min_length=1, max_length=128)]
    source: Literal["quiz.platform"]
    detail_type: Literal["Quiz Control"] = msgspec.field(name="detail-type")
    detail: Wish


class Control(Struct, frozen=True):
    """Turns control events into games and triggers; it moves no game itself."""

    games: Games
    opening: Opening
    definitions: Definitions
    triggers: Triggers
    now: Callable[[], int]

    def obey(self, event: Mapping[str, Any]) -> None:
        """Do what the event says; what can never be done is logged and counted, what may work later raises."""
        try:
            read = _read(event)
            about(quiz_id=read.detail.quiz_id)
            if read.detail.action == "start":
                self._start(read.id, read.detail)
            else:
                self._send(self.games.fresh(read.detail.quiz_id), read.id, read.detail)
        except Rejected as reason:
            logger().error("a control event was rejected", event_id=str(event.get("id")), reason=str(reason))
            count("ControlRejected")
            conclude("rejected")

    def _start(self, event_id: str, wish: Wish) -> None:
        own = self._found(game_id_of(wish.quiz_id, event_id))
        if own is None:
            running = self._found(wish.quiz_id)
            if running is not None and running.is_running(self.now()):
                self._send(running, event_id, wish)
                return
            own = self.opening.open(wish.quiz_id, host_id="", occasion=event_id, lobby_ms=self._lobby_ms(wish))
        self._begin(own, event_id)

    def _begin(self, game: Game, event_id: str) -> None:
        """Set off the game that the event opened, unless something has happened to it since."""
        opened = 1
        if game.due_at and game.version == opened:
            wait = max(0, game.due_at - self.now()) // 1000
            self._hand_over(game, Trigger(game.game_id, Action.TICK, version=opened), wait)
        else:
            self._hand_over(game, Trigger(game.game_id, Action.START, event_id, version=opened))

    def _send(self, game: Game, event_id: str, wish: Wish) -> None:
        self._hand_over(game, Trigger(game.game_id, Action(wish.action), event_id, wish.version))

    def _hand_over(self, game: Game, trigger: Trigger, delay_seconds: int = 0) -> None:
        about(quiz_id=game.quiz_id, game_id=game.game_id)
        self.triggers.send(trigger, delay_seconds=delay_seconds)
        logger().info("a control event was handed to the clock", action=trigger.action, delay_seconds=delay_seconds)

    def _lobby_ms(self, wish: Wish) -> int:
        seconds = wish.lobby_seconds
        if seconds is None:
            seconds = self.definitions.get(wish.quiz_id).quiz.live.lobby_seconds
        return seconds * 1000

    def _found(self, name: str) -> Game | None:
        try:
            return self.games.fresh(name)
        except NotFound:
            return None


def _read(event: Mapping[str, Any]) -> ControlEvent:
    try:
        read = msgspec.convert(event, ControlEvent)
        # Half a character is JSON that a bus delivers, and no text that a table or a queue takes.
        _ = f"{read.id}{read.detail.quiz_id}".encode()
    except (msgspec.ValidationError, UnicodeEncodeError) as error:
        raise InvalidInput(str(error)) from error
    return read
