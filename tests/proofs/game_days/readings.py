"""What AWS would make metrics of: the lines that a function logs, and what Lambda counts of its invocations."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_REPORT = re.compile(r"REPORT RequestId: (\S+)")
# Of every handler, when it leaves with an error (adapters.observability).
_FAILED = "the invocation failed"


@dataclass(frozen=True)
class Reading:
    """One value of a metric."""

    namespace: str
    metric: str
    dimensions: frozenset[tuple[str, str]]
    value: float


def reading(namespace: str, metric: str, value: float, **dimensions: str) -> Reading:
    """A reading by the names of its dimensions."""
    return Reading(namespace, metric, frozenset(dimensions.items()), value)


def of_lines(function: str, lines: Iterable[str]) -> Iterator[Reading]:
    """What is measured by whole invocations of a function."""
    failed: set[str] = set()
    for line in lines:
        if report := _REPORT.match(line):
            yield reading("AWS/Lambda", "Invocations", 1, FunctionName=function)
            yield reading("AWS/Lambda", "Errors", float(report[1] in failed), FunctionName=function)
            continue
        fields = _fields(line)
        if fields.get("message") == _FAILED:
            failed.add(fields["request_id"])
        yield from _embedded(fields)


def _embedded(fields: Mapping[str, Any]) -> Iterator[Reading]:
    """The embedded metric format: which fields of the line are metrics, and which their dimensions."""
    for directive in fields.get("_aws", {}).get("CloudWatchMetrics", []):
        for names in directive["Dimensions"]:
            dimensions = frozenset((name, fields[name]) for name in names)
            for metric in directive["Metrics"]:
                values = fields[metric["Name"]]
                for value in values if isinstance(values, list) else [values]:
                    yield Reading(directive["Namespace"], metric["Name"], dimensions, value)


def _fields(line: str) -> Mapping[str, Any]:
    if not line.startswith("{"):
        return {}
    found: dict[str, Any] = json.loads(line)
    return found
