"""Numbers, times and texts as they are said to people. Nothing in here fails, whatever it is given."""

import math
from datetime import UTC, datetime

_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
_SUFFIXES = {1: "st", 2: "nd", 3: "rd"}
# Up to here every whole number is one that a float can hold.
_MOST_EXACT = 2.0**53


def printable(text: str) -> str:
    """The text without what no topic, console or chat would take: control characters and halves of characters."""
    return "".join(_printable(character) for character in text)


def one_line(text: str) -> str:
    """All of it in one line, with single blanks."""
    return " ".join(printable(text).split())


def cut(text: str, most: int) -> str:
    """The text in one line of at most so many characters; three dots tell that there was more."""
    line = one_line(text)
    return line if len(line) <= most else f"{line[: most - 3].rstrip()}..."


def duration(seconds: float) -> str:
    """Such as 45 seconds, 12 minutes or 2 hours 5 minutes: the largest unit that fits, and the one below it."""
    left = max(0, round(seconds)) if math.isfinite(seconds) else 0
    for position, (unit, size) in enumerate(_UNITS):
        if left >= size:
            smaller, size_of_smaller = _UNITS[min(position + 1, len(_UNITS) - 1)]
            rest = left % size // size_of_smaller
            # Nobody needs the seconds beside the minutes.
            exact = rest and unit not in ("minute", "second")
            whole = _counted(left // size, unit)
            return f"{whole} {_counted(rest, smaller)}" if exact else whole
    return "0 seconds"


def number(value: float) -> str:
    """Whole numbers as such, large ones with one decimal, others with four digits that matter."""
    if not 1_000 <= abs(value) < _MOST_EXACT:
        # Plus nothing, which turns -0 into 0.
        return f"{value + 0.0:.4g}"
    return f"{value:.1f}".removesuffix(".0")


def ordinal(position: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th."""
    suffix = "th" if position % 100 in (11, 12, 13) else _SUFFIXES.get(position % 10, "th")
    return f"{position}{suffix}"


def moment(when: datetime) -> str:
    """Date and time of day in UTC, to the second."""
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def time_of_day(when: datetime) -> str:
    """Time of day in UTC, to the second."""
    return f"{when.astimezone(UTC):%H:%M:%S}"


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _printable(character: str) -> str:
    if character.isprintable() or character == "\n":
        return character
    return " " if character.isspace() else "\N{REPLACEMENT CHARACTER}"
