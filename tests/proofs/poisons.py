"""Bodies that can never be stored, each of which has to be set aside the first time it is seen."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from tests.proofs.lms import Work, document_of


def _deep(document: dict[str, Any]) -> str:
    return json.dumps(document).replace('"answers": {', '"answers": {"deep": ' + "[" * 20 + "]" * 20 + ", ")


def _changed(**changes: Any) -> Callable[[dict[str, Any]], str]:
    return lambda document: json.dumps(document | changes)


def _ending(text: str) -> Callable[[dict[str, Any]], str]:
    return lambda document: json.dumps(document)[:-1] + text


# Bodies that can never be stored, with the reasons that they may carry into the dead-letter queue.
POISONS: Mapping[str, tuple[Callable[[dict[str, Any]], str], tuple[str, ...]]] = {
    "not JSON": (_ending(""), ("malformed_json",)),
    "wrong schema": (_changed(**{"\x00\ufffe\U0001f600": 1}), ("invalid_input",)),
    "deep": (_deep, ("invalid_input",)),
    "bottomless": (_ending(', "answers": {"q": ' + "[" * 3000), ("malformed_json",)),
    "other version": (_changed(schema_version=2), ("unsupported_version",)),
    "unknown quiz": (_changed(quiz_id="nowhere"), ("unknown_quiz",)),
    "broken quiz": (_changed(quiz_id="broken"), ("broken_quiz",)),
}


def poison(kind: str, student: str, serial: int) -> str:
    """A body that can never be stored."""
    work = Work(student, f"poison-{serial}", "exam", (0, 0, 0, 0))
    return POISONS[kind][0](document_of(work))
