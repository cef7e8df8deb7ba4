"""Text from the bytes of a file, in the encodings that teachers' programs write."""

import codecs

from tools.bank.results import Refusal

_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}

# In UTF-16, spaces, digits and everything that marks up a file have a byte of zero, always on the same side.
_FEWEST_ZEROS = 0.02


def decode(data: bytes) -> str:
    """UTF-8 or UTF-16, with or without a mark at the beginning, else Windows-1252."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    if unmarked := _utf16_without_mark(data):
        return _strictly(data, unmarked)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(data, "cp1252")


def _utf16_without_mark(data: bytes) -> str | None:
    zeros = data.count(0)
    if len(data) % 2 or zeros <= _FEWEST_ZEROS * len(data):
        return None
    if not data[::2].count(0):
        return "utf-16-le"
    return None if data[1::2].count(0) else "utf-16-be"


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refusal(f"the text is neither UTF-8 nor UTF-16 nor Windows-1252: {error}") from error
