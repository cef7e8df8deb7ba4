"""A letter's body as somebody may see it who has no business with students' answers."""

import json
from typing import Any

_HIDDEN = frozenset({"answer", "answers", "body", "correct_answers", "selected_answers"})
_LONGEST = 4_000


def shown(body: str, show_answers: bool) -> str:
    """The body, set out line by line; answers only if they are asked for."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return body[:_LONGEST] if show_answers else f"(no JSON, {len(body)} characters; --show-answers shows them)"
    text = json.dumps(told if show_answers else _without_answers(told), indent=2, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}\n(and {len(text) - _LONGEST} characters more)"


def _without_answers(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _hidden(inner) if name in _HIDDEN else _without_answers(inner) for name, inner in value.items()}
    return [_without_answers(inner) for inner in value] if isinstance(value, list) else value


def _hidden(value: Any) -> str:
    number = f"{len(value)} of them, " if isinstance(value, dict | list) else ""
    return f"({number}hidden; --show-answers shows them)"
