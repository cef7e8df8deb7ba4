"""The clock of a world: milliseconds that pass only when the world lets them."""

import time
from collections.abc import Callable
from threading import RLock


class Time:
    """Stands in for the module `time` wherever a handler reads the server's clock or waits."""

    def __init__(self) -> None:
        self.now = time.time_ns() // 1_000_000
        # The world's own: lets everybody else go on until a moment.
        self.meanwhile: Callable[[int], None] = lambda until: None
        self._lock = RLock()

    def __call__(self) -> int:
        return self.now

    def time_ns(self) -> int:
        return self.now * 1_000_000

    def sleep(self, seconds: float) -> None:
        """A handler waits; the players do not."""
        # Rounded up: who waits for a moment wakes when it has come.
        until = self.now + -int(-seconds * 1000 // 1)
        with self._lock:
            self.meanwhile(until)
            self.reach(until)

    def reach(self, moment: int) -> None:
        self.now = max(self.now, moment)
