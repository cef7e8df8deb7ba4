"""docs/game-days.md: what each fault must raise, which the days are held to; and what they measured."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from tests.proofs.game_days.definitions import PREFIX
from tools.paths import LOCAL, ROOT

PAGE = ROOT / "docs" / "game-days.md"
MEASURED = LOCAL / "game-days.md"
_HEADER = "| Fault | Metric | Alarm | People read | Within (s) | How it is injected |"
_HEADINGS = ("Fault", "Metric", "Seen", "Alarm", "People read", "Detected (s)", "Over (s)")
# Of a row whose alarm is told by a page that rings already, or of one without an alarm.
SAME_PAGE, NO_ALARM = "the same page", "none"


@dataclass(frozen=True)
class Row:
    """What is promised of a fault: an alarm that it raises, or none where the health check tells people itself."""

    fault: str
    metric: str
    alarm: str
    message: str
    within: float
    injected: str


@dataclass(frozen=True)
class Measured:
    """What came of it."""

    fault: str
    metric: str
    seen: str
    alarm: str
    message: str
    detected: str
    over: str


def first_line(message: str) -> re.Pattern[str]:
    """What people read of a message in the local environment; three dots are whatever stands there."""
    quoted = re.escape(message.replace("quiz-ENV", PREFIX))
    return re.compile(quoted.replace(re.escape("…"), ".+"))


def rows() -> list[Row]:
    """The table of the page."""
    _, found, table = PAGE.read_text().partition(_HEADER)
    assert found, f"{PAGE} has no table of faults"
    lines = table.strip().splitlines()[1:]
    kept = lines[: next((number for number, line in enumerate(lines) if not line.startswith("|")), len(lines))]
    return [_row([cell.strip().strip("`") for cell in line.strip("|").split("|")]) for line in kept]


def _row(cells: Sequence[str]) -> Row:
    fault, metric, alarm, message, within, injected = cells
    return Row(fault, metric, alarm, message, float(within), injected)


def table(measured: Iterable[Measured]) -> str:
    """What was measured, as text that can be read as it is."""
    lines = [_HEADINGS, *([getattr(one, field.name) for field in fields(one)] for one in measured)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEADINGS))]
    drawn = [" | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    return "\n".join(f"| {line} |" for line in [drawn[0], " | ".join("-" * width for width in widths), *drawn[1:]])
