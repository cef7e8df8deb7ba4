r"""What stands in a cell.

A list has one item a line, or `|` between them; `\|`, `\n`, `\t`, `\s` (a space at the edge) and `\\` are plain text.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from tools.bank.numerals import NUMBER, PERCENT, from_percent
from tools.bank.results import Refusal

_EDGE = " \t\n\r"
_ESCAPES = {r"\|": "|", r"\n": "\n", r"\r": "\r", r"\t": "\t", r"\s": " ", "\\\\": "\\"}
_CHARACTERS = {character: escape for escape, character in _ESCAPES.items() if character != " "}
_ESCAPED = re.compile(r"\\[|nrts\\]")
_SEPARATOR = re.compile(r"\\[|nrts\\]|(\r?\n|\r|\|)")

# A spreadsheet takes a cell that begins like this for a formula. An apostrophe before it says that it is text.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NEGATIVE = re.compile(r"-\d+(\.\d+)?", re.ASCII)
_TRUTHS = {
    **dict.fromkeys(("true", "t", "yes", "y", "1"), True),
    **dict.fromkeys(("false", "f", "no", "n", "0"), False),
}


def write_cell(text: str) -> str:
    """The cell as text, whatever it begins with."""
    return f"'{text}" if _FORMULA.match(text) and not _NEGATIVE.fullmatch(text) else text


def read_cell(cell: str) -> str:
    """The text that was written."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def read_list(cell: str) -> list[str]:
    """The items of a list; an empty item is one that is left out."""
    if not cell.strip(_EDGE):
        return []
    items, begin = [], 0
    for found in _SEPARATOR.finditer(cell):
        if found[1] is not None:
            items.append(cell[begin : found.start()])
            begin = found.end()
    return [_unescape(item.strip(_EDGE)) for item in (*items, cell[begin:])]


def write_list(items: Iterable[str]) -> str:
    """The list as `read_list` gives it back; empty if every item is."""
    written = [_escape(item) for item in items]
    return " | ".join(written) if any(written) else ""


def read_truth(cell: str) -> bool:
    """Yes or no, in the spellings of people and spreadsheets."""
    truth = _TRUTHS.get(cell.strip().lower())
    if truth is None:
        raise Refusal(f"neither true nor false: {cell[:50]!r}")
    return truth


def read_percent(text: str) -> Decimal:
    """A percentage, with its sign, so that nobody has to guess what 0.5 means."""
    found = PERCENT.fullmatch(text)
    if not found:
        raise Refusal(f"a credit is a percentage such as 50%, not {text[:50]!r}")
    return from_percent(found[1])


def read_number(column: str, cell: str) -> Decimal:
    """The number in a cell."""
    if not NUMBER.fullmatch(cell.strip()):
        raise Refusal(f"{column}: {cell[:50]!r} is not a number")
    return Decimal(cell.strip())


def read_whole(column: str, cell: str) -> int:
    """The whole number in a cell."""
    number = read_number(column, cell)
    if number != number.to_integral_value() or abs(number) > 10**18:
        raise Refusal(f"{column}: {cell[:50]!r} is not a whole number")
    return int(number)


def _escape(item: str) -> str:
    inner = "".join(_CHARACTERS.get(character, character) for character in item)
    if inner.startswith(" "):
        inner = rf"\s{inner[1:]}"
    return rf"{inner[:-1]}\s" if inner.endswith(" ") else inner


def _unescape(item: str) -> str:
    return _ESCAPED.sub(lambda found: _ESCAPES[found[0]], item)
