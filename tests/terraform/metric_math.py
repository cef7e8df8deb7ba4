"""A small model of how CloudWatch evaluates an alarm: the few functions of metric math that are used, and M of N.

A series is a value for each period, the oldest first; None where nothing was written. It knows nothing of the longer
range that CloudWatch looks at when much is missing, nor of percentiles: a sample says what the statistic came to.
"""

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.terraform.plans import Raw

Series = Sequence[float | None]
Samples = Mapping[str, Series]

_OPERATORS: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}

_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "GreaterThanThreshold": operator.gt,
    "GreaterThanOrEqualToThreshold": operator.ge,
    "LessThanThreshold": operator.lt,
    "LessThanOrEqualToThreshold": operator.le,
}


def evaluate(expression: str, samples: Samples) -> list[float | None]:
    """The expression's own series. Python reads what the expressions here are written in just as CloudWatch does."""
    tree = ast.parse(expression, mode="eval").body
    periods = max(map(len, samples.values()), default=0)
    return [_value(tree, {name: series[period] for name, series in samples.items()}) for period in range(periods)]


def _value(node: ast.AST, at: Mapping[str, float | None]) -> float | None:
    match node:
        case ast.Constant(value=int() | float() as number):
            return number
        case ast.Name(id=name):
            return at[name]
        case ast.BinOp(left=left, op=operation, right=right):
            return _apply(type(operation), _value(left, at), _value(right, at))
        case ast.Compare(left=left, ops=[comparison], comparators=[right]):
            return _apply(type(comparison), _value(left, at), _value(right, at))
        case ast.Call(func=ast.Name(id="FILL"), args=[series, filler]):
            value = _value(series, at)
            return _value(filler, at) if value is None else value
        case ast.Call(func=ast.Name(id="IF"), args=[condition, then, otherwise]):
            holds = _value(condition, at)
            return None if holds is None else _value(then if holds else otherwise, at)
    raise ValueError(f"the model does not know {ast.dump(node)}")


def _apply(operation: type[ast.AST], left: float | None, right: float | None) -> float | None:
    """Nothing with anything is nothing, and so is a division by zero."""
    if left is None or right is None or (operation is ast.Div and right == 0):
        return None
    return float(_OPERATORS[operation](left, right))


def expression(alarm: Raw) -> str | None:
    """The expression that an alarm watches, if it is not a single metric."""
    found = [query["expression"] for query in alarm.get("metric_query") or [] if query["return_data"]]
    return found[0] if found else None


def metrics(alarm: Raw) -> dict[str, Raw]:
    """The metrics that an alarm watches, by their ids; a single one is called `it`."""
    queries = {query["id"]: query["metric"][0] for query in alarm.get("metric_query") or [] if query["metric"]}
    single = {name: alarm.get(name) for name in ("namespace", "metric_name", "dimensions", "period")}
    return queries or {"it": single | {"stat": alarm.get("statistic") or alarm.get("extended_statistic")}}


def fires(alarm: Raw, samples: Samples) -> bool:
    """Whether the alarm goes off at any time, if this is all that is ever written."""
    watched = expression(alarm)
    written = {name: samples.get(name, ()) for name in metrics(alarm)}
    if unknown := set(samples) - set(written):
        raise ValueError(f"{alarm['alarm_name']} does not watch {sorted(unknown)}")
    periods = max(alarm["evaluation_periods"], *map(len, written.values()))
    padded = {name: [*series, *[None] * (periods - len(series))] for name, series in written.items()}
    series = evaluate(watched, padded) if watched else padded["it"]
    breaching = [_breaching(alarm, value) for value in series]
    last = alarm["evaluation_periods"]
    return any(
        sum(breaching[max(0, end - last) : end]) >= alarm["datapoints_to_alarm"] for end in range(1, len(breaching) + 1)
    )


def _breaching(alarm: Raw, value: float | None) -> bool:
    if value is None:
        return bool(alarm["treat_missing_data"] == "breaching")
    return _COMPARISONS[alarm["comparison_operator"]](value, alarm["threshold"])
