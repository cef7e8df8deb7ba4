"""A stand-in for CloudWatch: keeps readings, and decides by each alarm's own definition whether it goes off.

An alarm whose period is a minute or longer is evaluated every minute, over a window that slides with it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from tests.proofs.game_days.readings import Reading
from tests.terraform.metric_math import evaluate, expression, fires, metrics
from tests.terraform.plans import Raw

_STATISTICS: Mapping[str, Callable[[Sequence[float]], float]] = {
    "Average": mean,
    "Maximum": max,
    "Minimum": min,
    "SampleCount": len,
    "Sum": sum,
}


@dataclass(frozen=True)
class Datum:
    """A reading, and when CloudWatch had it."""

    at: float
    reading: Reading


@dataclass(frozen=True)
class Point:
    """What an alarm compares of one period."""

    begun_at: float
    value: float | None
    breaches: bool


class StandIn:
    """The readings of one day."""

    def __init__(self) -> None:
        self._data: list[Datum] = []

    def take(self, readings: Iterable[Reading], at: float) -> None:
        """Keep what was measured."""
        self._data += [Datum(at, one) for one in readings]

    def begun_at(self, now: float) -> float:
        """When the first of them came since the fault; now, if none has."""
        return min((datum.at for datum in self._data if datum.at >= 0), default=now)

    def so_far(self, alarm: Raw, metric: str) -> float:
        """The statistic that the alarm looks at, over everything since the fault; 0 if there is nothing."""
        wanted = next(one for one in metrics(alarm).values() if one["metric_name"] == metric)
        return self._statistic(wanted, 0, float("inf")) or 0.0

    def goes_off(self, alarm: Raw, at: float) -> bool:
        """Whether the alarm is on, if it is evaluated at that time."""
        return fires(alarm, self._samples(alarm, at))

    def points(self, alarm: Raw, at: float) -> list[Point]:
        """What it compares then, the oldest first."""
        samples, watched = self._samples(alarm, at), expression(alarm)
        values = evaluate(watched, samples) if watched else samples["it"]
        single = {**alarm, "evaluation_periods": 1, "datapoints_to_alarm": 1}
        number, period = alarm["evaluation_periods"], _period(alarm)
        return [
            Point(
                begun_at=at - (number - position) * period,
                value=value,
                breaches=fires(single, {name: series[position : position + 1] for name, series in samples.items()}),
            )
            for position, value in enumerate(values)
        ]

    def _samples(self, alarm: Raw, at: float) -> dict[str, Sequence[float | None]]:
        """By id of a metric, its statistic in each of the periods before that time."""
        period = _period(alarm)
        ends = [at - back * period for back in reversed(range(alarm["evaluation_periods"]))]
        return {
            name: [self._statistic(metric, end - period, end) for end in ends]
            for name, metric in metrics(alarm).items()
        }

    def _statistic(self, metric: Raw, after: float, until: float) -> float | None:
        dimensions = frozenset((metric["dimensions"] or {}).items())
        wanted = metric["namespace"], metric["metric_name"], dimensions
        values = [
            datum.reading.value
            for datum in self._data
            if after <= datum.at < until
            and (datum.reading.namespace, datum.reading.metric, datum.reading.dimensions) == wanted
        ]
        return float(_STATISTICS[metric["stat"]](values)) if values else None


def _period(alarm: Raw) -> int:
    [period] = {metric["period"] for metric in metrics(alarm).values()}
    return int(period)
