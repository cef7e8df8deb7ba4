"""Answers as a client sends them: any JSON value by question id, in one canonical spelling.

An answer of the wrong type is scored as wrong, not refused with everything beside it.
"""

import hashlib
from collections.abc import Mapping
from decimal import Context, Decimal
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from quiz.errors import InvalidInput
from quiz.numbers import MOST_DIGITS

Answers = Annotated[
    dict[Annotated[str, Meta(min_length=1, max_length=128)], Any],
    Meta(max_length=1000, description="Answer by question id; an id the quiz does not hold is reported, not scored."),
]

# Answers deeper than this come from no quiz.
_MOST_LEVELS = 16
_DIGITS = Context(prec=MOST_DIGITS)
_encoder = msgspec.json.Encoder(order="sorted", decimal_format="number")


def canonical(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The same answers with one spelling for equal numbers, and without nulls: those are not answered."""
    return {question_id: _canonical(answer) for question_id, answer in answers.items() if answer is not None}


def to_json(answers: Mapping[str, Any]) -> str:
    """One text for equal answers, if they are canonical."""
    return _encoder.encode(answers).decode()


def fingerprint(quiz_id: str, answers_json: str) -> str:
    """Equal for a resend, different for other answers or another quiz."""
    return hashlib.sha256(f"{quiz_id}\n{answers_json}".encode()).hexdigest()


def _canonical(value: Any, level: int = 1) -> Any:
    if level > _MOST_LEVELS:
        raise InvalidInput(f"nested deeper than {_MOST_LEVELS} levels - at `$.answers`")
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value.normalize(_DIGITS)
    if isinstance(value, dict):
        return {key: _canonical(item, level + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_canonical(item, level + 1) for item in value]
    return value
