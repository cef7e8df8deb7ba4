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


class UserInfo(Struct, frozen=True, forbid_unknown_fields=True):
    """What a player says of themselves."""

    name: Annotated[str, Meta(min_length=1, max_length=200, description="1 to 40 characters that can be seen.")]


def display_name(given: str) -> str:
    """The name as everybody will see it."""
    kept = (c for c in given if unicodedata.category(c) not in _INVISIBLE or c in _JOINERS or c.isspace())
    name = " ".join(unicodedata.normalize("NFKC", "".join(kept)).split())
    if not name.strip("".join(_JOINERS)) or len(name) > MOST_CHARACTERS:
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
    return normalise(name)
