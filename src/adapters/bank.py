"""Questions and quizzes as the bank's tables hold them."""

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from adapters.items import from_item, plain, to_item
from adapters.structs import to_struct
from quiz.bank import bucket, sample_key
from quiz.errors import BrokenQuiz
from quiz.questions import Question, Quiz

Model = TypeVar("Model")

# Stored beside a question for drawing samples and guarding deletion; no part of the question itself.
_BESIDE = {"bucket", "sample_key", "used_by"}


def question_item(question: Question) -> dict[str, Any]:
    """A question as it is stored, with the attributes that samples are drawn by."""
    drawn_by = {
        "bucket": bucket(question.category, question.difficulty),
        "sample_key": sample_key(question.question_id),
    }
    return to_item({**plain(question), **drawn_by})


def read_question(item: Mapping[str, Any]) -> Question:
    """The question in an item, or BrokenQuiz where the item is none."""
    return _convert({name: value for name, value in from_item(item).items() if name not in _BESIDE}, Question)


def quiz_item(quiz: Quiz) -> dict[str, Any]:
    """A quiz as it is stored."""
    return to_item(plain(quiz))


def read_quiz(item: Mapping[str, Any]) -> Quiz:
    """The quiz in an item, or BrokenQuiz where the item is none."""
    return _convert(from_item(item), Quiz)


def _convert(values: dict[str, Any], model: type[Model]) -> Model:
    try:
        return to_struct(values, model)
    except msgspec.ValidationError as error:
        # What follows a colon is quoted, and may be a part of the key: students and logs are told of the fault alone.
        raise BrokenQuiz(str(error).partition(": ")[0]) from error
