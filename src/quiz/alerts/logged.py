"""Lines of logs that tell of an error. Only message, name of the exception and time leave the log."""

import re
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from quiz.alerts.fields import decoded, fields_in, text_in
from quiz.alerts.wording import cut, time_of_day

_LEVELS = {"ERROR", "CRITICAL"}
_TIMED_OUT = re.compile(r"Task timed out(?: after [\d.]+ seconds)?")
_LONGEST = 200
_LONGEST_NAME = 60
_LONGEST_LINE = 1_000
# What no message should hold, and would be in many hands if one did after all.
_SECRET = re.compile(
    r"eyJ[\w-]+\.[\w-]+\.[\w-]*"
    r"|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"
    r"|(?i:\b(?:password|secret|token|authorization|bearer|signature|credential)\b[\"']?\s*[=:]?\s*[\"']?)[^\s\"',;&]{8,}"
)


class LoggedError(Struct, frozen=True):
    """An error that a function logged."""

    at: datetime
    function: str
    message: str
    exception: str = ""

    @property
    def line(self) -> str:
        """All of it, for people."""
        name = f" ({self.exception})" if self.exception else ""
        return f"{time_of_day(self.at)} {self.function}: {self.message}{name}"


def read(function: str, timestamp_ms: int, line: str) -> LoggedError | None:
    """The error in a line of a log, if it tells of one."""
    at = datetime.fromtimestamp(min(max(timestamp_ms, 0), 253_402_300_799_000) / 1000, UTC)
    fields = decoded(line)
    if not isinstance(fields, dict):
        found = _TIMED_OUT.search(line[:_LONGEST_LINE])
        return LoggedError(at, function, found[0]) if found else None
    if text_in(fields_in(fields, "record"), "status") == "timeout":
        return LoggedError(at, function, "Task timed out")
    if text_in(fields, "level", "log_level") not in _LEVELS:
        return None
    return LoggedError(at, function, _shown(fields, _LONGEST, "message", "errorMessage"), _exception(fields))


def _exception(fields: Any) -> str:
    """By Powertools' name for it, or by Lambda's own."""
    return _shown(fields, _LONGEST_NAME, "exception_name", "errorType")


def _shown(fields: Any, most: int, *names: str) -> str:
    return cut(_SECRET.sub("[...]", text_in(fields, *names)[:_LONGEST_LINE]), most)
