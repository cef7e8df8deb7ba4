"""Display names: one spelling for what looks the same, and no two alike in a game."""

import unicodedata
from typing import Annotated

from msgspec import Meta, Struct

from quiz.errors import InvalidInput
from quiz.scoring import normalise

MOST_CHARACTERS = 40
# Letters that show nothing, or turn the text around them.
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# What joins letters of some scripts, and emoji, is a format character too.
_JOINERS = {"\u200c", "\u200d"}
# Letters and marks by their category that show nothing either: fillers, the empty braille cell, a joiner of graphemes.
_BLANK = set("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_VARIANTS = {chr(code) for code in range(0xFE00, 0xFE10)}
# Letters, numbers, punctuation and symbols; a mark alone is no name.
_SEEN = "LNPS"


class UserInfo(Struct, frozen=True, forbid_unknown_fields=True):
    """What a player says of themselves."""

    name: Annotated[str, Meta(min_length=1, max_length=200, description="1 to 40 characters that can be seen.")]


def display_name(given: str) -> str:
    """The name as everybody will see it."""
    kept = (c for c in given if c not in _BLANK and (_is_visible(c) or c in _JOINERS or c.isspace()))
    name = " ".join(unicodedata.normalize("NFKC", "".join(kept)).split())
    if not any(unicodedata.category(c)[0] in _SEEN for c in name) or len(name) > MOST_CHARACTERS:
        raise InvalidInput(f"a name has 1 to {MOST_CHARACTERS} characters that can be seen - at `$.user_info.name`")
    return name


def numbered(name: str, number: int) -> str:
    """The name of the so-manieth player who wants it; the first gets it as it is."""
    if number < 2:
        return name
    suffix = f" {number}"
    return name[: MOST_CHARACTERS - len(suffix)].rstrip() + suffix


def name_key(name: str) -> str:
    """Equal for names that people would take for the same."""
    return normalise("".join(c for c in name if c not in _JOINERS | _VARIANTS))


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in _INVISIBLE
