"""What an alarm compares, and what it saw: a value against its threshold, in words."""

from msgspec import Struct

from quiz.alerts.datapoints import datapoints
from quiz.alerts.fields import Fields, decoded, fields_in, items_in, number_in, text_in
from quiz.alerts.wording import cut, duration, number

_COMPARISONS = {
    "GreaterThanThreshold": ">",
    "GreaterThanOrEqualToThreshold": ">=",
    "LessThanThreshold": "<",
    "LessThanOrEqualToThreshold": "<=",
}
_SIGNS = {"Percent": "%", "Milliseconds": " ms", "Microseconds": " us", "Seconds": " s", "Bytes": " bytes"}
# Alarms name no unit as a rule, but some metrics have but one.
_UNITS = {
    "ApproximateAgeOfOldestMessage": "Seconds",
    "CanaryLatency": "Milliseconds",
    "DatabaseMemoryUsagePercentage": "Percent",
    "Duration": "Milliseconds",
    "EngineCPUUtilization": "Percent",
    "InFlightShare": "Percent",
    "IntegrationLatency": "Milliseconds",
    "IteratorAge": "Milliseconds",
    "Latency": "Milliseconds",
    "ProjectionDelay": "Milliseconds",
    "QueueAge": "Seconds",
}
_NOTHING_CAME = "no datapoints were received"


class Measure(Struct, frozen=True):
    """A metric, or an expression over several, and the threshold that it is held against."""

    metric: str = ""
    statistic: str = ""
    sign: str = ""
    comparison: str = ""
    threshold: float | None = None
    period: float = 60
    periods: int = 1
    datapoints: int = 1

    @property
    def seconds(self) -> float:
        """How far back the alarm looks."""
        return self.period * self.periods


def read(fields: Fields) -> Measure:
    """The measure in the trigger of a notification, or in what CloudWatch tells of an alarm."""
    period = number_in(fields, "Period") or number_in(_inner(fields), "Period") or 60
    periods = _count(fields, "EvaluationPeriods") or 1
    metric, statistic = _metric(fields)
    return Measure(
        metric=metric,
        statistic=statistic,
        sign=_SIGNS.get(text_in(fields, "Unit") or _UNITS.get(metric.rpartition(" ")[2], ""), ""),
        comparison=_COMPARISONS.get(text_in(fields, "ComparisonOperator"), ""),
        threshold=number_in(fields, "Threshold"),
        period=min(max(period, 1.0), 86_400.0),
        periods=periods,
        datapoints=_count(fields, "DatapointsToAlarm") or periods,
    )


def in_words(measure: Measure, reason: str, reason_data: str = "") -> str:
    """Such as 12 > 10 within 5 minutes; the reason as CloudWatch gave it where no value can be read from it."""
    within = f"within {duration(measure.seconds)}"
    if _NOTHING_CAME in reason:
        return f"nothing came {within}{_of(measure)}"
    value = _telling(datapoints(reason, reason_data), measure)
    threshold = number_in(decoded(reason_data), "threshold") if measure.threshold is None else measure.threshold
    if value is None or threshold is None or not measure.comparison:
        return cut(reason, 300)
    sides = (f"{number(side)}{measure.sign}" for side in (value, threshold))
    return f"{f' {measure.comparison} '.join(sides)} {within}{_of(measure)}"


def _of(measure: Measure) -> str:
    """What was measured, in brackets."""
    parts = [measure.metric, measure.statistic]
    if measure.datapoints < measure.periods:
        parts.append(f"{measure.datapoints} of {measure.periods} times")
    told = ", ".join(part for part in parts if part)
    return f" ({told})" if told else ""


def _telling(values: list[float], measure: Measure) -> float | None:
    """The newest value that was too much; of those that are not, the newest."""
    return next((value for value in values if _exceeds(value, measure)), values[0] if values else None)


def _exceeds(value: float, measure: Measure) -> bool:
    threshold = measure.threshold
    if threshold is None:
        return False
    above, equal = value > threshold, value == threshold
    return {">": above, ">=": above or equal, "<": not above and not equal, "<=": not above}.get(
        measure.comparison, False
    )


def _metric(fields: Fields) -> tuple[str, str]:
    """Name and statistic; of an expression its label, or itself."""
    if name := text_in(fields, "MetricName"):
        space = text_in(fields, "Namespace")
        return f"{space} {name}".strip(), _statistic(text_in(fields, "ExtendedStatistic", "Statistic"))
    shown = _shown(fields)
    stat = fields_in(shown, "MetricStat")
    if stat:
        return text_in(fields_in(stat, "Metric"), "MetricName"), _statistic(text_in(stat, "Stat"))
    return cut(text_in(shown, "Label") or text_in(shown, "Expression"), 80), ""


def _shown(fields: Fields) -> Fields:
    """Of the parts of an expression the one that is compared."""
    parts = [part for part in items_in(fields, "Metrics") if isinstance(part, dict)]
    return next((part for part in parts if part.get("ReturnData") is not False), parts[0] if parts else {})


def _inner(fields: Fields) -> Fields:
    parts = (fields_in(part, "MetricStat") for part in items_in(fields, "Metrics"))
    return next((part for part in parts if part), {})


def _statistic(name: str) -> str:
    """SUM in notifications, Sum elsewhere, p99 everywhere."""
    return name.capitalize() if name.isupper() else name


def _count(fields: Fields, name: str) -> int:
    return int(min(max(number_in(fields, name) or 0, 0), 10_000))
