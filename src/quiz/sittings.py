"""A student's sitting of a generated quiz, from the questions as they were shown to the score that counts."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct, structs

from quiz import answers as given
from quiz.answers import Answers
from quiz.errors import ConflictingSubmission, InvalidInput, TooLarge, TooLate
from quiz.fields import Id
from quiz.generation import Generate
from quiz.numbers import exact
from quiz.parsing import decoder
from quiz.questions import Definition, Question, Quiz
from quiz.scoring import grade, score
from quiz.times import timestamp

OPEN, SUBMITTED = "open", "submitted"

# An item holds 400 KB. These leave room for each other, and for the numbers beside them.
_MOST_BYTES_OF_QUESTIONS = 350 * 1024
_MOST_BYTES_OF_ANSWERS = 24 * 1024

_KEPT = timedelta(days=365)
# What a slow connection may cost.
_GRACE = timedelta(seconds=5)

_encoder = msgspec.json.Encoder()
_questions = decoder(tuple[Question, ...])


class Submit(Struct, frozen=True, forbid_unknown_fields=True):
    """The answers to a generated quiz."""

    quiz_id: Id
    answers: Annotated[
        Annotated[list[Any], Meta(max_length=1000)] | Answers,
        Meta(description="Either every answer in the order shown, null for none, or answers by question id."),
    ]


class Sitting(Struct, frozen=True, omit_defaults=True):
    """A generated quiz as it is stored. `questions` holds the keys too; a result is there from `submitted_at` on."""

    quiz_id: str
    user_id: str
    created_at: str
    expires_at: int
    quiz_type: str
    difficulty: int
    question_ids: tuple[str, ...]
    questions: str
    state: str
    time_limit: int | None = None
    closes_at: str | None = None
    submitted_at: str | None = None
    answers: str = "{}"
    fingerprint: str = ""
    score: Decimal = Decimal(-1)
    total: Decimal = Decimal(-1)
    percentage: Decimal = Decimal(-1)
    shares: tuple[Decimal, ...] = ()
    earned: tuple[Decimal, ...] = ()
    category_scores: dict[str, tuple[Decimal, Decimal]] = {}

    @property
    def shown(self) -> tuple[Question, ...]:
        """The questions with their keys, each with its options in the order shown."""
        return _questions.decode(self.questions)


def fitting(questions: Iterable[Question]) -> list[Question]:
    """As many of the questions as one item holds, the first ones first."""
    left, kept = _MOST_BYTES_OF_QUESTIONS, []
    for question in questions:
        # Beside its own text a question takes room in the list of ids and among the scores by category.
        size = len(_encoder.encode(question)) + len(question.question_id) + len(question.category.encode()) + 100
        if size <= left:
            left -= size
            kept.append(question)
    return kept


def begin(quiz_id: str, user_id: str, asked: Generate, questions: Iterable[Question], now: datetime) -> Sitting:
    """A sitting of these questions that nobody has submitted yet."""
    shown = tuple(questions)
    return Sitting(
        quiz_id=quiz_id,
        user_id=user_id,
        created_at=timestamp(now),
        expires_at=int((now + _KEPT).timestamp()),
        quiz_type=asked.quiz_type,
        difficulty=asked.difficulty,
        question_ids=tuple(question.question_id for question in shown),
        questions=_encoder.encode(shown).decode(),
        state=OPEN,
        time_limit=asked.time_limit,
        closes_at=None if asked.time_limit is None else timestamp(now + timedelta(seconds=asked.time_limit)),
    )


def submit(sitting: Sitting, answers: list[Any] | dict[str, Any], now: datetime) -> Sitting:
    """The sitting with these answers scored; the stored one if it holds the same answers already."""
    canonical = given.canonical(_by_id(sitting, answers))
    answers_json = given.to_json(canonical)
    if len(answers_json.encode()) > _MOST_BYTES_OF_ANSWERS:
        raise TooLarge(f"the answers have more than {_MOST_BYTES_OF_ANSWERS} bytes")
    fingerprint = given.fingerprint(sitting.quiz_id, answers_json)
    if sitting.state == SUBMITTED:
        return recognised(sitting, fingerprint)
    if sitting.closes_at is not None and timestamp(now - _GRACE) > sitting.closes_at:
        raise TooLate(f"the quiz closed at {sitting.closes_at}")
    scored = _scored(sitting, canonical)
    return structs.replace(scored, answers=answers_json, fingerprint=fingerprint, submitted_at=timestamp(now))


def recognised(stored: Sitting, fingerprint: str) -> Sitting:
    """The submitted sitting, if it was submitted with these answers."""
    if stored.fingerprint != fingerprint:
        raise ConflictingSubmission(f"quiz {stored.quiz_id!r} was submitted with other answers")
    return stored


def _by_id(sitting: Sitting, answers: list[Any] | dict[str, Any]) -> dict[str, Any]:
    if isinstance(answers, dict):
        return answers
    if len(answers) != len(sitting.question_ids):
        raise InvalidInput(f"{len(sitting.question_ids)} questions were shown, not {len(answers)} - at `$.answers`")
    return dict(zip(sitting.question_ids, answers, strict=True))


def _scored(sitting: Sitting, answers: dict[str, Any]) -> Sitting:
    questions = sitting.shown
    sums = score(Definition(Quiz(sitting.quiz_id, sitting.question_ids), questions), answers)
    by_category: dict[str, tuple[Fraction, Fraction]] = {}
    earned = []
    for question in questions:
        points = grade(question, answers.get(question.question_id)) * Fraction(question.points)
        earned.append(exact(points, 4))
        before = by_category.get(question.category, (Fraction(0), Fraction(0)))
        by_category[question.category] = (before[0] + points, before[1] + Fraction(question.points))
    return structs.replace(
        sitting,
        state=SUBMITTED,
        score=sums.earned,
        total=sums.possible,
        percentage=sums.percentage,
        shares=tuple(sums.shares.values()),
        earned=tuple(earned),
        category_scores={name: (exact(got, 4), exact(of, 4)) for name, (got, of) in by_category.items()},
    )
