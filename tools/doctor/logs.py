"""What functions have logged of late: errors, and the last run of the health check."""

import json
import time
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from quiz.alerts.logged import LoggedError, read
from tools.doctor.clinic import Clinic, side_by_side
from tools.doctor.report import Area, Problem, Urgency, runbook, some, some_of

_MINUTES = 15
_ERRORS = '{ $.level = "ERROR" || $.level = "CRITICAL" || $.record.status = "timeout" }'
_CHECKED = '{ $.message = "health checked" }'
_MOST_PAGES = 4
_MOST_EVENTS = 500


class Errors(Struct, frozen=True):
    """How many, whether there may be more, and the last of them."""

    number: int
    is_all: bool
    last: LoggedError | None


def errors(clinic: Clinic) -> Area:
    """How many errors each function has logged in the last minutes."""
    known = clinic.functions
    answers = side_by_side(lambda name: _errors(clinic, name), known.values())
    problems: list[Problem] = []
    told: dict[str, int] = {}
    for (short, name), answer in zip(known.items(), answers, strict=True):
        if not isinstance(answer, Errors):
            problems.append(Problem(Urgency.NO_ANSWER, f"the log of {short} cannot be read: {answer}"))
        elif answer.last:
            told[short] = answer.number
            number = f"{some_of(answer.number, 'error')}{'' if answer.is_all else ' or more'}"
            what = f"{number} of {short}, the last: {answer.last.message or answer.last.exception}"
            look = f"aws logs tail /aws/lambda/{name} --since {_MINUTES}m --filter-pattern '{_ERRORS}'"
            problems.append(Problem(Urgency.ERRORS, what, look, runbook("function-errors")))
    summary = some([f"{number} of {short}" for short, number in told.items()]) or "none"
    return Area("errors", f"{summary} in {_MINUTES} minutes", tuple(problems), told)


def health(clinic: Clinic) -> Area:
    """When everything was last looked at from inside, and what was found."""
    if "health" not in clinic.functions:
        return Area("health check", "not deployed")
    name = clinic.functions["health"]
    events, _ = _events(clinic, name, _CHECKED)
    runs = [(event["timestamp"], fields) for event in events if (fields := _checked(event["message"]))]
    look = f"aws logs tail /aws/lambda/{name} --since 1h"
    if not runs:
        silent = f"no health check for {_MINUTES} minutes"
        problem = Problem(Urgency.HEALTH, silent, look, runbook("health-silent"))
        return Area("health check", "silent", (problem,))
    at, fields = max(runs, key=lambda run: run[0])
    failed, seconds = fields.get("failed", []), time.time() - at / 1000
    facts = {"at": datetime.fromtimestamp(at / 1000, UTC).isoformat(), "checks": fields.get("checks"), "failed": failed}
    summary = f"{fields.get('checks')} checks {seconds / 60:.0f} min ago, {len(failed) or 'none'} failed"
    problems = [Problem(Urgency.HEALTH, f"the health check failed: {some(failed)}", look, runbook("checks-failing"))]
    return Area("health check", summary, tuple(problems if failed else ()), facts)


def _errors(clinic: Clinic, name: str) -> Errors:
    events, is_all = _events(clinic, name, _ERRORS)
    found = [error for event in events if (error := read(name, event["timestamp"], event["message"]))]
    return Errors(len(found), is_all, max(found, key=lambda error: error.at, default=None))


def _events(clinic: Clinic, name: str, pattern: str) -> tuple[list[Any], bool]:
    """What the log holds of the last minutes, and whether that is all."""
    since: Any = {"startTime": round((time.time() - _MINUTES * 60) * 1000)}
    found: list[Any] = []
    for _ in range(_MOST_PAGES):
        page = clinic.clients["logs"].filter_log_events(
            logGroupName=f"/aws/lambda/{name}", filterPattern=pattern, limit=_MOST_EVENTS, **since
        )
        found += page["events"]
        if "nextToken" not in page:
            return found, True
        since["nextToken"] = page["nextToken"]
    return found, False


def _checked(line: str) -> dict[str, Any] | None:
    """What a run of the health check says of itself, if it is that."""
    try:
        fields = json.loads(line)
    except ValueError:
        return None
    return fields if isinstance(fields, dict) and fields.get("message") == "health checked" else None
