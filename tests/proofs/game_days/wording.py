"""The reasons that CloudWatch gives when an alarm changes its state."""

from collections.abc import Sequence

from tests.proofs.game_days.clock import Clock
from tests.proofs.game_days.standin import Point
from tests.terraform.plans import Raw

_COMPARED = {
    "GreaterThanThreshold": "greater than",
    "GreaterThanOrEqualToThreshold": "greater than or equal to",
    "LessThanThreshold": "less than",
    "LessThanOrEqualToThreshold": "less than or equal to",
}


def gone_off(alarm: Raw, points: Sequence[Point], clock: Clock) -> str:
    """Why it is on."""
    breaching = [point for point in reversed(points) if point.breaches]
    shown = ", ".join(
        f"{float(point.value or 0)} ({clock.as_date(point.begun_at):%d/%m/%y %H:%M:%S})" for point in breaching
    )
    needed = alarm["datapoints_to_alarm"]
    return (
        f"Threshold Crossed: {len(breaching)} out of the last {_datapoints(len(points))} [{shown}] "
        f"{'was' if len(breaching) == 1 else 'were'} {_limit(alarm)} "
        f"(minimum {_datapoints(needed)} for OK -> ALARM transition)."
    )


def over(alarm: Raw, points: Sequence[Point]) -> str:
    """Why it is off again."""
    needed = len(points) - alarm["datapoints_to_alarm"] + 1
    return (
        f"Threshold Crossed: {_datapoints(len(points))} were not {_limit(alarm)} "
        f"(minimum {_datapoints(needed)} for ALARM -> OK transition)."
    )


def _limit(alarm: Raw) -> str:
    return f"{_COMPARED[alarm['comparison_operator']]} the threshold ({float(alarm['threshold'])})"


def _datapoints(number: int) -> str:
    return f"{number} datapoint" if number == 1 else f"{number} datapoints"
