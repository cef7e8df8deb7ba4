"""What clients of live quizzes are told: version 1 of the WebSocket protocol. Every message has a `type`."""

from typing import Any

import msgspec
from msgspec import Struct

from quiz.live.games import Game, wire_time
from quiz.live.standings import Counts, Row
from quiz.public import PublicQuestion


class ServerMessage(Struct, frozen=True, tag_field="type", omit_defaults=True, kw_only=True):
    """What every message of the server may hold."""

    request_id: str | None = None


class Asked(Struct, frozen=True):
    """The open question. `time_limit` is in seconds."""

    id: str
    type: str
    text: str
    text_format: str
    options: Any
    matches: tuple[str, ...]
    multiple: bool
    time_limit: int
    media_url: str | None


class You(Struct, frozen=True):
    """How a player stands after a question."""

    rank: int
    score: int
    earned: int
    correct: bool | None


class QuizJoined(ServerMessage, frozen=True, tag="quiz_joined"):
    """Everything that a client needs to go on from here, wherever the game stands."""

    game_id: str
    quiz_id: str
    join_code: str
    title: str
    phase: str
    version: int
    index: int
    total: int
    paused: bool
    server_time: str
    participant_id: str | None = None
    name: str | None = None
    score: int | None = None
    host: bool = False
    question: Asked | None = None
    opens_at: str | None = None
    closes_at: str | None = None
    answered: bool | None = None


class NewQuestion(ServerMessage, frozen=True, tag="new_question"):
    """A question opens at `opens_at` and closes at `closes_at`, by the server's clock."""

    game_id: str
    version: int
    question: Asked
    index: int
    total: int
    opens_at: str
    closes_at: str
    server_time: str


class QuestionClosing(ServerMessage, frozen=True, tag="question_closing"):
    """The host closes the open question early."""

    game_id: str
    version: int
    index: int
    closes_at: str
    server_time: str


class AnswerAccepted(ServerMessage, frozen=True, tag="answer_accepted"):
    """The answer counts. What it earned follows when the question is closed, unless the quiz tells at once."""

    game_id: str
    question_id: str
    is_correct: bool | None = None
    score_earned: int | None = None
    correct_answer: Any = None
    total_score: int | None = None


class QuestionClosed(ServerMessage, frozen=True, tag="question_closed"):
    """The right answer, and how everybody stands. `you` is there for players."""

    game_id: str
    version: int
    question_id: str
    index: int
    total: int
    correct_answer: Any
    explanation: str
    counts: Counts
    leaderboard: tuple[Row, ...]
    you: You | None = None


class GameState(ServerMessage, frozen=True, tag="game_state"):
    """The answer to a host's wish; the change itself is announced to everybody."""

    game_id: str
    join_code: str
    phase: str
    version: int
    index: int
    total: int
    paused: bool


class QuizPaused(ServerMessage, frozen=True, tag="quiz_paused"):
    """Nothing follows by itself; or, with `paused` false, it does again."""

    game_id: str
    version: int
    paused: bool


class QuizEnded(ServerMessage, frozen=True, tag="quiz_ended"):
    """The game is over; the ranks are final."""

    game_id: str
    version: int
    players: int
    leaderboard: tuple[Row, ...]
    you: You | None = None


class Kicked(ServerMessage, frozen=True, tag="kicked"):
    """The host sent this player away."""

    game_id: str


class Leaderboard(ServerMessage, frozen=True, tag="leaderboard"):
    """The answer to `leaderboard`."""

    game_id: str
    rows: tuple[Row, ...]


class Pong(ServerMessage, frozen=True, tag="pong"):
    """The answer to `ping`: clients tell their clock's offset from it."""

    server_time: str


class ErrorMessage(ServerMessage, frozen=True, tag="error"):
    """A message that could not be done; `error` is for machines."""

    error: str
    message: str


_encoder = msgspec.json.Encoder(decimal_format="number")


def encode(message: ServerMessage) -> str:
    """The message as it is sent."""
    return _encoder.encode(message).decode()


def asked(question: PublicQuestion, game: Game) -> Asked:
    """A question as players of a live quiz see it."""
    return Asked(
        id=question.question_id,
        type=question.type,
        text=question.text,
        text_format=question.text_format,
        options=question.options,
        matches=question.matches,
        multiple=question.multiple,
        time_limit=game.settings.time_limit,
        media_url=question.media_url,
    )


def state_of(game: Game, request_id: str | None = None) -> GameState:
    """Where the game stands, for its host."""
    return GameState(
        request_id=request_id,
        game_id=game.game_id,
        join_code=game.join_code,
        phase=str(game.phase),
        version=game.version,
        index=game.index,
        total=game.total,
        paused=game.paused,
    )


def new_question(game: Game, question: Asked, now: int) -> NewQuestion:
    """The announcement of the question that has just been opened."""
    return NewQuestion(
        game_id=game.game_id,
        version=game.version,
        question=question,
        index=game.index,
        total=game.total,
        opens_at=wire_time(game.opened_at),
        closes_at=wire_time(game.closes_at),
        server_time=wire_time(now),
    )
