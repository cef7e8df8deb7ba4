"""A question as an import stores it: by the rules of the API."""

import msgspec

from adapters.bank import question_item, read_question
from quiz.bank import QuestionDraft, edited_question, new_question
from quiz.questions import Question

__all__ = ["first_version", "next_version", "question_item", "read_question"]


def first_version(question: Question) -> Question:
    """The question, if the API would take it as a new one; else quiz.errors.Rejected says why not."""
    return msgspec.structs.replace(new_question(_draft(question)), version=question.version)


def next_version(question: Question, stored_version: int) -> Question:
    """The version that follows the stored one, if the API would take it."""
    return edited_question(_draft(question), question.question_id, stored_version)


def _draft(question: Question) -> QuestionDraft:
    return QuestionDraft(**msgspec.structs.asdict(question))
