"""The body of a dashboard, as far as the boards use what CloudWatch takes. Anything else is refused."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from tests.terraform.plans import Resources

Statistic = Annotated[str, Meta(pattern=r"^(Average|Maximum|Minimum|SampleCount|Sum|p\d{2}(\.\d+)?)$")]
# Namespace and name, dimensions by name and value in turn, and how it is drawn.
Metric = Annotated[list[Any], Meta(min_length=3)]


class Drawn(Struct, forbid_unknown_fields=True):
    """How a metric is drawn: the last item of its list."""

    stat: Statistic
    label: str
    yAxis: Literal["left", "right"]  # noqa: N815  # CloudWatch's name


class Line(Struct, forbid_unknown_fields=True):
    """A horizontal annotation."""

    label: str
    value: float


class Annotations(Struct, forbid_unknown_fields=True):
    """Lines across a graph."""

    horizontal: list[Line]


class Axis(Struct, forbid_unknown_fields=True):
    """Where an axis begins."""

    min: float


class Axes(Struct, forbid_unknown_fields=True):
    """Both axes."""

    left: Axis
    right: Axis


class Graph(Struct, forbid_unknown_fields=True):
    """Properties of a metric widget."""

    title: str
    metrics: Annotated[list[Metric], Meta(min_length=1, max_length=100)]
    period: Annotated[int, Meta(ge=60, multiple_of=60)]
    region: str
    view: Literal["timeSeries"]
    stacked: bool
    yAxis: Axes  # noqa: N815  # CloudWatch's name
    annotations: Annotations


class States(Struct, forbid_unknown_fields=True):
    """Properties of an alarm status widget."""

    title: str
    alarms: Annotated[list[str], Meta(min_length=1, max_length=100)]


class Placed(Struct, forbid_unknown_fields=True):
    """A widget's place on the grid of 24 columns."""

    x: Annotated[int, Meta(ge=0, le=23)]
    y: Annotated[int, Meta(ge=0)]
    width: Annotated[int, Meta(ge=1, le=24)]
    height: Annotated[int, Meta(ge=1, le=1000)]


class Metrics(Placed, tag_field="type", tag="metric"):
    """A graph."""

    properties: Graph


class Alarms(Placed, tag_field="type", tag="alarm"):
    """The states of some alarms."""

    properties: States


class Board(Struct, forbid_unknown_fields=True):
    """The body of a dashboard."""

    periodOverride: Literal["auto", "inherit"]  # noqa: N815  # CloudWatch's name
    widgets: Annotated[list[Metrics | Alarms], Meta(min_length=1, max_length=500)]


def boards(found: Resources) -> dict[str, Board]:
    """The boards by their names; wrong ones are refused."""
    dashboards = found.of_type("aws_cloudwatch_dashboard").values()
    return {one["dashboard_name"]: msgspec.json.decode(one["dashboard_body"], type=Board) for one in dashboards}


def graphs(board: Board) -> list[Graph]:
    """The widgets that draw metrics."""
    return [widget.properties for widget in board.widgets if isinstance(widget, Metrics)]


def dimensions(metric: list[Any]) -> list[tuple[str, str]]:
    """The pairs between the name of a metric and how it is drawn."""
    pairs = metric[2:-1]
    return list(zip(pairs[::2], pairs[1::2], strict=True))


def used(board: Board) -> set[tuple[str, str, str]]:
    """Metric, dimension and value of all that a board shows."""
    return {
        (metric[1], name, value)
        for graph in graphs(board)
        for metric in graph.metrics
        for name, value in dimensions(metric)
    }


def counted(board: Board, namespace: str) -> set[tuple[str, str]]:
    """Metrics that functions write themselves, each with the service that it is looked up by."""
    found = [metric for graph in graphs(board) for metric in graph.metrics if metric[0] == namespace]
    return {(metric[1], dict(dimensions(metric))["service"]) for metric in found}


def overlap(one: Placed, other: Placed) -> bool:
    """Whether two widgets cover the same place."""
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    above = one.y + one.height <= other.y or other.y + other.height <= one.y
    return not (beside or above)
