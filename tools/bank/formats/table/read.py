"""Read a table: a heading, then a row for each question."""

import csv
import io
import sys
from collections.abc import Iterator

from tools.bank.formats.table.columns import COLUMNS, fields
from tools.bank.results import Refusal, Refused, Result, finish

_DELIMITERS = ",;\t"


def read(text: str) -> list[Result]:
    """Every row that is not blank."""
    hint, _, rest = text.partition("\n")
    # Excel writes and wants this line where the delimiter is not its own.
    skipped = hint.lower().startswith("sep=")
    rows = _rows(rest if skipped else text, first=2 if skipped else 1)
    try:
        heading_line, heading = next(rows, (1, []))
        columns = _columns(heading)
    except Refusal as refusal:
        return [Refused(heading_line, str(refusal))]
    return [_read_row(line, columns, row) for line, row in rows]


def _rows(text: str, first: int) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not blank, with the line that it begins on."""
    # The module has one limit for everybody, far below what a question may hold.
    csv.field_size_limit(sys.maxsize)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    line = first
    for row in reader:
        if any(cell.strip() for cell in row):
            yield line, row
        line = first + reader.line_num


def _delimiter(text: str) -> str:
    heading = text.lstrip().partition("\n")[0]
    return max(_DELIMITERS, key=heading.count)


def _columns(heading: list[str]) -> list[str]:
    """The names of the columns. A misspelt one would lose what stands in it, so nothing is read then."""
    columns = ["_".join(name.strip().lower().split()) for name in heading]
    known = [name for name in columns if name and not name.startswith("_")]
    if strangers := sorted(set(known) - set(COLUMNS)):
        raise Refusal(f"unknown columns: {', '.join(strangers)[:200]} (a name that begins with _ is left alone)")
    if len(set(known)) < len(known):
        raise Refusal("two columns have the same name")
    if missing := [name for name in ("type", "text") if name not in known]:
        raise Refusal(f"the table lacks the columns: {', '.join(missing)}")
    return columns


def _read_row(line: int, columns: list[str], row: list[str]) -> Result:
    if any(cell.strip() for cell in row[len(columns) :]):
        return Refused(line, "there are more cells than columns; a cell with the delimiter in it needs quotes")
    cells = {name: cell for name, cell in zip(columns, row, strict=False) if name in COLUMNS}
    try:
        return finish(fields(cells), line)
    except Refusal as refusal:
        return Refused(line, str(refusal))
