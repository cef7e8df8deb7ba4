"""What a reader makes of a file: each question with the line it stands on, or the reason why there is none."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from quiz.questions import Question
from tools.bank.exact import restore
from tools.bank.identity import content_id


class Parsed(NamedTuple):
    """A question, and the line it begins on."""

    line: int
    question: Question


class Refused(NamedTuple):
    """A line that holds no question that can be asked, and why."""

    line: int
    reason: str


Result = Parsed | Refused


class Refusal(Exception):
    """Why a question cannot be taken; readers turn it into `Refused`."""


def finish(fields: Mapping[str, Any], line: int) -> Result:
    """The question with these fields; one without an id gets one made from its content."""
    try:
        complete = restore(fields)
        named = complete.get("question_id") is not None
        question = msgspec.convert(complete if named else {**complete, "question_id": "q"}, Question)
        # JSON can spell halves of characters that no text can hold.
        msgspec.json.encode(question)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        return Refused(line, _in_plain_words(str(error)))
    return Parsed(line, question if named else msgspec.structs.replace(question, question_id=content_id(question)))


def _in_plain_words(fault: str) -> str:
    if "length >= 1 - at `$.key.correct`" in fault:
        return "no answer is marked as right"
    if fault.endswith("at `$.question_id`"):
        return "an id has 1 to 128 characters of visible ASCII"
    return fault
