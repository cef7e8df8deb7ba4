r"""The characters that mean something in GIFT, and how to write them as themselves.

Moodle knows `\~ \= \# \{ \} \: \n` and `\\`. A backslash before anything else is just that, but for one
escape of our own: `-\>` in an answer is an arrow that matches nothing to anything.
"""

import re
from collections.abc import Iterator

# What Moodle trims: no other space, however it looks.
SPACE = " \t\n\r\0\x0b"

_ESCAPED = r"\\[\\:#={}~n>]"
# A carriage return has no escape, and as it is would part lines; Moodle drops it, too.
_SPECIAL = re.compile(r"[\\:#={}~\n\r]")
_WRITTEN = {"\n": r"\n", "\r": ""}
_ESCAPE = re.compile(_ESCAPED)
_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]")


def escape(text: str) -> str:
    """The text with every special character written as itself."""
    return _SPECIAL.sub(lambda found: _WRITTEN.get(found[0], f"\\{found[0]}"), text)


def unescape(raw: str) -> str:
    """The text that was escaped."""
    return _ESCAPE.sub(lambda found: "\n" if found[0] == r"\n" else found[0][1], raw)


def unescaped(marks: str) -> re.Pattern[str]:
    """A pattern that `find` looks for, passing over everything escaped."""
    return re.compile(rf"{_ESCAPED}|({marks})")


def find(pattern: re.Pattern[str], raw: str) -> Iterator[re.Match[str]]:
    """Where the marks of a pattern stand unescaped."""
    return (found for found in pattern.finditer(raw) if found[1] is not None)


def cut(pattern: re.Pattern[str], raw: str, most: int = 1) -> list[str]:
    """The pieces between the first marks of a pattern."""
    pieces: list[str] = []
    begin = 0
    for found in find(pattern, raw):
        if len(pieces) == most:
            break
        pieces.append(raw[begin : found.start()])
        begin = found.end()
    return [*pieces, raw[begin:]]


def read_text(raw: str) -> tuple[str, str | None]:
    """The text, and the format that it states for itself."""
    raw = raw.strip(SPACE)
    stated = _FORMAT.match(raw)
    if stated:
        raw = raw[stated.end() :].strip(SPACE)
    return unescape(raw), stated[1] if stated else None


def write_text(text: str, text_format: str) -> str:
    """The text as `read_text` gives it back; the format is stated only where the text looks as if it did."""
    return f"[{text_format}]{escape(text)}" if _FORMAT.match(text) else escape(text)


def write_answer(text: str, text_format: str) -> str:
    """The text as it may stand among answers."""
    return write_text(text, text_format).replace("->", r"-\>")
