"""Which routes write to the log: where a function writes nothing, the emulator waits 50 ms for a line to come."""

import time
from typing import Any

from tools.stack import outputs

_FUNCTIONS = ("http", "intake", "leaderboard")
_SECONDS_TO_WRITE = 2.0
_PAUSE_SECONDS = 0.2
# Lambda's own.
_PLATFORM = ("START ", "END ", "REPORT ", "INIT_START ")


class Logs:
    """The lines of the functions behind the API."""

    def __init__(self, known: dict[str, Any]) -> None:
        self._client = outputs.client("logs", known)
        self._groups = [f"/aws/lambda/{known['functions'][name]}" for name in _FUNCTIONS]

    def moment(self) -> int:
        """A moment at which nothing is being written."""
        time.sleep(_PAUSE_SECONDS)
        return time.time_ns() // 1_000_000

    def has_any(self, since: int) -> bool:
        """Whether a line was written from then on, or is in a while."""
        deadline = time.monotonic() + _SECONDS_TO_WRITE
        while not any(self._has_any(group, since) for group in self._groups):
            if time.monotonic() > deadline:
                return False
            time.sleep(_PAUSE_SECONDS)
        return True

    def _has_any(self, group: str, since: int) -> bool:
        pages = self._client.get_paginator("filter_log_events").paginate(logGroupName=group, startTime=since)
        return any(not event["message"].startswith(_PLATFORM) for page in pages for event in page["events"])
