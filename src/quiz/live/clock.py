"""The game's state machine: lobby, open(0), closed(0), open(1) and so on until ended. Time comes from outside.

Every trigger may come twice, late or early: one that does not fit the game as it is changes nothing.
"""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from quiz.errors import Conflict
from quiz.live.games import MOST_STALE_MS, Game, Phase

_TRIGGERS_REMEMBERED = 10
# Not at once: the answer to the last question is worth a look before the end.
_LAST_REVEAL_MS = 1_000


class Action(StrEnum):
    """What a host, a schedule or the clock itself wants of a game."""

    START = "start"
    NEXT = "next"
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"
    TICK = "tick"


class Trigger(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One wish. `trigger_id` is equal for the same wish delivered twice; `version` is the game that it was made for."""

    game_id: str
    action: Action
    trigger_id: str = ""
    version: int | None = None


def advance(game: Game, trigger: Trigger, now: int) -> Game | None:
    """The game after the trigger, or None if it changes nothing; Conflict if it makes no sense."""
    if trigger.trigger_id and trigger.trigger_id in game.triggers:
        return None
    if trigger.version is not None and trigger.version != game.version:
        return None
    moved = _MOVES[trigger.action](game, now)
    if moved is None:
        return None
    seen = (*game.triggers, trigger.trigger_id)[-_TRIGGERS_REMEMBERED:] if trigger.trigger_id else game.triggers
    return replace(moved, version=game.version + 1, last_action=str(trigger.action), triggers=seen)


def _start(game: Game, now: int) -> Game | None:
    return _open(replace(game, paused=False), now) if game.phase is Phase.LOBBY else None


def _next(game: Game, now: int) -> Game | None:
    match game.phase:
        case Phase.LOBBY:
            raise Conflict("the quiz has not been started")
        case Phase.OPEN:
            return _close_soon(game, now)
        case Phase.CLOSED:
            return _after_reveal(game, now)
        case Phase.ENDED:
            return None


def _pause(game: Game, now: int) -> Game | None:
    # What ends is not held up either.
    if game.paused or game.ending or game.phase is Phase.ENDED:
        return None
    # What was promised holds: the open question runs out. Nothing follows it by itself.
    return replace(game, paused=True, due_at=game.due_at if game.phase is Phase.OPEN else 0)


def _resume(game: Game, now: int) -> Game | None:
    if not game.paused or game.phase is Phase.ENDED:
        return None
    resumed = replace(game, paused=False)
    if game.phase is Phase.CLOSED and game.settings.pacing == "auto" and not game.ending:
        return replace(resumed, due_at=now + game.settings.reveal_seconds * 1000)
    return resumed


def _end(game: Game, now: int) -> Game | None:
    match game.phase:
        case Phase.ENDED:
            return None
        case Phase.OPEN:
            return None if game.ending else replace(_closing_soon(game, now), ending=True)
    return _ended(game, now)


def _tick(game: Game, now: int) -> Game | None:
    if not game.due_at or now < game.due_at:
        return None
    match game.phase:
        case Phase.LOBBY:
            return _open(game, now)
        case Phase.OPEN:
            return _closed(game, now)
        case Phase.CLOSED:
            return _after_reveal(game, now)
        case Phase.ENDED:
            return None


def _open(game: Game, now: int) -> Game:
    opened_at = now + game.settings.lead_ms
    closes_at = opened_at + game.settings.time_limit * 1000
    opened = replace(game, phase=Phase.OPEN, index=game.index + 1, opened_at=opened_at, closes_at=closes_at)
    return replace(opened, due_at=opened.accepts_until)


def _close_soon(game: Game, now: int) -> Game | None:
    closing = _closing_soon(game, now)
    return closing if closing.closes_at < game.closes_at else None


def _closing_soon(game: Game, now: int) -> Game:
    """The same question with less time: as little as leaves no environment believing that it has more."""
    # Nor does a question close before it has opened.
    closing = replace(game, closes_at=min(game.closes_at, max(game.opened_at, now) + MOST_STALE_MS))
    return replace(closing, due_at=closing.accepts_until)


def _closed(game: Game, now: int) -> Game:
    closed = replace(game, phase=Phase.CLOSED, due_at=0)
    if game.ending:
        return replace(closed, due_at=now + _LAST_REVEAL_MS)
    if game.paused or game.settings.pacing == "manual":
        return closed
    return replace(closed, due_at=now + game.settings.reveal_seconds * 1000)


def _after_reveal(game: Game, now: int) -> Game:
    last = game.index + 1 == game.total
    return _ended(game, now) if last or game.ending else _open(game, now)


def _ended(game: Game, now: int) -> Game:
    return replace(game, phase=Phase.ENDED, due_at=0, ended_at=now, paused=False)


_MOVES = {
    Action.START: _start,
    Action.NEXT: _next,
    Action.PAUSE: _pause,
    Action.RESUME: _resume,
    Action.END: _end,
    Action.TICK: _tick,
}
