"""Parts of a run, each of which fails for itself."""

from collections.abc import Callable
from typing import TypeVar

from adapters.observability import logger
from quiz.errors import Unavailable

T = TypeVar("T")


class Parts:
    """Runs them, and remembers which could not be."""

    def __init__(self) -> None:
        self._failed: list[str] = []

    def run(self, part: str, work: Callable[[], T]) -> T | None:
        """What comes of the part, or None where it failed."""
        try:
            return work()
        except Exception:  # noqa: BLE001
            # Whatever it was, the other parts look at something else.
            logger().exception("a part of the reconciliation failed", part=part)
            self._failed.append(part)
            return None

    def require_all(self) -> None:
        """Fail, so that the run is tried again and in the end set aside, if any part did."""
        if self._failed:
            raise Unavailable(f"not reconciled: {', '.join(self._failed)}")
