"""JSON Lines: one question a line, as the platform itself holds it."""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import msgspec

from quiz.questions import Question
from tools.bank.results import Refused, Result, finish


def read(text: str) -> list[Result]:
    """Each line that is not blank."""
    return [_read_line(line, number) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]


def write(questions: Iterable[Question]) -> str:
    """A line for each question; what has its default value is left out."""
    return "".join(f"{json.dumps(_said(question), ensure_ascii=False)}\n" for question in questions)


def _read_line(line: str, number: int) -> Result:
    try:
        fields: Any = json.loads(line, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        return Refused(number, f"not JSON: {error}")
    if not isinstance(fields, dict):
        return Refused(number, "not a JSON object")
    if "exact" in fields:
        return Refused(number, "Object contains unknown field `exact`")
    return finish(fields, number)


def _said(question: Question) -> dict[str, Any]:
    # Numbers stay strings here: readers of JSON elsewhere would round them.
    values: dict[str, Any] = msgspec.to_builtins(question)
    defaults: dict[str, Any] = {"title": "", "options": [], "tags": [], "explanation": "", "media_key": None}
    return {name: value for name, value in values.items() if name not in defaults or value != defaults[name]}
