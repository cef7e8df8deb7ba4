"""The formats of question files: each reads text into questions and refusals, and writes questions as text."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from quiz.questions import Question
from tools.bank.formats import gift, jsonl, moodle_xml, table
from tools.bank.results import Refusal, Result


class Format(NamedTuple):
    """How one format is read and written."""

    read: Callable[[str], list[Result]]
    write: Callable[[Iterable[Question]], str]
    suffixes: tuple[str, ...]
    # Spreadsheets take a file for UTF-8 only if it says so.
    encoding: str = "utf-8"


FORMATS = {
    "jsonl": Format(jsonl.read, jsonl.write, (".jsonl", ".ndjson")),
    "csv": Format(table.read, table.write, (".csv", ".tsv"), encoding="utf-8-sig"),
    "gift": Format(gift.read, gift.write, (".gift", ".txt")),
    "moodle-xml": Format(moodle_xml.read, moodle_xml.write, (".xml",)),
}


def format_of(path: Path, name: str | None = None) -> Format:
    """The format named, else the one that the file's name ends with."""
    if name:
        return FORMATS[name]
    for known in FORMATS.values():
        if path.suffix.lower() in known.suffixes:
            return known
    raise Refusal(f"{path.name} could be anything; name its format: --format {'|'.join(FORMATS)}")
