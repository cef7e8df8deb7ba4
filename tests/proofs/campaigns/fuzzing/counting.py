"""Counts what became of calls, and keeps the first of those that should not have gone as they did."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tests.proofs.campaigns.fuzzing.judging import FAULTS
from tests.proofs.campaigns.fuzzing.playing import Outcome
from tests.proofs.campaigns.fuzzing.requests import told

_MOST_KEPT = 3


class Offence(NamedTuple):
    """A call that broke a promise, with all that is needed to understand it."""

    row: str
    number: int
    kind: str
    why: str
    event: str
    response: str


class Count(NamedTuple):
    """By row of the table and kind of verdict, and the first offences of each."""

    verdicts: "Counter[tuple[str, str]]"
    calls: "Counter[str]"
    offences: tuple[Offence, ...]


def count(outcomes: Iterable[Outcome]) -> Count:
    """What became of them."""
    verdicts: Counter[tuple[str, str]] = Counter()
    calls: Counter[str] = Counter()
    offences: list[Offence] = []
    for number, asked, response, judged in outcomes:
        calls[asked.row] += 1
        # Of several leaks in one answer, the row counts one.
        for kind, why in {each.kind: each.why for each in judged}.items():
            verdicts[asked.row, kind] += 1
            if kind in FAULTS and verdicts[asked.row, kind] <= _MOST_KEPT:
                offences.append(Offence(asked.row, number, kind, why, told(asked.event), str(response)[:2_000]))
    return Count(verdicts, calls, tuple(offences))


def together(counts: Iterable[Count]) -> Count:
    """Several counts as one."""
    verdicts: Counter[tuple[str, str]] = Counter()
    calls: Counter[str] = Counter()
    offences: list[Offence] = []
    for each in counts:
        verdicts += each.verdicts
        calls += each.calls
        offences += each.offences
    return Count(verdicts, calls, tuple(sorted(offences, key=lambda offence: offence.number)))
