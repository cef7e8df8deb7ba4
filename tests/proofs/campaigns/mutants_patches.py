"""The deliberate mistakes: patches whose first lines say which invariant they break and which tests have to see it."""

from pathlib import Path
from typing import NamedTuple

from tools.paths import ROOT

FOLDER = ROOT / "tests" / "proofs" / "mutants"


class Mutant(NamedTuple):
    """One mistake. `caught_by` are files of tests."""

    patch: Path
    invariant: int
    breaks: str
    caught_by: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the patch is called."""
        return self.patch.stem


def mutants() -> list[Mutant]:
    """All of them, by name, which begins with the invariant."""
    return [_read(patch) for patch in sorted(FOLDER.glob("*.patch"))]


def _read(patch: Path) -> Mutant:
    head = patch.read_text().partition("\n\n")[0]
    told = dict(line.split(": ", 1) for line in head.splitlines())
    return Mutant(patch, int(told["Invariant"]), told["Breaks"], tuple(told["Caught by"].split()))
