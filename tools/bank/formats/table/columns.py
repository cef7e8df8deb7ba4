"""The columns of a table of questions, and how a row becomes a question's fields."""

from tools.bank.answers import Fields
from tools.bank.formats.table.cells import read_cell, read_list, read_number, read_whole
from tools.bank.formats.table.keys import KEYS, Row
from tools.bank.results import Refusal

COLUMNS = (
    "id",
    "type",
    "text",
    "options",
    "correct",
    "credit",
    "feedback",
    "explanation",
    "category",
    "difficulty",
    "points",
    "tags",
    "title",
    "text_format",
    "partial_credit",
    "case_sensitive",
    "distractors",
    "option_ids",
    "media_key",
    "version",
    "exact",
)
_AS_THEY_STAND = {"id": "question_id", **{name: name for name in ("explanation", "category", "title", "media_key")}}


def fields(row: Row) -> Fields:
    """The fields of the question in a row; an empty cell leaves a field at its default."""
    row = {name: read_cell(cell) for name, cell in row.items() if cell}
    kind = "_".join(row.get("type", "").lower().replace("-", " ").split())
    if kind not in KEYS:
        raise Refusal(f"type is one of {', '.join(KEYS)}, not {kind[:50]!r}")
    said: Fields = {"text": row.get("text", ""), **KEYS[kind](row)}
    said |= {field: row[column] for column, field in _AS_THEY_STAND.items() if column in row}
    said |= {name: read_whole(name, row[name]) for name in ("difficulty", "version") if name in row}
    if "points" in row:
        said["points"] = read_number("points", row["points"])
    if "text_format" in row:
        said["text_format"] = row["text_format"].strip().lower()
    if "exact" in row:
        said["exact"] = row["exact"]
    return {**said, "tags": read_list(row.get("tags", ""))}
