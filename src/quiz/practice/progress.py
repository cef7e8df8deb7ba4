"""What a student has learnt: question by question, and in sum."""

from decimal import Decimal
from typing import Any

from msgspec import Struct

from quiz.practice.memory import Memory, reviewed
from quiz.practice.practising import Practised
from quiz.questions import Question

SUMMARY = "#summary"

# Of a student who has answered nothing else yet: neither good nor weak.
_UNKNOWN = Decimal("0.5")


class Answered(Struct, frozen=True):
    """What an answer adds to a student's progress. `memory` is None where the question was asked before today."""

    user_id: str
    question_id: str
    category: str
    difficulty: int
    correct: bool
    is_first: bool
    is_mastered: bool
    tries: int
    seconds: int
    at: int
    ability: Decimal
    memory: Memory | None
    is_new_memory: bool


class CategoryProgress(Struct, frozen=True):
    """How a student does in a category."""

    answered: int
    correct: int


class Progress(Struct, frozen=True):
    """A student's progress in sum. `due` counts the questions to be asked again by now."""

    user_id: str
    answered: int
    correct: int
    accuracy: Decimal
    mastered: int
    streak: int
    seconds: int
    due: int
    categories: dict[str, CategoryProgress]


def answered(
    practised: Practised, question: Question, before: Memory | None, user_id: str, seconds: int, now: int
) -> Answered:
    """What the answer means. Only the first answer in a session tells how well the question was remembered."""
    session = practised.session
    others = session.answered - 1
    return Answered(
        user_id=user_id,
        question_id=question.question_id,
        category=question.category,
        difficulty=question.difficulty,
        correct=practised.correct,
        is_first=practised.is_first,
        is_mastered=practised.is_mastered,
        tries=practised.tries,
        seconds=seconds,
        at=now,
        # How well this student does with the other questions, for how well this one tells the good from the weak.
        ability=_UNKNOWN if others < 1 else round(Decimal(session.correct - practised.correct) / others, 4),
        memory=reviewed(before, practised.correct, now) if practised.is_first else None,
        is_new_memory=before is None,
    )


def selected(question: Question, answers: list[Any]) -> Any:
    """The answer in a list of what was selected: most types have one, choices of several and orders have the list."""
    if str(type(question.key).__struct_config__.tag) in ("multiple_choice", "ordering"):
        return answers
    return answers[0] if len(answers) == 1 else None
