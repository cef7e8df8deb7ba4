"""When to speak, when to come back, and what the server's clock says."""

import random
import time
from collections.abc import Callable
from datetime import datetime

from msgspec import Struct


class Timing(Struct, frozen=True, kw_only=True):
    """All in seconds. API Gateway closes what is silent for ten minutes, and everything after two hours."""

    heartbeat: float = 240
    renew_after: float = 6_600
    reply_within: float = 10
    connect_within: float = 20
    first_pause: float = 0.5
    longest_pause: float = 30


def pause(attempt: int, timing: Timing, chance: Callable[[float, float], float] = random.uniform) -> float:
    """Before the so-manieth attempt in a row, from 0: anything up to a bound that doubles."""
    return chance(0, min(timing.longest_pause, timing.first_pause * 2 ** min(attempt, 16)))


def shortly_before(limit: float, chance: Callable[[float, float], float] = random.uniform) -> float:
    """Somewhat less, and not the same for all: who came together does not go together."""
    return limit * chance(0.8, 1)


class ServerClock:
    """The server's time by a clock of our own that nobody sets.

    Each message with a `server_time` narrows the offset from both sides: it was made before it came, and if it is an
    answer, after we had asked.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._least = float("-inf")
        self._most = float("inf")

    def heard(self, server_time: str, asked_at: float | None = None) -> None:
        """Learn from a message that has just come; `asked_at` is our own clock's time when we asked for it."""
        told = seconds(server_time)
        self._least = max(self._least, told - self._clock())
        if asked_at is not None:
            self._most = min(self._most, told - asked_at)
        if self._most < self._least:
            # One of the clocks has drifted or was set: only the newest counts.
            self._least = told - self._clock()
            self._most = self._least if asked_at is None else told - asked_at

    @property
    def offset(self) -> float:
        """What to add to our own clock for the server's seconds since 1970."""
        if self._least == float("-inf"):
            return time.time() - self._clock()
        return self._least if self._most == float("inf") else (self._least + self._most) / 2

    def now(self) -> float:
        """The server's time, as well as it is known."""
        return self._clock() + self.offset

    def until(self, server_time: str) -> float:
        """How many seconds are left, never less than none."""
        return max(0.0, seconds(server_time) - self.now())


def seconds(server_time: str) -> float:
    """A time of the protocol as seconds since 1970."""
    return datetime.fromisoformat(server_time).timestamp()
