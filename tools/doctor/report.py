"""What was found: areas that are looked at, and what is wrong in them."""

from collections.abc import Iterable, Mapping
from enum import IntEnum
from pathlib import Path
from typing import Any

from msgspec import Struct

from tools.paths import ROOT

_RUNBOOKS = ROOT / "docs" / "runbooks"


class Urgency(IntEnum):
    """In which order things are looked at: what makes other things fail comes before what follows from it."""

    ENTRANCE = 1
    TABLE = 2
    FUNCTION = 3
    MAPPING = 4
    API = 5
    PAGE = 6
    DEAD_LETTERS = 7
    QUEUE = 8
    CACHE = 9
    NOBODY_HEARS = 10
    SCHEDULE = 11
    HEALTH = 12
    ERRORS = 13
    TICKET = 14
    NO_ANSWER = 15
    ODD = 16


class Problem(Struct, frozen=True):
    """One thing that is wrong: what, how to begin, and the page about it."""

    urgency: Urgency
    what: str
    command: str = ""
    runbook: str = ""

    @property
    def is_mild(self) -> bool:
        """Whether it can wait until morning."""
        return self.urgency >= Urgency.SCHEDULE


class Area(Struct, frozen=True):
    """One kind of thing, all of it: in a few words, what is wrong, and numbers for machines."""

    name: str
    summary: str
    problems: tuple[Problem, ...] = ()
    facts: Mapping[str, Any] = {}


class Report(Struct, frozen=True):
    """A whole page."""

    environment: str
    checked_at: str
    seconds: float
    areas: tuple[Area, ...]

    @property
    def problems(self) -> list[Problem]:
        """All of them, the most urgent first."""
        found = [problem for area in self.areas for problem in area.problems]
        return sorted(found, key=lambda problem: problem.urgency)


def runbook(name: str) -> str:
    """Where the page of this name is, empty if there is none: an alarm may be newer than this checkout."""
    page = _RUNBOOKS / f"{Path(name).stem}.md"
    return str(page.relative_to(ROOT)) if name and page.exists() else ""


def some_of(number: int, name: str) -> str:
    """So many of them."""
    return f"{number:,} {name}{'' if number == 1 else 's'}"


def some(names: Iterable[str], most: int = 4) -> str:
    """A few of the names, and how many more there are."""
    known = list(names)
    more = f" and {len(known) - most} more" if len(known) > most else ""
    return ", ".join(known[:most]) + more
