"""Wrong versions of the function, to show that the campaign notices them."""

from collections.abc import Callable, Mapping
from typing import Any

from handlers.queue import submissions as module
from tests.proofs import mistakes


def _silence() -> None:
    real = module.handler

    def silent(event: dict[str, Any], context: Any) -> dict[str, Any]:
        real(event, context)
        return {"batchItemFailures": []}

    _put("handler", silent)


def _put(name: str, part: Any) -> None:
    vars(module)[name] = part


SABOTAGE: Mapping[str, Callable[[], None]] = {
    "a write without a condition": lambda: _put("Submissions", mistakes.OverwritingStore),
    "a handler that names no failures": _silence,
    "a conflict taken for a resend": lambda: _put("Submissions", mistakes.ForgivingStore),
    "a point too many": lambda: _put("Submissions", mistakes.GenerousStore),
    "dead letters de-duplicated by group": lambda: _put("DeadLetters", mistakes.HastyLetters),
}
