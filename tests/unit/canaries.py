"""Things that no log may hold, and the ways in which they come close to one."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ParamValidationError

from tests.unit.builders import Calls, refused

# What somebody signs in with, answers, and should have answered.
TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.canary-signature"
ANSWER = "canary-answer-5d1f"
KEY = "canary-key-9b3c"
CANARIES = (*TOKEN.split("."), ANSWER, KEY)

HEADERS = {
    "authorization": f"Bearer {TOKEN}",
    "cookie": f"session={TOKEN}",
    "sec-websocket-protocol": f"bearer, {TOKEN}",
}


def _quoting(_: Any) -> Any:
    raise ValueError(f"cannot read {ANSWER} of {KEY}")


def _quoting_in_turn(_: Any) -> Any:
    try:
        raise KeyError(KEY)
    except KeyError as error:
        raise RuntimeError("no rule") from error


def _quoting_parameters(_: Any) -> Any:
    raise ParamValidationError(report=f"Invalid type for parameter Item.answers, value: {ANSWER}{KEY}{TOKEN}")


def _echoing(_: Any) -> Any:
    response, parsed = refused("ConditionalCheckFailedException")
    return response, {**parsed, "Item": {"answers": {"S": ANSWER}, "questions": {"S": KEY}}}


FAULTS: dict[str, Callable[[Any], Any] | None] = {
    "none": None,
    "throttled": lambda _: refused("ThrottlingException"),
    "denied": lambda _: refused("AccessDeniedException"),
    "quoting": _quoting,
    "quoting in turn": _quoting_in_turn,
    "quoting parameters": _quoting_parameters,
    "echoing": _echoing,
}


class Everything(dict[str, Any]):
    """The same answer to every call."""

    def __init__(self, answer: Any) -> None:
        self._answer = answer

    def get(self, name: str, default: Any = None) -> Any:
        return self._answer


def let_fail(calls: Calls, fault: str) -> None:
    """From now on every call of the function goes wrong in this way."""
    calls.answers = Everything(FAULTS[fault])


def found_in(capsys: pytest.CaptureFixture[str], least: int = 1) -> list[str]:
    """The canaries that were printed; so many lines there have to be at least."""
    printed = capsys.readouterr()
    text = printed.out + printed.err
    assert len(text.splitlines()) >= least
    return [canary for canary in CANARIES if canary in _without_source(text)]


def _without_source(text: str) -> str:
    """Without the lines of this file, which a traceback shows."""
    return text.replace("{ANSWER}", "").replace("{KEY}", "")
