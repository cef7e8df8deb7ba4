"""A bank whose keys can be recognised wherever they turn up: every word of a key says which question it belongs to."""

import re
from decimal import Decimal
from typing import Any

from adapters.bank import question_item
from adapters.quizzes import Quizzes
from quiz.keys import (
    Key,
    Matching,
    MultipleChoice,
    Numeric,
    NumericAnswer,
    Ordering,
    ShortText,
    SingleChoice,
    TextAnswer,
    TrueFalse,
)
from quiz.live.settings import LiveSettings
from quiz.questions import Definition, Option, Question, Quiz

# Words for texts, and numbers that nobody would come upon.
SECRET = re.compile(r"sesame[0-9a-z]{8}|86753090\d{4}")
CATEGORIES = ("general", "science", "Ünïcode & co")
LIVE_QUIZZES = ("live-closed", "live-answer")
LMS_QUIZ = "lms"
# Known to no request, so that nobody changes it.
EXAM = "exam"
QUESTIONS = 42
_OPTIONS = tuple(Option(one, f"option {one}") for one in "abcd")


def word(number: int, part: int) -> str:
    """A secret of a question."""
    return f"sesame{number:04}{part:04}"


def owner(secret: str) -> str | None:
    """The question of the bank that a secret belongs to; None if it came with a request."""
    if not secret.startswith("sesame"):
        return f"q{int(secret[8:])}"
    return f"q{int(secret[6:10])}" if secret[6:10].isdigit() else None


def questions() -> list[Question]:
    """Every type of key, and every category."""
    return [_question(number) for number in range(QUESTIONS)]


def definitions() -> list[Definition]:
    """Two quizzes for an LMS, and one for each moment at which a live quiz tells."""
    known = questions()
    live = {name: LiveSettings(reveal=name.removeprefix("live-")) for name in LIVE_QUIZZES}  # type: ignore[arg-type]
    made = [_quiz(name, known[:7], settings) for name, settings in live.items()]
    return [*made, *(_quiz(name, known[:14], LiveSettings()) for name in (LMS_QUIZ, EXAM))]


def fill(client: Any) -> None:
    """Put it all into the tables, as an instructor's requests would."""
    for one in questions():
        client.put_item(TableName="questions", Item=question_item(one))
    for made in definitions():
        Quizzes(client, "quizzes", "questions").create(made.quiz)


def _quiz(name: str, asked: list[Question], settings: LiveSettings) -> Definition:
    return Definition(Quiz(name, tuple(one.question_id for one in asked), name, settings), tuple(asked))


def _question(number: int) -> Question:
    key = _key(number)
    return Question(
        question_id=f"q{number}",
        text=f"Question {number}?",
        key=key,
        title=word(number, 1),
        category=CATEGORIES[number % 3],
        difficulty=2 if number % 5 else 3,
        options=_OPTIONS,
        points=Decimal("1.5"),
        tags=(word(number, 2),),
        explanation=f"Because of {word(number, 3)}.",
        media_key=f"media/{number:032x}.png" if number % 4 == 0 else None,
    )


def _key(number: int) -> Key:
    said = {one: f"You chose {one}: {word(number, 4)}." for one in "abcd"}
    answer = TextAnswer(word(number, 5), feedback=word(number, 6))
    kinds: tuple[Key, ...] = (
        SingleChoice("b", feedback=said),
        MultipleChoice(("a", "c"), feedback=said),
        TrueFalse(correct=number % 2 == 0, if_right=word(number, 7), if_wrong=word(number, 8)),
        Numeric((NumericAnswer(value=Decimal(f"86753090{number:04}"), feedback=word(number, 6)),)),
        ShortText((answer, TextAnswer(word(number, 9), credit=Decimal("0.5")))),
        Ordering(("d", "b", "a", "c")),
        Matching({"a": "one", "b": "two"}, distractors=("three",)),
    )
    return kinds[number % len(kinds)]
