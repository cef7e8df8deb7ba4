"""What is kept of a finished game: how every player did in every question, and how every question went.

`accuracy` is how much of what was answered is right, whatever the speed: a half right answer is a half.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Any

from msgspec import Raw, Struct

from quiz.live.settings import LiveSettings


class ResultFile(StrEnum):
    """The files of a game, in the order in which they are written: where the last is, all are."""

    RESULTS = "results.json"
    PLAYERS = "players.csv"
    QUESTIONS = "questions.csv"

    @property
    def content_type(self) -> str:
        """What a browser takes it for."""
        return "application/json" if self is ResultFile.RESULTS else "text/csv; charset=utf-8"


class GivenAnswer(Struct, frozen=True):
    """An answer as it was given, what it earned with its bonus, how right it was, and how long it took."""

    answer: Raw
    points: int
    share: Decimal
    time_ms: int


class PlayerResult(Struct, frozen=True):
    """A player at the end; answers by question id."""

    rank: int
    participant_id: str
    name: str
    score: int
    correct: int
    answered: int
    accuracy: Decimal | None
    answers: dict[str, GivenAnswer]


class AnswerCount(Struct, frozen=True):
    """How often the same answer was given."""

    answer: Raw
    count: int


class QuestionResult(Struct, frozen=True):
    """A question that was asked, and how it was answered."""

    number: int
    question_id: str
    text: str
    correct_answer: Any
    players: int
    answered: int
    correct: int
    accuracy: Decimal | None
    average_time_ms: int | None
    distribution: tuple[AnswerCount, ...]


class Summary(Struct, frozen=True):
    """A finished game in a few numbers; rates are between 0 and 1."""

    players: int
    questions: int
    participation_rate: Decimal
    completion_rate: Decimal
    average_score: Decimal


class GameResults(Struct, frozen=True, kw_only=True):
    """Everything about a finished game."""

    game_id: str
    quiz_id: str
    quiz_version: int
    title: str
    host_id: str
    created_at: str
    ended_at: str
    settings: LiveSettings
    total_questions: int
    summary: Summary
    players: tuple[PlayerResult, ...]
    questions: tuple[QuestionResult, ...]


def results_key(game_id: str, file: ResultFile) -> str:
    """Where a file of a game lies in the bucket of results."""
    return f"live-results/{game_id}/{file}"
