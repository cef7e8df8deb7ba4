"""Broadcasts of a live quiz, by the number of players."""

from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple, Self

from tools.bench import plots
from tools.bench.curves import growth
from tools.bench.curves.endpoint import endpoint
from tools.bench.curves.telling import Told, environment, loop, worker
from tools.report import Section

SIZES = (100, 250, 1_000, 2_500, 5_000)
# From here on the jobs are as large as they get.
_SHARDED = SIZES[1:]
_MOST_GROWTH = 1.5
_LEAST_SPEEDUP, _MOST_CPU = 8, 0.7

# The loop takes as long for each, so that a part of them tells enough.
_LOOPED = 250
_ROUNDS = 5

_ABOUT = f"""\
The jobs that the clock makes for a game of so many players, one for each 250 of them, go through the broadcast function
one after the other, in one process; every player is told a rank of their own. A stand-in in another process answers
each post after 10 ms, as AWS roughly does. On AWS each job has a worker of its own, so that everybody is told when the
longest is done. Beside it what the platform did first: the SDK's client in a loop, measured by {_LOOPED} posts. Medians
of {_ROUNDS} rounds in which all sizes take turns."""


class Cost(NamedTuple):
    """Milliseconds to tell everybody: by one worker, by one for each job, and of CPU."""

    alone: float
    together: float
    cpu: float

    @classmethod
    def of(cls, rounds: Sequence[Told]) -> Self:
        """Medians; the longest job is the one that takes longest again and again."""
        each_job = zip(*(told.jobs for told in rounds), strict=True)
        alone = median(sum(told.jobs) for told in rounds)
        return cls(alone, max(map(median, each_job)), median(told.cpu for told in rounds))


def sections(_: Path | None) -> list[Section]:
    """Linear for one worker, flat where each job has its own."""
    looped, told = _measure()
    one = Cost(*(cost / _LOOPED for cost in looped))
    alone, together, cpu = ({size: told[size][index] for size in SIZES} for index in range(3))
    each = growth.of_each(alone)
    cpu_part = {size: cost / one.cpu for size, cost in growth.of_each(cpu).items()}
    table = growth.Table("connections", SIZES)
    rows = (
        table.plain("one worker for all, ms", alone, ",.0f"),
        table.flat("of it for each connection, ms", each, _MOST_GROWTH),
        table.flat("a worker for each job, ms", {size: together[size] for size in _SHARDED}, _MOST_GROWTH, ",.0f"),
        table.least("one worker, times as fast as the loop", _over(one.alone, each), _LEAST_SPEEDUP, ".1f"),
        table.capped("part of the loop's CPU time", cpu_part, _MOST_CPU),
    )
    picture = plots.draw(
        "broadcast",
        "Live quiz: telling everybody",
        plots.Scales("connections", "milliseconds"),
        [
            plots.Line("one worker for all", alone),
            plots.Line("a worker for each job", together),
            plots.Line("the SDK in a loop", {size: one.alone * size for size in SIZES}, is_reference=True),
        ],
    )
    return [Section("Broadcast", _ABOUT, table.columns, rows, (picture,))]


def _over(cost: float, costs: growth.Costs) -> dict[int, float]:
    return {size: cost / one for size, one in costs.items()}


def _measure() -> tuple[Cost, dict[int, Cost]]:
    """The loop, and everybody told at each size."""
    with endpoint() as url, environment(url):
        looping, workers = loop(url, _LOOPED), {size: worker(size) for size in SIZES}
        for work in (looping, *workers.values()):
            work()
        rounds = [(looping(), {size: work() for size, work in workers.items()}) for _ in range(_ROUNDS)]
    return Cost.of([one for one, _ in rounds]), {size: Cost.of([told[size] for _, told in rounds]) for size in SIZES}
