"""What everybody is told when a game has moved on."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from quiz.feedback import correct_answer
from quiz.live.clock import Action
from quiz.live.games import Game, Phase, wire_time
from quiz.live.messages import (
    Asked,
    QuestionClosed,
    QuestionClosing,
    QuizEnded,
    QuizPaused,
    You,
    asked,
)
from quiz.live.standings import Standing, counts, ranks, rows
from quiz.public import Chance, public
from quiz.questions import Question

_MOST_SHOWN = 10


class News(StrEnum):
    """What the latest transition of a game means to those who play it."""

    OPENED = "opened"
    CLOSING = "closing"
    CLOSED = "closed"
    PAUSED = "paused"
    ENDED = "ended"


def news(game: Game) -> News:
    """Told from the game alone, so that it is the same for whoever finds that it was not announced."""
    if game.phase is Phase.ENDED:
        return News.ENDED
    if game.last_action in (Action.PAUSE, Action.RESUME):
        return News.PAUSED
    if game.phase is Phase.CLOSED:
        return News.CLOSED
    early = game.closes_at < game.opened_at + game.settings.time_limit * 1000
    return News.CLOSING if early or game.last_action == Action.END else News.OPENED


def shown(game: Game, question: Question, chance: Chance, media_url: str | None) -> Asked:
    """The question as players see it. With chance seeded by game and question, all see the same."""
    return asked(public(question, chance, media_url), game)


def question_closing(game: Game, now: int) -> QuestionClosing:
    """The open question ends before its time."""
    return QuestionClosing(
        game_id=game.game_id,
        version=game.version,
        index=game.index,
        closes_at=wire_time(game.closes_at),
        server_time=wire_time(now),
    )


def quiz_paused(game: Game) -> QuizPaused:
    """Nothing follows by itself, or it does again."""
    return QuizPaused(game_id=game.game_id, version=game.version, paused=game.paused)


def question_closed(game: Game, question: Question, ordered: Sequence[Standing]) -> QuestionClosed:
    """The right answer, how the question was answered, and the best so far."""
    return QuestionClosed(
        game_id=game.game_id,
        version=game.version,
        question_id=question.question_id,
        index=game.index,
        total=game.total,
        correct_answer=correct_answer(question.key),
        explanation=question.explanation,
        counts=counts(ordered, game.index),
        leaderboard=rows(ordered[:_MOST_SHOWN]),
    )


def quiz_ended(game: Game, ordered: Sequence[Standing]) -> QuizEnded:
    """The final order."""
    return QuizEnded(
        game_id=game.game_id,
        version=game.version,
        players=len(ordered),
        leaderboard=rows(ordered[:_MOST_SHOWN]),
    )


def you(game: Game, ordered: Sequence[Standing]) -> Mapping[str, You]:
    """Where each player stands, and what the latest question brought them."""
    ranked = ranks(ordered)
    return {one.participant_id: _you(game, one, ranked[one.participant_id]) for one in ordered}


def _you(game: Game, one: Standing, rank: int) -> You:
    answered = game.index >= 0 and one.last_index == game.index
    if not answered:
        return You(rank=rank, score=one.score, earned=0, correct=None)
    return You(rank=rank, score=one.score, earned=one.last_points, correct=one.last_share == 1)
