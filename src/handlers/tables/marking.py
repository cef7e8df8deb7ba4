"""Marks what was announced, so that what never was can be found."""

from collections.abc import Sequence

from adapters.observability import logger
from adapters.operations.announcements import Announcements
from handlers.tables.following import InTime

_NAMED = 10


class Marks:
    """Leaves marks as well as it can."""

    def __init__(self, announcements: Announcements) -> None:
        self._announcements = announcements

    def leave(self, announced: Sequence[str], in_time: InTime) -> None:
        """Mark what the bus has taken.

        A mark that could not be written fails nothing: the announcement is out, and if the record came again, so would
        the announcement, to everybody and for as long as the table has trouble. Instead a person may be told of a
        result that was announced after all, and finds this warning.
        """
        left: Sequence[str] = announced
        try:
            left = self._announcements.mark(announced, in_time)
        except Exception:  # noqa: BLE001
            logger().warning("the table of announcements failed", exc_info=True)
        if left:
            logger().warning("announced, but perhaps not marked", number=len(left), results=left[:_NAMED])
