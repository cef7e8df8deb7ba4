"""Short ways to read one question."""

from typing import Any

from quiz.questions import Question
from tools.bank.formats import FORMATS
from tools.bank.results import Parsed, Refused


def only(format_name: str, text: str) -> Question:
    """The one question in a text."""
    [result] = FORMATS[format_name].read(text)
    assert isinstance(result, Parsed), result
    return result.question


def refusals(format_name: str, text: str) -> list[tuple[int, str]]:
    """The lines refused, and why."""
    return [(result.line, result.reason) for result in FORMATS[format_name].read(text) if isinstance(result, Refused)]


def key(format_name: str, text: str) -> Any:
    """The key of the one question in a text."""
    return only(format_name, text).key
