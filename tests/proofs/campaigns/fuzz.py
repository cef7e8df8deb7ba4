"""Tens of thousands of requests, messages and records that mean no good, against every function that hears of them."""

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from multiprocessing import get_context
from typing import NamedTuple

from rich.console import Console

from tests.proofs.campaigns.fuzzing import envelopes
from tests.proofs.campaigns.fuzzing.counting import Count, Offence, count, together
from tests.proofs.campaigns.fuzzing.judging import DONE, FAILED, FAULTS, LEAKED, RAISED, REFUSED, WRONG
from tests.proofs.campaigns.fuzzing.playing import REQUESTS, play
from tools.leaderboard import scratch
from tools.report import Row, Section

_ABOUT = """{requests:,} requests over HTTP and WebSockets, and {events:,} events, batches and notifications between
them, go through the real handlers of all functions that hear of the outside. The HTTP requests are made of every
operation of docs/openapi.json, with ids, versions and answers out of earlier replies; half of all bodies are then
mutated or spoilt: nested up to 20,000 levels, up to 300 KB, fields doubled, missing, null or of another type, NaN and
numbers of 5,000 digits, half characters, control characters, words of SQL, templates and prototypes. In the batches
of queues and streams good records stand beside bad ones. {recorded} moto stands in for AWS, beside a real Redis, and
begins anew after every {stretch} requests; threads run in turn, and all chance follows the seed.

*Done* and *refused* count calls that went as documented: answers below 400, and errors of the client; a batch is
refused if any of its records was set aside. *5xx* counts server errors, also as messages of WebSockets, and *raised*
exceptions that leave a handler. *Wrong* are answers whose status or body is not what docs/openapi.json says of the
route, tokens let in that should not be, calls that AWS refuses where moto does not, and good records set aside or
asked for again because of others. *Leaked* are calls that told a key: every key and explanation of the bank holds
words that stand nowhere else, and each reply to a student, post to a connection, message, event and log line is
searched for those of questions that are still to be answered. To repeat one request:
`python -m tests.proofs.campaigns.fuzzing SEED NUMBER`."""
_RECORDED = "The events around them are recorded ones of AWS."
_SKETCHED = (
    f"The events around them have the shape that AWS documents; {envelopes.FOLDER} names a folder of recorded ones."
)
_COLUMNS = ("asked", "calls", "done", "refused", "5xx", "raised", "wrong", "leaked", "bound")
_BOUND = "0 of the last four"
# Too many turned away at the door would prove nothing; these are never turned away, or never let in.
_ONE_WAY = ("WebSocket connections", "alert notifications", "daily event")
_ENOUGH = 300
_MOST_SHOWN = 5


class Size(NamedTuple):
    """`processes` beyond one share the stretches."""

    requests: int
    processes: int = 1


SHORT = Size(1_500)
FULL = Size(50_000, processes=2)


def run(size: Size, seed: int) -> Section:
    """Play all stretches, and print the first request of each kind and line that offends."""
    counted = _counted(size, seed)
    for offence in {(each.row, each.kind): each for each in reversed(counted.offences)}.values():
        _show(offence, seed)
    return section(size, seed, counted)


def section(size: Size, seed: int, counted: Count) -> Section:
    """The table."""
    rows = sorted(counted.calls, key=lambda row: (not row.startswith("/"), row))
    about = _ABOUT.format(
        requests=size.requests,
        events=counted.calls.total() - size.requests,
        recorded=_RECORDED if envelopes.are_recorded() else _SKETCHED,
        stretch=REQUESTS,
    )
    return Section("Hostile requests and messages", about, _COLUMNS, tuple(_row(row, seed, counted) for row in rows))


def _counted(size: Size, seed: int) -> Count:
    firsts = range(0, size.requests, REQUESTS)
    if size.processes == 1:
        return _played(seed, firsts)
    # Nothing of this process is taken along: handlers keep clients, and Redis has to be one's own.
    with ProcessPoolExecutor(size.processes, mp_context=get_context("spawn")) as pool:
        shares = [firsts[start :: size.processes] for start in range(size.processes)]
        return together(pool.map(_played, [seed] * len(shares), shares))


def _played(seed: int, firsts: Iterable[int]) -> Count:
    with scratch.server() as redis_port:
        return count(chain.from_iterable(play(seed, first, redis_port) for first in firsts))


def _row(row: str, seed: int, counted: Count) -> Row:
    numbers = {kind: counted.verdicts[row, kind] for kind in (DONE, REFUSED, FAILED, RAISED, WRONG, LEAKED)}
    offences = [offence for offence in counted.offences if offence.row == row]
    is_one_way = counted.calls[row] >= _ENOUGH and row not in _ONE_WAY and not (numbers[DONE] and numbers[REFUSED])
    holds = not any(numbers[kind] for kind in FAULTS) and not is_one_way
    named = "; ".join(f"request {offence.number} {offence.kind}" for offence in offences[:_MOST_SHOWN])
    name = f"{row} (seed {seed}: {named})" if named else row
    return Row((name, f"{counted.calls[row]:,}", *(f"{number:,}" for number in numbers.values()), _BOUND), holds)


def _show(offence: Offence, seed: int) -> None:
    console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    console.print(f"seed {seed}, request {offence.number}, {offence.row}: {offence.kind}\n{offence.why}")
    console.print(f"asked: {offence.event}\nanswered: {offence.response}\n")
