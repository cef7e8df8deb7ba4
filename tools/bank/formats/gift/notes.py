r"""What GIFT has no words for, in comment lines: `// [id:q1] [tag:history] [difficulty:3]`.

Moodle reads `id` and `tag` there, and `\]` as a bracket; the other names are ours and tell Moodle nothing.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from tools.bank.formats.gift.escapes import SPACE
from tools.bank.numerals import NUMBER
from tools.bank.results import Refusal

# A bracket inside a note is escaped, so that no search for the end of one passes the beginning of the next.
_NOTE = re.compile(r"\[([a-z_]+):((?:\\.|[^\[\]\\\n])*)\]")
_ESCAPED = re.compile(r"\\(?:([\\\[\]])|u\{([0-9a-f]{1,5})\})")
_ODD = re.compile(r"^[ ]|[ ]$|[\\\[\]]|[^\S ]|[^ -~]")

# The field of the question that each note states.
_FIELDS = {
    "id": "question_id",
    "version": "version",
    "difficulty": "difficulty",
    "points": "points",
    "category": "category",
    "media": "media_key",
    "explanation": "explanation",
    "exact": "exact",
}


class Notes:
    """The notes of one question."""

    def __init__(self, comments: str) -> None:
        found = [(name, _unescape(value.strip(SPACE))) for name, value in _NOTE.findall(comments)]
        # Like Moodle, the first of several counts.
        self.values: Mapping[str, str] = dict(reversed(found))
        self.tags = [value for name, value in found if name == "tag"]

    def fields(self) -> dict[str, Any]:
        """Fields of the question that stand in the notes as they are."""
        said: dict[str, Any] = {
            field: _value(name, self.values[name]) for name, field in _FIELDS.items() if name in self.values
        }
        return {**said, "tags": self.tags} if self.tags else said

    def words(self, name: str) -> list[str] | None:
        """The ids that a note lists; None without the note."""
        return self.values[name].split() if name in self.values else None


def write_notes(notes: Iterable[tuple[str, Any]]) -> str:
    """The comment line with these notes; empty without any."""
    written = " ".join(f"[{name}:{_escape(str(value))}]" for name, value in notes)
    return f"// {written}\n" if written else ""


def _value(name: str, text: str) -> Any:
    if name in ("version", "difficulty"):
        if not (text.isascii() and text.isdigit() and len(text) < 20):
            raise Refusal(f"[{name}:{text[:50]}] is not a whole number")
        return int(text)
    if name == "points":
        if not NUMBER.fullmatch(text):
            raise Refusal(f"[points:{text[:50]}] is not a number")
        return Decimal(text)
    return text


def _escape(text: str) -> str:
    return _ODD.sub(_escape_one, text)


def _escape_one(found: re.Match[str]) -> str:
    character = found[0]
    if character in "\\[]":
        return f"\\{character}"
    return character if character.isprintable() and character != " " else f"\\u{{{ord(character):x}}}"


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda found: found[1] or _character(int(found[2], 16)) or found[0], text)


def _character(code: int) -> str:
    # Halves of characters that lie beyond 16 bits are no text.
    return "" if 0xD800 <= code < 0xE000 else chr(code)
