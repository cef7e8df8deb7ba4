"""The thirds of a soak side by side: whether anything grows, and whether anything was wrong."""

from collections.abc import Callable, Iterable, Sequence
from statistics import median, quantiles
from typing import NamedTuple

from tests.proofs.campaigns.soak_book import Call
from tests.proofs.campaigns.soak_readings import Reading
from tools.report import Row

MOST_MEMORY = 1.1
MOST_LATENCY = 1.3
_OF_PLAYERS = {"socket GiveAnswer"}
_MB = 1024 * 1024


class Span(NamedTuple):
    """From when to when something was measured."""

    begins: float
    ends: float

    def third(self, at: float) -> int:
        """Which third a moment belongs to: 0, 1 or 2; or -1 where it is outside."""
        share = (at - self.begins) / (self.ends - self.begins)
        return int(share * 3) if 0 <= share < 1 else -1

    def split(self, points: Iterable[tuple[float, float]]) -> list[list[float]]:
        """The values of (moment, value) by third."""
        thirds: list[list[float]] = [[], [], []]
        for at, value in points:
            if (third := self.third(at)) >= 0:
                thirds[third].append(value)
        return thirds


def latencies(calls: Sequence[Call], span: Span, *, judged: bool) -> list[Row]:
    """Of all HTTP calls together and of messages over sockets by who sends them what is judged, and of each kind.

    A host's start takes twenty times as long as an answer, and one in forty messages is one. So the p99 of all of them
    together would tell of the mixture.
    """
    http = [call for call in calls if call.what.partition(" ")[2].startswith("/")]
    players = [call for call in calls if call.what in _OF_PLAYERS]
    hosts = [call for call in calls if call.what.startswith("socket ") and call.what not in _OF_PLAYERS]
    rows = [
        _by_minute(f"{len(http):,} HTTP calls", http, span, judged=judged),
        _by_minute(f"{len(players):,} messages of players", players, span, judged=judged),
        _by_minute(f"{len(hosts):,} messages of hosts", hosts, span, judged=judged),
    ]
    for kind in sorted({call.what for call in calls}):
        some = [call for call in calls if call.what == kind]
        thirds = map(_p99, span.split(map(_point, some)))
        rows.append(Row((f"p99 of {len(some):,} {kind}", "", *map(_milliseconds, thirds))))
    return rows


def _by_minute(what: str, calls: Iterable[Call], span: Span, *, judged: bool) -> Row:
    """The p99 of each minute, and of those the median of a third: one bad minute is the machine's, growth is in all."""
    minutes: dict[int, list[float]] = {}
    for at, value in map(_point, calls):
        minutes.setdefault(int((at - span.begins) // 60), []).append(value)
    points = [(span.begins + minute * 60, _p99(values)) for minute, values in minutes.items()]
    thirds = [median(values) if values else 0.0 for values in span.split(points)]
    bound = f"last at most {MOST_LATENCY} of first" if judged else ""
    holds = thirds[2] <= MOST_LATENCY * thirds[0] if judged else None
    return Row((f"p99 of a minute, {what}", bound, *map(_milliseconds, thirds)), holds)


def _point(call: Call) -> tuple[float, float]:
    return call.began, call.seconds * 1000


def _milliseconds(value: float) -> str:
    return f"{value:,.0f} ms" if value else ""


def _p99(values: Sequence[float]) -> float:
    return quantiles(values, n=100, method="inclusive")[98] if len(values) > 1 else sum(values)


def memory(readings: Sequence[Reading], span: Span, *, judged: bool) -> list[Row]:
    """The oldest process of each function, Redis and the emulator."""
    names = sorted({name for reading in readings for name in reading.functions})

    def of(name: str) -> Callable[[Reading], float]:
        return lambda reading: reading.functions.get(name, 0)

    rows = [_memory(f"memory of the oldest `{name}`", readings, of(name), span, judged=judged) for name in names]
    beside = _memory(
        "memory of Redis beside its boards", readings, lambda one: one.redis_beside_boards, span, judged=judged
    )
    boards = _memory(
        "memory of its boards, each of which is kept two days", readings, lambda one: one.redis_boards, span
    )
    emulator = _memory(
        "memory of the emulator, which keeps all tables and logs", readings, lambda one: one.emulator, span
    )
    return [*rows, beside, boards, emulator]


def _memory(
    what: str, readings: Iterable[Reading], value: Callable[[Reading], float], span: Span, *, judged: bool = False
) -> Row:
    points = [(reading.at, value(reading)) for reading in readings]
    thirds = [median(values) if values else 0.0 for values in span.split((at, held) for at, held in points if held)]
    bound = f"last at most {MOST_MEMORY} of middle" if judged else ""
    holds = thirds[2] <= MOST_MEMORY * thirds[1] if judged and thirds[1] else None
    return Row((what, bound, *(f"{held / _MB:,.2f} MB" if held else "" for held in thirds)), holds)


def nothing(what: str, offenders: Sequence[str], seed: int) -> Row:
    """Something of which there may be none; the first few offenders tell where to look."""
    few = f"; seed {seed}: {'; '.join(offenders[:3])}" if offenders else ""
    return Row((what, "0", "", "", f"{len(offenders)}{few}"), not offenders)
