"""Put the sample quizzes with their questions into the bank."""

from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from adapters.bank import question_item
from adapters.items import plain
from adapters.questions import Questions
from adapters.quizzes import Quizzes
from quiz.errors import Conflict
from quiz.questions import Question, Quiz
from tools.bank.formats import gift
from tools.bank.results import Parsed
from tools.paths import ROOT

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

__all__ = ["SAMPLE", "Bank", "plain", "question_item", "read", "store"]

SAMPLE = ROOT / "samples" / "bank.gift"
_LMS_QUIZ = ROOT / "samples" / "lms_quiz.json"
_LIVE_QUIZZES = ROOT / "samples" / "live_quiz.json"


class Bank(msgspec.Struct, frozen=True):
    """Questions, and quizzes that ask them."""

    questions: tuple[Question, ...] = ()
    quizzes: tuple[Quiz, ...] = ()

    def by_id(self) -> dict[str, Question]:
        """Every question under its id."""
        return {question.question_id: question for question in self.questions}

    def asked(self, quiz: Quiz) -> list[Question]:
        """The questions of a quiz, in its order."""
        known = self.by_id()
        return [known[question_id] for question_id in quiz.question_ids]


@cache
def read() -> Bank:
    """The quiz of the LMS demo with its questions, and the sample bank with the live quizzes that are made from it."""
    lms = msgspec.json.decode(_LMS_QUIZ.read_bytes(), type=Bank)
    live = msgspec.json.decode(_LIVE_QUIZZES.read_bytes(), type=Bank)
    sample = [found.question for found in gift.read(SAMPLE.read_text(encoding="utf-8")) if isinstance(found, Parsed)]
    return Bank((*lms.questions, *sample), (*lms.quizzes, *live.quizzes))


def store(bank: Bank, client: "DynamoDBClient", tables: Mapping[str, str]) -> None:
    """Write everything that is not there yet; what somebody has changed since stays changed."""
    questions = Questions(client, tables["questions"])
    for question in bank.questions:
        with suppress(Conflict):
            questions.create(question)
    quizzes = Quizzes(client, tables["quizzes"], tables["questions"])
    for quiz in bank.quizzes:
        with suppress(Conflict):
            quizzes.create(quiz)
