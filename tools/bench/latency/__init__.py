"""How long each route of the HTTP API takes on the local stack, over a function that does nothing."""

import json
import statistics
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

from tools.bench.latency import authoring, idle, playing, practising
from tools.bench.latency.calls import Call, Line, Reply, Round
from tools.bench.latency.logs import Logs
from tools.bench.latency.place import Place
from tools.paths import ROOT
from tools.report import Row, Section

MOST_MS_OF_A_READ = 12.0
MOST_MS_OF_A_WRITE = 20.0

# Something that is there while rounds of calls are made.
Kind = Callable[[Place], AbstractContextManager[Callable[[int], Round]]]

_ROUNDS = 200
_WARM = 10
_KINDS: tuple[Kind, ...] = (authoring.bank, authoring.quizzes, authoring.intake, practising.practice, playing.live)
_COLUMNS = ("route", "ours p50", "idle p50", "cost p50", "bound", "ours p99", "idle p99", "cost p99")

_ABOUT = f"""Each route of `docs/openapi.json` is called {_ROUNDS} times on the local stack, over one kept connection,
by demo users and with state of its own: a question that is made, changed and deleted, a quiz that is submitted, a game
with an open question. Directly before each call, a function that does nothing is called over the same connection, API
and authorizer: by `GET` before what reads, by `POST` before what writes, and with one line of log where the route
writes any, because the emulator waits 50 ms for a line that does not come. The cost is the difference of the two
medians, in milliseconds. What follows by itself, such as streams and leaderboards, runs meanwhile on the same machine.
A route writes if it stores something, as all of `/intake` does."""


class Times(NamedTuple):
    """Seconds of the calls of one route, and of those of the idle function before them."""

    ours: list[float]
    idle: list[float]


def sections(against: Path | None) -> list[Section]:
    """One row for each route."""
    del against
    times: defaultdict[str, Times] = defaultdict(lambda: Times([], []))
    place = Place()
    with idle.idle(place.known):
        for kind in _KINDS:
            _measure(place, kind, times)
    return [Section("Latency of the HTTP API", _ABOUT, _COLUMNS, tuple(rows(times, documented())))]


def documented() -> set[str]:
    """Every route that the document tells of."""
    paths = json.loads((ROOT / "docs" / "openapi.json").read_text())["paths"]
    return {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}


def rows(times: Mapping[str, Times], expected: Iterable[str]) -> Iterator[Row]:
    """Slowest first; a route that nobody has called breaks its promise."""
    costs = {route: _median_ms(found.ours) - _median_ms(found.idle) for route, found in times.items()}
    for route, cost in sorted(costs.items(), key=lambda each: -each[1]):
        found = times[route]
        bound = MOST_MS_OF_A_WRITE if writes(route) else MOST_MS_OF_A_READ
        late, late_idle = _late_ms(found.ours), _late_ms(found.idle)
        shown = (_median_ms(found.ours), _median_ms(found.idle), cost)
        cells = (*(f"{each:.1f}" for each in shown), f"≤ {bound:.0f}")
        yield Row((route, *cells, f"{late:.1f}", f"{late_idle:.1f}", f"{late - late_idle:.1f}"), cost <= bound)
    for route in sorted(set(expected) - set(times)):
        yield Row((route, "never called", *[""] * 6), holds=False)


def writes(route: str) -> bool:
    """Whether the route stores something."""
    return not route.startswith(("GET ", "HEAD ")) or " /intake/" in route


def _measure(place: Place, kind: Kind, times: defaultdict[str, Times]) -> None:
    line = place.line()
    try:
        with kind(place) as visit:
            for number in range(_WARM):
                deque(_timed(line, visit(number), {}), maxlen=0)
            loud = _loud(line, visit(_WARM), Logs(place.known))
            for number in range(_WARM + 1, _WARM + 1 + _ROUNDS):
                for route, ours, nothing in _timed(line, visit(number), loud):
                    times[route].ours.append(ours)
                    times[route].idle.append(nothing)
    finally:
        line.close()


def _loud(line: Line, calls: Round, logs: Logs) -> dict[str, bool]:
    """Whether the routes write to the log."""
    found: dict[str, bool] = {}
    reply: Reply | None = None
    while (call := _next(calls, reply)) is not None:
        since = logs.moment()
        reply = line.reply(call)
        found[call.route] = logs.has_any(since)
    return found


def _timed(line: Line, calls: Round, loud: Mapping[str, bool]) -> Iterator[tuple[str, float, float]]:
    """The route of each call, its seconds, and those of the idle function directly before it."""
    reply: Reply | None = None
    while (call := _next(calls, reply)) is not None:
        nothing = line.reply(idle.call(writes=writes(call.route), is_loud=loud.get(call.route, False)))
        reply = line.reply(call)
        yield call.route, reply.seconds, nothing.seconds


def _next(calls: Round, reply: Reply | None) -> Call | None:
    try:
        return next(calls) if reply is None else calls.send(reply)
    except StopIteration:
        return None


def _median_ms(seconds: list[float]) -> float:
    return 1000 * statistics.median(seconds)


def _late_ms(seconds: list[float]) -> float:
    """The 99th of a hundred."""
    return 1000 * statistics.quantiles(seconds, n=100, method="inclusive")[98]
