"""What each operation costs in CPU time where the network answers at once: `python -m tools.bench.cpu [DIR]`."""

import sys
from collections.abc import Iterator, Mapping
from math import ceil
from pathlib import Path
from statistics import median
from typing import NamedTuple

from rich.console import Console

from tools.bench.baseline import theirs
from tools.bench.operations import ours
from tools.bench.operations.catalogue import CATALOGUE, FOLLOWING, SAME
from tools.bench.operations.side import Side, side
from tools.leaderboard import scratch
from tools.report import Row, Section, show

_ROUNDS = 7
# A round takes about as long, and so many invocations at least.
_ROUND_SECONDS, _FEWEST, _MOST = 0.15, 3, 500

_ABOUT = (
    "Milliseconds of CPU time (user and system, all threads) of one invocation in a warm environment, which is held to "
    "one core as Lambda holds functions of up to 1.8 GB: medians of "
    f"{_ROUNDS} rounds of about {_ROUND_SECONDS:g} s. Below botocore each request gets at once the bytes that moto "
    "answered to it before, so that serialising, signing and parsing are paid for; Redis is a redis-server, whose own "
    "time is not counted. What is logged is written to the null device."
)
_THEIRS = (
    " Both sides are asked in turns, each in a process of its own with the same network and the same events, the other "
    "one with the repairs without which it fails; the ratio is the median of the rounds' ratios. Answers over the "
    "socket stand beside theirs over HTTP. The lines that begin with *and* add what the other does at once and this "
    "platform in a function of its own; in exchange that function also announces and remembers what it did."
)
_OURS = ("operation", "ms")


class Compared(NamedTuple):
    """Seconds of one invocation in each round."""

    our: tuple[float, ...]
    their: tuple[float, ...] = ()

    @property
    def ratio(self) -> float | None:
        """Ours as a part of theirs."""
        return median(our / their for our, their in zip(self.our, self.their, strict=True)) if self.their else None


def sections(against: Path | None) -> list[Section]:
    """One table for all pillars."""
    found = dict(measured(against))
    if against is None:
        rows = tuple(Row((_named(name), _ms(one.our))) for name, one in found.items())
        return [Section("CPU time of each operation", _ABOUT, _OURS, rows)]
    compared = [_row(name, one, CATALOGUE[name].ratio) for name, one in found.items() if one.their]
    compared += [_row(f"and what follows: {name}", one, None) for name, one in followed(found).items()]
    alone = [Row((_named(name), _ms(one.our), "", "", "")) for name, one in found.items() if not one.their]
    columns = (*_OURS, "the original, repaired, ms", "ratio", "at most")
    return [Section("CPU time beside the original", _ABOUT + _THEIRS, columns, (*compared, *alone))]


def measured(against: Path | None) -> Iterator[tuple[str, Compared]]:
    """Every operation that can be timed."""
    with scratch.server() as port, side(ours.operations, port) as us:
        if against is None:
            yield from _alone(us)
            return
        with side(theirs.repaired(against), port) as them:
            yield from _beside(us, them)


def followed(found: Mapping[str, Compared]) -> dict[str, Compared]:
    """The operations with their share of what follows them."""
    together = {}
    for name, (after, number) in FOLLOWING.items():
        if name in found and after in found:
            both = zip(found[name].our, found[after].our, strict=True)
            together[name] = found[name]._replace(our=tuple(our + more / number for our, more in both))
    return together


def _alone(us: Side) -> Iterator[tuple[str, Compared]]:
    while operation := us.next():
        if CATALOGUE[operation.name].timed and not operation.trouble:
            yield operation.name, _rounds(us, None)


def _beside(us: Side, them: Side) -> Iterator[tuple[str, Compared]]:
    """Both come by their operations in the same order, and the other one by fewer."""
    theirs_now = them.next()
    while operation := us.next():
        name = operation.name
        same = theirs_now is not None and theirs_now.name == SAME.get(name, name)
        works = same and theirs_now is not None and not theirs_now.trouble
        if CATALOGUE[name].timed and not operation.trouble:
            yield name, _rounds(us, them if works else None)
        if same and name not in SAME:
            theirs_now = them.next()
    if theirs_now is not None:
        raise AssertionError(f"nothing was compared with {theirs_now.name!r}")


def _rounds(us: Side, them: Side | None) -> Compared:
    our_times, their_times = _times(us), _times(them) if them else 0
    our, their = [], []
    for _ in range(_ROUNDS):
        our.append(_each(us, our_times))
        if them:
            their.append(_each(them, their_times))
    return Compared(tuple(our), tuple(their))


def _times(one: Side) -> int:
    """How often it is invoked in a round; finding that out warms it up."""
    one.spent(_FEWEST)
    return min(_MOST, max(_FEWEST, ceil(_ROUND_SECONDS / max(1e-6, _each(one, _FEWEST)))))


def _each(one: Side, times: int) -> float:
    spent = one.spent(times)
    return spent.seconds / spent.times


def _row(name: str, one: Compared, most: float | None) -> Row:
    ratio = one.ratio or 0.0
    told = name if name not in CATALOGUE else _named(name)
    cells = (told, _ms(one.our), _ms(one.their), f"{ratio:.2f}", "" if most is None else f"{most:g}")
    return Row(cells, None if most is None else ratio <= most)


def _named(name: str) -> str:
    return f"{CATALOGUE[name].pillar}: {name}"


def _ms(seconds: tuple[float, ...]) -> str:
    return f"{median(seconds) * 1000:.2f}"


def main() -> int:
    """Measure and show; 1 if a bound breaks."""
    found = sections(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    for section in found:
        show(Console(width=200), section)
    return 0 if all(section.holds for section in found) else 1


if __name__ == "__main__":
    sys.exit(main())
