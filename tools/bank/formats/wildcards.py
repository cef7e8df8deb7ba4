r"""Moodle compares short answers as patterns, where `*` stands for anything and `\*` for itself; keys here do not."""

import re

from tools.bank.results import Refusal

_WILDCARD = re.compile(r"(?<!\\)\*")


def without_wildcards(text: str) -> str:
    """The wording that a pattern without wildcards stands for."""
    if _WILDCARD.search(text):
        raise Refusal("wildcard: * stands for any text, and keys here are wordings")
    return text.replace(r"\*", "*")


def as_pattern(text: str) -> str:
    """The pattern that matches this wording alone."""
    return text.replace("*", r"\*")
