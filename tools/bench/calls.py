"""What each operation asks of AWS and Redis in a warm environment; alone: `python -m tools.bench.calls [DIR]`."""

import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from tools.bench.baseline import theirs
from tools.bench.operations import ours
from tools.bench.operations.asked import Counted
from tools.bench.operations.catalogue import CATALOGUE, SAME, Promise
from tools.bench.operations.side import Operations, side
from tools.leaderboard import scratch
from tools.report import Row, Section, show

_ABOUT = (
    "The functions themselves, invoked in one process that is warm; moto answers below botocore, and a redis-server of "
    "its own stands for the cache. Counted is every request that leaves botocore, retries and all, and every command "
    "that is sent to Redis, those with which a connection begins included. Two numbers are what the least and the most "
    "demanding of several invocations needed."
)
_THEIRS = (
    " Beside it the other implementation, asked the same: as it is written, and where that fails, with the smallest "
    "repair with which it works (`tools/bench/baseline/repairs.py`)."
)
_OURS = ("operation", "AWS calls", "Redis", "at most")
_LONGEST = 110


def sections(against: Path | None) -> list[Section]:
    """One table for all pillars."""
    with scratch.server() as port:
        found = counted(ours.operations, port)
        written = counted(theirs.as_written(against), port) if against else {}
        repaired = counted(theirs.repaired(against), port) if against else {}
    if missing := CATALOGUE.keys() ^ found.keys():
        raise AssertionError(f"the catalogue holds something else: {sorted(missing)}")
    rows = tuple(_row(name, promise, found, written, repaired) for name, promise in CATALOGUE.items())
    if against is None:
        alone = tuple(row._replace(cells=row.cells[: len(_OURS)]) for row in rows)
        return [Section("Calls of each operation", _ABOUT, _OURS, alone)]
    columns = (*_OURS, "as it is written", "repaired")
    return [Section("Calls of each operation, beside the original", _ABOUT + _THEIRS, columns, rows)]


def counted(operations: Operations, redis_port: int) -> dict[str, Counted]:
    """All operations of a side by name."""
    found = {}
    with side(operations, redis_port) as one:
        while operation := one.next():
            found[operation.name] = operation
    return found


def _row(
    name: str,
    promise: Promise,
    found: Mapping[str, Counted],
    written: Mapping[str, Counted],
    repaired: Mapping[str, Counted],
) -> Row:
    our = found[name]
    other = SAME.get(name, name)
    first, second = written.get(other), repaired.get(other)
    cells = (
        f"{promise.pillar}: {name}",
        our.trouble or calls(our),
        commands(our),
        promised(promise),
        "" if first is None else verdict(first),
        "" if first is None or second is None or not first.trouble else f"repaired: {verdict(second)}",
    )
    return Row(cells, holds(our, promise))


def holds(our: Counted, promise: Promise) -> bool | None:
    """Whether it works, and with no more calls than promised."""
    if our.trouble:
        return False
    if promise.aws is None:
        return None
    few_enough = our.fewest <= promise.aws and our.most <= promise.aws + promise.sometimes
    return few_enough and max(map(_total, our.redis), default=0) <= promise.redis


def promised(promise: Promise) -> str:
    """The bound in words."""
    if promise.aws is None:
        return ""
    redis = f", Redis {promise.redis}" if promise.redis else ""
    sometimes = f", sometimes {promise.aws + promise.sometimes}" if promise.sometimes else ""
    return f"{promise.aws}{sometimes}{redis}"


def verdict(counted: Counted) -> str:
    """What another implementation asked for, or what went wrong."""
    if counted.trouble:
        return f"fails: {shortened(counted.trouble)}"
    sent = commands(counted)
    return f"{calls(counted)}; Redis {sent}" if sent != "0" else calls(counted)


def calls(counted: Counted) -> str:
    """How many, and which."""
    number = str(counted.fewest) if counted.fewest == counted.most else f"{counted.fewest} to {counted.most}"
    return _named(number, max(counted.aws, key=_total, default={}))


def commands(counted: Counted) -> str:
    """The same of Redis."""
    most = max(counted.redis, key=_total, default={})
    return _named(str(_total(most)), most)


def shortened(text: str) -> str:
    """As much of an error as fits into a table."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}..."


def _named(number: str, which: Mapping[str, int]) -> str:
    named = Counter({name.removeprefix("dynamodb.").replace(".", " "): times for name, times in which.items()})
    told = ", ".join(name if times == 1 else f"{times} {name}" for name, times in named.items())
    return f"{number}: {told}" if told else number


def _total(calls: Mapping[str, int]) -> int:
    return sum(calls.values())


def main() -> int:
    """Measure and show; 1 if more is asked for than promised."""
    found = sections(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    for section in found:
        show(Console(width=200), section)
    return 0 if all(section.holds for section in found) else 1


if __name__ == "__main__":
    sys.exit(main())
