"""A deliberate mistake against each invariant: the tests that exist for it have to see it."""

import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

from tests.proofs.campaigns.mutants_copy import Copy, Verdict
from tests.proofs.campaigns.mutants_patches import Mutant, mutants
from tools.report import Row, Section

_ABOUT = """Each mutant is a patch of one mistake, kept in `tests/proofs/mutants/`. It is applied to a copy of the
checkout, in which the files of tests that it names are run: without it all of them pass, with it at least one test has
to fail by itself, which one that cannot be collected does not. The first that failed is shown, and how many more did
before the run was stopped after three. What ran were {number} of {all} mutants, chosen by seed {seed}, {at_once} at a
time."""


class Size(NamedTuple):
    """How many mutants, and how many at a time."""

    mutants: int
    at_once: int = 2


SHORT = Size(mutants=3)
FULL = Size(mutants=1_000)


class Copies:
    """As many copies as there are threads; whoever needs one waits for one."""

    def __init__(self, home: Path, number: int) -> None:
        self._free: SimpleQueue[Copy] = SimpleQueue()
        for each in range(number):
            self._free.put(Copy(home / f"copy-{each}"))

    @contextmanager
    def one(self, patch: Path | None = None) -> Iterator[Copy]:
        """A copy with this mistake in it."""
        copy = self._free.get()
        try:
            with copy.patched(patch) if patch else nullcontext():
                yield copy
        finally:
            self._free.put(copy)


def run(size: Size, seed: int) -> Section:
    """Make the mistakes and see who sees them."""
    known = mutants()
    chosen = sorted(random.Random(seed).sample(known, min(size.mutants, len(known))))
    with tempfile.TemporaryDirectory(prefix="mutants-") as home, ThreadPoolExecutor(size.at_once) as pool:
        copies = Copies(Path(home), size.at_once)
        halves = _shares(sorted({file for mutant in chosen for file in mutant.caught_by}), size.at_once)
        unpatched = list(pool.map(lambda files: _tested(copies, None, files), halves))
        verdicts = list(pool.map(lambda mutant: _tested(copies, mutant.patch, mutant.caught_by), chosen))
    about = _ABOUT.format(number=len(chosen), all=len(known), seed=seed, at_once=size.at_once)
    columns = ("mutant", "invariant", "what is wrong", "bound", "caught by", "seconds")
    rows = [_without(verdict, seed) for verdict in unpatched] + list(map(_judged(seed), chosen, verdicts))
    return Section("Mutants", about, columns, tuple(rows))


def _tested(copies: Copies, patch: Path | None, files: Sequence[str]) -> Verdict:
    with copies.one(patch) as copy:
        return copy.test(files)


def _shares(files: Sequence[str], number: int) -> list[Sequence[str]]:
    return [share for start in range(number) if (share := files[start::number])]


def _without(verdict: Verdict, seed: int) -> Row:
    seen = f"{verdict.tests:,} passed" if verdict.passed else f"seed {seed}: {verdict.said} {verdict.failed}"
    return Row(("none", "", "nothing", "all pass", seen, f"{verdict.seconds:.0f}"), verdict.passed)


def _judged(seed: int) -> Callable[[Mutant, Verdict], Row]:
    def row(mutant: Mutant, verdict: Verdict) -> Row:
        more = f" and {len(verdict.failed) - 1} more" if len(verdict.failed) > 1 else ""
        seen = f"{verdict.failed[0]}{more}" if verdict.caught else f"nobody (seed {seed}): {verdict.said}"
        cells = (mutant.name, str(mutant.invariant), mutant.breaks, "killed", seen, f"{verdict.seconds:.0f}")
        return Row(cells, verdict.caught)

    return row
