"""Ids made from content. The API makes them by the same rule."""

from typing import Any

import msgspec

from quiz import identity
from quiz.questions import Question


def content_id(question: Question) -> str:
    """The id of a question that was given none: equal for equal content."""
    return identity.content_id("q", question)


def changed(question: Question, **changes: Any) -> Question:
    """The question with some fields changed; an id that was made from the content is made anew."""
    after = msgspec.structs.replace(question, **changes)
    if question.question_id != content_id(question):
        return after
    return msgspec.structs.replace(after, question_id=content_id(after))
