"""How long a function was at work, by the REPORT lines that Lambda writes to its log."""

import re
import time
from typing import Any

from tools.stack import outputs

_DURATION = re.compile(r"\bDuration: ([\d.]+) ms")
_SECONDS_TO_WRITE = 30
_PAUSE_SECONDS = 0.5


def seconds_at_work(known: dict[str, Any], function: str, since: int, invocations: int) -> float:
    """Of so many invocations at least, once all of them have been reported; `since` is in milliseconds."""
    deadline = time.monotonic() + _SECONDS_TO_WRITE
    while len(found := _durations(known, function, since)) < invocations:
        if time.monotonic() > deadline:
            raise AssertionError(f"{function} has reported {len(found)} of {invocations} invocations")
        time.sleep(_PAUSE_SECONDS)
    return sum(found) / 1000


def _durations(known: dict[str, Any], function: str, since: int) -> list[float]:
    logs = outputs.client("logs", known).get_paginator("filter_log_events")
    pages = logs.paginate(logGroupName=f"/aws/lambda/{function}", startTime=since)
    lines = (event["message"] for page in pages for event in page["events"])
    return [float(match[1]) for line in lines if line.startswith("REPORT ") and (match := _DURATION.search(line))]
