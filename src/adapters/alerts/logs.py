"""The latest errors in the logs of functions: looked for in the last minute first, because a log is read forwards."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from botocore.config import Config

from adapters import clients
from adapters.observability import logger
from quiz.alerts.logged import LoggedError, read

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient

# Whoever is woken waits for this.
_SECONDS = 6.0
_LIMITS = Config(read_timeout=2, retries={"total_max_attempts": 1})
_BACK_MS = (60_000, 5 * 60_000, 30 * 60_000)
_MOST_ERRORS = 3
_MOST_FUNCTIONS = 4
_MOST_PAGES = 3
# Of our own lines and of Lambda's, and of those that it writes without being asked for JSON.
_PATTERNS = (
    '{ $.level = "ERROR" || $.level = "CRITICAL" || $.record.status = "timeout" }',
    '"Task timed out"',
)


@cache
def client() -> "CloudWatchLogsClient":
    """The one client for logs of this environment. It tries nothing twice: what it finds is welcome, not needed."""
    made: CloudWatchLogsClient = clients.make("logs", _LIMITS)
    return made


class Logs:
    """Log groups by their functions. Whatever fails is logged, and the rest is told."""

    def __init__(
        self, client: "Callable[[], CloudWatchLogsClient]", clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._clock = clock

    def latest(self, functions: Sequence[str], start: datetime, end: datetime) -> tuple[LoggedError, ...]:
        """The latest errors between the two times, the last one first."""
        give_up_at = self._clock() + _SECONDS
        first, last = (round(when.timestamp() * 1000) for when in (start, end))
        found: list[LoggedError] = []
        to = last
        for back in _BACK_MS:
            since = max(first, last - back)
            for function in functions[:_MOST_FUNCTIONS]:
                found += self._errors(function, since, to, give_up_at)
            if len(found) >= _MOST_ERRORS or since == first or self._clock() >= give_up_at:
                break
            to = since - 1
        return tuple(sorted(found, key=lambda error: error.at, reverse=True)[:_MOST_ERRORS])

    def _errors(self, function: str, since: int, to: int, give_up_at: float) -> list[LoggedError]:
        found: list[LoggedError] = []
        try:
            for pattern in _PATTERNS:
                found += self._matching(function, pattern, since, to, give_up_at)
        except Exception as error:  # noqa: BLE001  # the message goes without
            logger().warning("a log could not be searched", function=function, reason=str(error))
        return found

    def _matching(self, function: str, pattern: str, since: int, to: int, give_up_at: float) -> Iterator[LoggedError]:
        token: Any = {}
        for _ in range(_MOST_PAGES):
            if self._clock() >= give_up_at:
                return
            page = self._client().filter_log_events(
                logGroupName=f"/aws/lambda/{function}", filterPattern=pattern, startTime=since, endTime=to, **token
            )
            for event in page["events"]:
                error = read(function, event["timestamp"], event["message"])
                # What both patterns match is found by the first.
                if error and (pattern is _PATTERNS[0]) == event["message"].startswith("{"):
                    yield error
            if "nextToken" not in page:
                return
            token = {"nextToken": page["nextToken"]}
