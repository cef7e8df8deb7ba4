"""The result of a submitted quiz, told from what is stored, so that it reads the same however often it is asked for.

Right answers and feedback are not stored a second time: they follow from the stored questions and answers.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from msgspec import Struct, structs

from quiz.errors import NotFound
from quiz.feedback import correct_answer, feedback
from quiz.parsing import decoder
from quiz.sittings import SUBMITTED, Sitting

_UNKNOWN_NAMED = 20

_answers = decoder(dict[str, Any])


class QuestionResult(Struct, frozen=True):
    """What one answer was worth, and what would have been right."""

    question_id: str
    answer: Any
    correct: bool
    share: Decimal
    points: Decimal
    earned: Decimal
    correct_answer: Any
    feedback: str
    explanation: str


class Result(Struct, frozen=True):
    """A submitted quiz. `unknown_questions` names ids that were answered but not asked."""

    quiz_id: str
    score: Decimal
    total: Decimal
    percentage: Decimal
    results: tuple[QuestionResult, ...]
    unknown_questions: tuple[str, ...]
    message: str
    s3_location: str


def result(sitting: Sitting, bucket: str) -> Result:
    """The result that is stored, as a client sees it."""
    if sitting.state != SUBMITTED:
        raise NotFound(f"quiz {sitting.quiz_id!r} has no result yet: it was not submitted")
    answers = _answers.decode(sitting.answers)
    unknown = sorted(answers.keys() - set(sitting.question_ids))
    return Result(
        quiz_id=sitting.quiz_id,
        score=sitting.score,
        total=sitting.total,
        percentage=sitting.percentage,
        results=tuple(_results(sitting, answers)),
        unknown_questions=tuple(unknown[:_UNKNOWN_NAMED]),
        message=_message(sitting, len(unknown)),
        s3_location=f"s3://{bucket}/{export_key(sitting.quiz_id)}",
    )


def export_key(quiz_id: str) -> str:
    """Where the export of a result is kept in its bucket."""
    return f"quiz-results/{quiz_id}.json"


def exported(sitting: Sitting, bucket: str) -> dict[str, Any]:
    """What the export holds: the result, and whose it is."""
    told = structs.asdict(result(sitting, bucket))
    return {**told, "user_id": sitting.user_id, "submitted_at": sitting.submitted_at}


def _results(sitting: Sitting, answers: dict[str, Any]) -> Iterator[QuestionResult]:
    for question, share, earned in zip(sitting.shown, sitting.shares, sitting.earned, strict=True):
        answer = answers.get(question.question_id)
        yield QuestionResult(
            question_id=question.question_id,
            answer=answer,
            correct=share == 1,
            share=share,
            points=question.points,
            earned=earned,
            correct_answer=correct_answer(question.key),
            feedback=feedback(question, answer),
            explanation=question.explanation,
        )


def _message(sitting: Sitting, unknown: int) -> str:
    said = f"You earned {sitting.score} of {sitting.total} points ({sitting.percentage} %)."
    return said if not unknown else f"{said} {unknown} of the ids you answered belong to no question of this quiz."
