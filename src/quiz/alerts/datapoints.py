"""The datapoints that a change of state was decided by, as CloudWatch tells them: as data, or only in a sentence."""

import re
from datetime import UTC, datetime

from quiz.alerts.fields import as_number, decoded, items_in

_LONGEST_REASON = 4_000
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_POINT = re.compile(r"(-?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?)(?: \((\d\d/\d\d/\d\d \d\d:\d\d:\d\d)\))?")


def datapoints(reason: str, reason_data: str) -> list[float]:
    """The values, the newest first."""
    recent = (as_number(value) for value in reversed(items_in(decoded(reason_data), "recentDatapoints")))
    if known := [value for value in recent if value is not None]:
        return known
    brackets = _BRACKETS.search(reason[:_LONGEST_REASON])
    found = [(_time(point[2]), as_number(point[1])) for point in _POINT.finditer(brackets[1] if brackets else "")]
    points = [(time, value) for time, value in found if value is not None]
    dated = [(time, value) for time, value in points if time]
    # By their times where all have one: the order of the text is nobody's promise.
    in_order = sorted(dated, key=lambda point: point[0], reverse=True) if len(dated) == len(points) else points
    return [value for _, value in in_order]


def _time(text: str | None) -> datetime | None:
    try:
        return datetime.strptime(text or "", "%d/%m/%y %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None
