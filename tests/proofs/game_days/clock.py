"""The time of a game day: seconds that passed, and seconds that were left out because nothing new happened in them."""

import time
from datetime import UTC, datetime


class Clock:
    """Begins with the fault."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._began_at = time.time()
        self._left_out = 0.0

    @property
    def now(self) -> float:
        """Seconds since the fault."""
        return time.monotonic() - self._began + self._left_out

    def advance_to(self, moment: float) -> None:
        """Leave out what is missing to the moment, if it is not over already."""
        self._left_out += max(0.0, moment - self.now)

    def as_date(self, moment: float) -> datetime:
        """The moment as people read it."""
        return datetime.fromtimestamp(self._began_at + moment, UTC)
