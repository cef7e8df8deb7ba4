"""What was measured or proved: sections of rows, shown on the terminal and written into a document alike."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.console import Console
from rich.table import Table
from rich.text import Text


class Row(NamedTuple):
    """One line of a table; `holds` is None where nothing was promised."""

    cells: tuple[str, ...]
    holds: bool | None = None


class Section(NamedTuple):
    """A table with what it is about. `pictures` are paths from the document that holds it."""

    title: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    pictures: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing that was promised is broken."""
        return all(row.holds is not False for row in self.rows)


_WORDS = {True: "holds", False: "**broken**", None: ""}
_COLOURED = {True: "[green]holds[/]", False: "[red]broken[/]", None: ""}


def show(console: Console, section: Section) -> None:
    """Print a section."""
    table = Table(*section.columns, "", title=section.title, title_justify="left")
    for row in section.rows:
        table.add_row(*map(Text, row.cells), _COLOURED[row.holds])
    console.print(table, Text(" ".join(section.about.split())), "")


def markdown(sections: Sequence[Section]) -> str:
    """The sections as chapters of a document."""
    return "\n\n".join(map(_chapter, sections)) + "\n"


def _chapter(section: Section) -> str:
    lines = [_line((*section.columns, "")), _line(("---",) * (len(section.columns) + 1))]
    lines += [_line((*row.cells, _WORDS[row.holds])) for row in section.rows]
    pictures = [f"![{section.title}]({path})" for path in section.pictures]
    return "\n\n".join([f"## {section.title}", section.about, "\n".join(lines), *pictures])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"
