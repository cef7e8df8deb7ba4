"""How hard questions are, and how well they tell strong students from weak ones, by sums that every answer adds to.

An answer adds to its question and to its category: in all, and in the hour in which it was given.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from decimal import Decimal, localcontext
from typing import Annotated

from msgspec import Meta, Struct, field
from msgspec.structs import replace

from quiz.fields import Category, Id, require

TOTAL = "total"

# What no row of a question is called; quiz.practice.progress has it too, but would bring the model of memory along.
SUMMARY = "#summary"

_PLACES = 4
# More digits than any product of the sums has.
_DIGITS = 80
_HOUR = 3_600
_HOURS_KEPT_SECONDS = 400 * 86_400
_YEAR_10000 = 253_402_300_800


class Answer(Struct, frozen=True):
    """An answer as the student's progress tells of it; `event_id` is that of the one change that it made there."""

    event_id: Annotated[str, Meta(min_length=1, max_length=128)]
    question_id: Id
    category: Category
    correct: bool = field(name="last_correct")
    ability: Decimal = field(name="last_ability")
    at: Annotated[int, Meta(ge=0, lt=_YEAR_10000)] = field(name="answered_at")

    def __post_init__(self) -> None:
        require(self.ability.is_finite() and 0 <= self.ability <= 1, "last_ability is a share")


class Sums(Struct, frozen=True):
    """What answers add up to: counts, and what the correlation of right answers with ability is made of."""

    answered: int
    correct: int
    sum_ability: Decimal
    sum_ability_squared: Decimal
    sum_ability_correct: Decimal

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.answered + other.answered,
            self.correct + other.correct,
            self.sum_ability + other.sum_ability,
            self.sum_ability_squared + other.sum_ability_squared,
            self.sum_ability_correct + other.sum_ability_correct,
        )


class Row(Struct, frozen=True):
    """What answers add to one row. `category` is what the row is listed under, if it is a total."""

    subject: str
    hour: str
    sums: Sums
    category: str | None = None
    expires_at: int | None = None


class Figures(Struct, frozen=True):
    """What the sums say. `difficulty` is the share of wrong answers.

    `discrimination` is the point-biserial correlation of right answers with ability, from -1 to 1; null as long as all
    answers are alike, or all students.
    """

    answered: int
    correct: int
    accuracy: Decimal
    difficulty: Decimal
    discrimination: Decimal | None


def question_subject(question_id: str) -> str:
    """What the rows of a question are kept under."""
    return f"question#{question_id}"


def category_subject(category: str) -> str:
    """What the rows of a category are kept under."""
    return f"category#{category}"


def hour_of(at: int) -> str:
    """The hour as rows have it, so that sorting the text sorts the time; every one sorts before the total."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H")


def groups(answers: Iterable[Answer], most: int) -> Iterator[list[Answer]]:
    """The answers in order, parted so that each group with the rows it adds to comes to at most so many writes."""
    group: list[Answer] = []
    touched: set[tuple[str, str]] = set()
    for answer in answers:
        keys = {(row.subject, row.hour) for row in _rows(answer)}
        if group and len(group) + 1 + len(touched | keys) > most:
            yield group
            group, touched = [], set()
        group.append(answer)
        touched |= keys
    if group:
        yield group


def rows(answers: Iterable[Answer]) -> list[Row]:
    """What the answers add, each row once; a question that has moved is listed under its latest category."""
    added: dict[tuple[str, str], Row] = {}
    for row in (row for answer in answers for row in _rows(answer)):
        before = added.get((row.subject, row.hour))
        added[row.subject, row.hour] = replace(row, sums=before.sums + row.sums) if before else row
    return list(added.values())


def figures(sums: Sums) -> Figures:
    """What can be told from the sums of at least one answer."""
    accuracy = round(Decimal(sums.correct) / sums.answered, _PLACES)
    return Figures(sums.answered, sums.correct, accuracy, 1 - accuracy, _discrimination(sums))


def _rows(answer: Answer) -> Iterator[Row]:
    ability = round(answer.ability, _PLACES)
    sums = Sums(1, int(answer.correct), ability, ability * ability, ability * answer.correct)
    for subject in (question_subject(answer.question_id), category_subject(answer.category)):
        yield Row(subject, TOTAL, sums, category=answer.category)
        expires_at = answer.at - answer.at % _HOUR + _HOURS_KEPT_SECONDS
        yield Row(subject, hour_of(answer.at), sums, expires_at=expires_at)


def _discrimination(sums: Sums) -> Decimal | None:
    with localcontext() as context:
        # The differences below are between large products that are nearly alike.
        context.prec = _DIGITS
        answers = sums.answered
        of_ability = answers * sums.sum_ability_squared - sums.sum_ability**2
        of_answers = sums.correct * (answers - sums.correct)
        if not of_ability or not of_answers:
            return None
        together = answers * sums.sum_ability_correct - sums.correct * sums.sum_ability
        # Adding nothing takes the sign off a zero.
        return round(together / (of_ability * of_answers).sqrt(), _PLACES) + 0
