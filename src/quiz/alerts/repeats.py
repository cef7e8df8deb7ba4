"""What was told of an alarm before decides what is told of it now: all of it, a line, or nothing."""

from enum import StrEnum

import msgspec
from msgspec import Struct

from quiz.alerts.changes import Change, Told
from quiz.alerts.payloads import ALARM, NO_DATA

_AGAIN_MS = 15 * 60_000
_STILL_MS = 60 * 60_000
# A change from further ahead than this is a wrong clock, and must not silence what comes after it.
_AHEAD_MS = 60_000


class Form(StrEnum):
    """How much is told."""

    ALL = "all"
    AGAIN = "again"
    OVER = "over"
    NO_DATA = "no data"
    NOTHING = "nothing"


class Decision(Struct, frozen=True):
    """What to tell, whom, and what to remember once they have been told."""

    form: Form
    channels: frozenset[str] = frozenset()
    told: Told | None = None


_NOTHING = Decision(Form.NOTHING)


def decide(known: Told | None, change: Change, channels: frozenset[str], now_ms: int) -> Decision:
    """Hold a change against what is known of its alarm; `channels` are all there are."""
    if known is None:
        known = Told(change.key, "", 0)
    if (known.state, known.at_ms, known.details) == (change.state, change.at_ms, change.details):
        missing = channels - known.channels
        return Decision(_form_of(known), missing, known) if missing else _NOTHING
    if change.at_ms < known.at_ms <= now_ms + _AHEAD_MS:
        return _NOTHING
    match change.state:
        case "ALARM":
            return _on(known, change, channels, now_ms)
        case "OK":
            return _over(known, change, channels)
        case "INSUFFICIENT_DATA":
            return _no_data(known, change, channels)
        case "FAILING":
            return _failing(known, change, channels, now_ms)
    return Decision(Form.ALL, channels, _told(known, change, told_ms=now_ms))


def _on(known: Told, change: Change, channels: frozenset[str], now_ms: int) -> Decision:
    # Whoever has not heard the first time understands nothing of "again".
    if now_ms - known.told_ms <= _AGAIN_MS and channels <= known.channels:
        told = _told(known, change, told_ms=now_ms, since_ms=change.at_ms, times=known.times + 1)
        return Decision(Form.AGAIN, channels, told)
    told = _told(known, change, told_ms=now_ms, since_ms=change.at_ms, times=1, first_ms=change.at_ms)
    return Decision(Form.ALL, channels, told)


def _over(known: Told, change: Change, channels: frozenset[str]) -> Decision:
    """Over is only what was on: a new alarm is OK at first, too."""
    if change.old_state not in (ALARM, "") and known.state not in (ALARM, NO_DATA):
        return _NOTHING
    return Decision(Form.OVER, channels, _told(known, change))


def _no_data(known: Told, change: Change, channels: frozenset[str]) -> Decision:
    if not change.pages:
        return _NOTHING
    since_ms = known.since_ms if known.state == ALARM else change.at_ms
    return Decision(Form.NO_DATA, channels, _told(known, change, since_ms=since_ms))


def _failing(known: Told, change: Change, channels: frozenset[str], now_ms: int) -> Decision:
    """The same failures are told once an hour, others at once."""
    if known.details != change.details or now_ms - known.told_ms >= _STILL_MS:
        return Decision(Form.ALL, channels, _told(known, change, told_ms=now_ms))
    missing = channels - known.channels
    told = _told(known, change, channels=known.channels)
    return Decision(Form.ALL, missing, told) if missing else _NOTHING


def _form_of(told: Told) -> Form:
    """In which form a change was told to those who have heard of it."""
    match told.state:
        case "OK":
            return Form.OVER
        case "INSUFFICIENT_DATA":
            return Form.NO_DATA
    return Form.AGAIN if told.times > 1 else Form.ALL


def _told(known: Told, change: Change, **changes: object) -> Told:
    """What is known, moved on to the change, of which nobody has heard yet."""
    moved = {"state": change.state, "at_ms": change.at_ms, "details": change.details, "channels": frozenset[str]()}
    return msgspec.structs.replace(known, **{**moved, **changes})
