"""What the LMS sends, and what it is worth: worked out by hand beside each answer, never by the code under test."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from adapters.items import to_item
from tests.proofs.database_model import Database

HALF = Fraction(1, 2)
SUBMITTED_AT = "2026-11-20T09:00:00Z"


@dataclass(frozen=True)
class Answer:
    """Something a student may answer, and the share of the points it earns by version 1 and 2 of the key."""

    value: Any
    worth: tuple[Fraction | int, Fraction | int]


@dataclass(frozen=True)
class Asked:
    """A question: its points, what may be answered, and its key in both versions."""

    points: int
    answers: tuple[Answer, ...]
    keys: tuple[Mapping[str, Any], Mapping[str, Any]]
    options: str = ""


def _single(correct: str, half: str) -> Mapping[str, Any]:
    return {"type": "single_choice", "correct": correct, "partial": {half: Decimal("0.5")}}


def _number(tolerance: str) -> Mapping[str, Any]:
    return {"type": "numeric", "accepted": [{"value": Decimal(3), "tolerance": Decimal(tolerance)}]}


_FLAT = {"type": "true_false", "correct": False}
_PRIMES = {"type": "multiple_choice", "correct": ["a", "c"], "partial_credit": "per_correct"}

EXAM: Mapping[str, Asked] = {
    "capital": Asked(
        points=2,
        answers=(Answer("b", (1, HALF)), Answer("a", (0, 1)), Answer("c", (HALF, 0)), Answer(7, (0, 0))),
        keys=(_single("b", "c"), _single("a", "b")),
        options="abc",
    ),
    "flat": Asked(1, (Answer(False, (1, 1)), Answer("TRUE", (0, 0)), Answer("false", (1, 1))), (_FLAT, _FLAT)),
    "mass": Asked(3, (Answer(3, (1, 1)), Answer("3.05", (1, 0)), Answer(4, (0, 0))), (_number("0.1"), _number("0"))),
    "primes": Asked(
        points=4,
        answers=(Answer(["a", "c"], (1, 1)), Answer(["a"], (HALF, HALF)), Answer(["b", "a"], (0, 0))),
        keys=(_PRIMES, _PRIMES),
        options="abc",
    ),
}
POINTS = sum(asked.points for asked in EXAM.values())
STRANGER = "of another quiz"

Choices = tuple[int | None, ...]


@dataclass(frozen=True)
class Work:
    """What a student handed in. Two of them are the same submission exactly when they are equal."""

    student: str
    submission: str
    quiz: str
    choices: Choices
    stranger: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What the LMS promises to be unique."""
        return self.student, self.submission

    def answers(self) -> dict[str, Any]:
        """As JSON carries them; a question may be left out."""
        chosen = {
            name: asked.answers[choice].value
            for (name, asked), choice in zip(EXAM.items(), self.choices, strict=True)
            if choice is not None
        }
        return chosen | ({STRANGER: "x"} if self.stranger else {})

    def score(self, version: int) -> Fraction:
        """The points it earns by that version of the key."""
        return sum(
            (
                asked.points * Fraction(asked.answers[choice].worth[version - 1])
                for asked, choice in zip(EXAM.values(), self.choices, strict=True)
                if choice is not None
            ),
            start=Fraction(0),
        )


def body(work: Work, style: int = 0) -> str:
    """The message body in one of several spellings, all of them the same submission."""
    return _STYLES[style % len(_STYLES)](document_of(work))


def document_of(work: Work) -> dict[str, Any]:
    """The plain JSON of the contract."""
    return {
        "schema_version": 1,
        "submission_id": work.submission,
        "student_id": work.student,
        "quiz_id": work.quiz,
        "answers": work.answers(),
        "submitted_at": SUBMITTED_AT,
    }


def _reordered(document: dict[str, Any]) -> str:
    answers = dict(reversed(document["answers"].items()))
    return json.dumps(dict(reversed((document | {"answers": answers}).items())), indent=1)


def _respelled(document: dict[str, Any]) -> str:
    """Other spellings of the same numbers and letters, and a later time: the LMS was upgraded in between."""
    answers = {name: float(value) if type(value) is int else value for name, value in document["answers"].items()}
    later = document | {"answers": answers, "submitted_at": "2026-11-20T13:00:00.5+02:00"}
    return json.dumps(later).replace('"capital"', '"c\\u0061pital"')


def _with_own_key(document: dict[str, Any]) -> str:
    """A cheat: the student's answers sent along as their own key."""
    return json.dumps(document | {"correct_answers": document["answers"]})


_STYLES: tuple[Callable[[dict[str, Any]], str], ...] = (json.dumps, _reordered, _respelled, _with_own_key)


def publish(database: Database, quiz_id: str, version: int) -> None:
    """Put the quiz and that version of the keys into the bank, as the bank's own tool would."""
    quiz = {"quiz_id": quiz_id, "question_ids": list(EXAM), "version": version}
    database.put("quizzes", to_item(quiz))
    for name, asked in EXAM.items():
        question = {
            "question_id": name,
            "text": name,
            "key": asked.keys[version - 1],
            "options": [{"id": option, "text": option} for option in asked.options],
            "points": Decimal(asked.points),
        }
        database.put("questions", to_item(question))


def publish_broken(database: Database) -> None:
    """A quiz that names a question which the bank lacks."""
    database.put("quizzes", to_item({"quiz_id": "broken", "question_ids": ["lost"]}))
