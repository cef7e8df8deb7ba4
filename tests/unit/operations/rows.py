"""Rows as the platform itself writes them, from answers as clients send them."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import msgspec
from msgspec.structs import replace

from adapters.live.times import now_ms
from adapters.sittings import sitting_item
from adapters.submissions import Submissions
from quiz.generation import Generate
from quiz.live.games import Phase
from quiz.live.participants import Participant, new_participant, scored
from quiz.questions import Definition, Question
from quiz.sittings import Sitting, begin, submit
from quiz.submissions import evaluate, parse
from tests.unit.builders import submission
from tests.unit.live.support import NOW as GAME_NOW
from tests.unit.live.support import choice, game

Item = dict[str, Any]

_encoder = msgspec.json.Encoder(decimal_format="number")

SCORED_AT = datetime(2026, 3, 4, 5, 6, 8, tzinfo=UTC)


def submission_row(definition: Definition, answers: Mapping[str, Any], at: datetime = SCORED_AT, **ids: str) -> Item:
    """A submission as the queue's function stores it."""
    rows: list[Item] = []
    client: Any = SimpleNamespace(put_item=lambda **call: rows.append(call["Item"]))
    body = submission(quiz_id=definition.quiz.quiz_id, answers=answers, **ids)
    Submissions(client, "the-table").store(evaluate(parse(_encoder.encode(body).decode()), definition, at))
    return rows[0]


def sitting(questions: Iterable[Question], quiz_id: str = "quiz-1", at: datetime = SCORED_AT) -> Sitting:
    """A quiz that was generated and not submitted."""
    return begin(quiz_id, "student-1", Generate(quiz_type="art", time_limit=60), questions, at)


def sitting_row(questions: Iterable[Question], answers: Any, quiz_id: str = "quiz-1", at: datetime = SCORED_AT) -> Item:
    """A quiz that was generated and submitted."""
    return sitting_item(submit(sitting(questions, quiz_id, at), answers, at))


def player(
    answers: Iterable[tuple[str, int]] = (), name: str = "ann", game_id: str = "game-" + "0" * 20, now: int = 0
) -> Participant:
    """Somebody who came a moment ago and gave these answers to a game's questions, each after so many milliseconds."""
    given = list(answers)
    it = game(max(1, len(given)), game_id, streak_bonus=100)
    joined = new_participant(it, name, name.title(), now or now_ms())
    for answer, elapsed in given:
        joined = answered(joined, answer, elapsed)
    return joined


def answered(one: Participant, answer: str, elapsed: int) -> Participant:
    """The player after one more question, by the same sums that the table is told to make."""
    index = len(one.answers)
    it = game(index + 1, one.game_id, streak_bonus=100)
    asked = replace(it, phase=Phase.OPEN, index=index, opened_at=GAME_NOW, closes_at=GAME_NOW + 20_000)
    done = scored(asked, choice(index + 1), answer, one.streak, GAME_NOW + elapsed)
    return replace(
        one,
        answers={**one.answers, done.question_id: done.record},
        score=one.score + done.record.points,
        rank_score=Decimal(int(one.rank_score) + int(done.rank_gain)),
        streak=done.streak,
    )


def kicked(one: Participant) -> Participant:
    """The player, sent away."""
    return replace(one, kicked=True, rank_score=one.rank_score.copy_negate())
