"""A player of a game: one item that holds every answer, so that one condition decides whether an answer counts."""

from decimal import Decimal
from typing import Any

from msgspec import Struct

from quiz import answers as given
from quiz.errors import Conflict, InvalidInput, NotFound, TooLarge, TooLate
from quiz.live.games import Game, Phase, shard_key, shard_of
from quiz.live.points import bonus, points, rank, rank_gain, rank_score, tie
from quiz.numbers import exact
from quiz.questions import Question
from quiz.scoring import ALL, grade

# Ninety-nine of these fit into an item twice over.
_MOST_BYTES_OF_ANSWER = 1024


class AnswerRecord(Struct, frozen=True):
    """An answer that counts: canonical JSON, what it earned with its bonus, and how long it took."""

    answer: str
    points: int
    share: Decimal
    elapsed_ms: int
    at: int


class Streak(Struct, frozen=True):
    """The index of the last right answer, and how many there were in a row up to it."""

    index: int = -1
    run: int = 0

    def before(self, index: int) -> int:
        """How many right answers stand directly before the question."""
        return self.run if self.index == index - 1 else 0

    def after(self, index: int) -> "Streak":
        """The streak once the question was answered right."""
        return Streak(index, self.before(index) + 1)


class Participant(Struct, frozen=True, kw_only=True):
    """A player as stored. Answers by question id; `last_*` tell of the latest one, for the reveal."""

    participant_id: str
    game_id: str
    quiz_id: str
    game_shard: str
    name: str
    joined_at: int
    expires_at: int
    score: int = 0
    rank_score: Decimal = Decimal(-1)
    correct: int = 0
    streak: Streak = Streak()
    answers: dict[str, AnswerRecord] = {}
    last_index: int = -1
    last_answer: str = ""
    last_points: int = 0
    last_share: Decimal = Decimal(0)
    kicked: bool = False


class Scored(Struct, frozen=True):
    """An answer to the open question with all that it changes."""

    question_id: str
    index: int
    record: AnswerRecord
    is_right: bool
    rank_gain: Decimal
    streak: Streak


def new_participant(game: Game, participant_id: str, name: str, now: int) -> Participant:
    """Somebody who has just come."""
    return Participant(
        participant_id=participant_id,
        game_id=game.game_id,
        quiz_id=game.quiz_id,
        game_shard=shard_key(game.game_id, shard_of(participant_id, game.shards)),
        name=name,
        joined_at=now,
        expires_at=game.expires_at,
        rank_score=rank_score(rank(0, 0), tie(now, participant_id)),
    )


def require_open(game: Game, question_id: str, now: int) -> None:
    """Refuse an answer that does not come in the question's time."""
    if question_id not in game.question_ids:
        raise NotFound(f"the quiz does not ask {question_id!r}")
    asked = game.question_ids.index(question_id)
    if asked > game.index:
        raise Conflict("the question has not been asked yet")
    if asked < game.index or game.phase is not Phase.OPEN or now > game.accepts_until:
        raise TooLate("the question is closed")


def scored(game: Game, question: Question, answer: Any, streak: Streak, now: int) -> Scored:
    """What the answer earns, if the player's streak is this one."""
    canonical, text = _canonical(answer)
    share = grade(question, canonical)
    elapsed = min(max(now - game.opened_at, 0), game.closes_at - game.opened_at)
    is_right = share == ALL
    earned = points(question, share, elapsed, game.settings)
    earned += bonus(streak.before(game.index), game.settings) if is_right else 0
    return Scored(
        question_id=question.question_id,
        index=game.index,
        record=AnswerRecord(text, earned, exact(share, 4), elapsed, now),
        is_right=is_right,
        rank_gain=rank_score(rank_gain(earned, elapsed), 0),
        streak=streak.after(game.index) if is_right else streak,
    )


def _canonical(answer: Any) -> tuple[Any, str]:
    """One value, and one spelling of it, for equal answers; no answer at all is refused."""
    canonical = given.canonical({"answer": answer})
    if "answer" not in canonical:
        raise InvalidInput("null is no answer - at `$.answer`")
    text = given.to_json(canonical["answer"])
    if len(text.encode()) > _MOST_BYTES_OF_ANSWER:
        raise TooLarge(f"the answer has more than {_MOST_BYTES_OF_ANSWER} bytes")
    return canonical["answer"], text
