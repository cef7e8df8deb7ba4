"""What clients send and get when they practise. Nothing here holds a key but the reply to a right answer."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from quiz.fields import Category, Difficulty, Id
from quiz.practice.pools import TRIES
from quiz.practice.practising import NextAction, penalty
from quiz.practice.sessions import PolicyName, Session, TimeSpent
from quiz.public import PublicQuestion
from quiz.times import timestamp

Penalty = Annotated[str, Meta(description="That the question has to be right again, and how often.")]


class SessionAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """The answer to the question on show, given by somebody who saw this version of the session."""

    question_id: Annotated[str, Meta(min_length=1, max_length=128)]
    selected_answers: Annotated[list[Any], Meta(max_length=100, description="As a list, also where there is one.")]
    version: Annotated[int, Meta(ge=1)]
    time_spent: TimeSpent = 0


class SessionCreated(Struct, frozen=True):
    """A new session; `due` of its questions are repeated, and `new` are not."""

    session_id: str
    version: int
    total_questions: int
    new: int
    due: int
    policy: PolicyName
    expires_at: str


class Standing(Struct, frozen=True):
    """How far a session has come. `remaining` counts what has not been asked, `wrong_pool` what has to come back."""

    answered: int
    correct: int
    remaining: int
    wrong_pool: int
    mastered: int


class SessionQuestion(Struct, frozen=True, omit_defaults=True):
    """The question on show, without its key; null once the session is complete."""

    question: PublicQuestion | None
    version: int
    remaining: int
    wrong_pool: int
    penalty_indicator: Penalty | None = None
    next_action: Literal["SESSION_COMPLETE"] | None = None


class SessionState(Struct, frozen=True, omit_defaults=True):
    """Everything that a client shows of a session."""

    session_id: str
    version: int
    policy: PolicyName
    total_questions: int
    created_at: str
    expires_at: str
    question: PublicQuestion | None
    progress: Standing
    penalty_indicator: Penalty | None = None
    next_action: Literal["SESSION_COMPLETE"] | None = None
    quiz_id: Id | None = None
    category: Category | None = None
    difficulty: Difficulty | None = None


class SessionReply(Struct, frozen=True, omit_defaults=True):
    """What an answer led to. `penalty_indicator` is about the answered question, whose key comes once it was right."""

    correct: bool
    next_action: NextAction
    penalty_indicator: Penalty | None
    message: str
    version: int
    progress: Standing
    question: PublicQuestion | None
    feedback: str = ""
    explanation: str = ""
    correct_answer: Any = None


def created(session: Session) -> SessionCreated:
    """What the client has to know of a new session."""
    return SessionCreated(
        session_id=session.session_id,
        version=session.version,
        total_questions=session.total,
        new=session.new,
        due=session.due,
        policy=session.policy,
        expires_at=moment(session.expires_at),
    )


def standing(session: Session) -> Standing:
    """How far the session has come."""
    return Standing(
        answered=session.answered,
        correct=session.correct,
        remaining=session.remaining,
        wrong_pool=len(session.wrong_pool),
        mastered=session.mastered,
    )


def ending(session: Session) -> Literal["SESSION_COMPLETE"] | None:
    """Says so once there is nothing left to ask."""
    return "SESSION_COMPLETE" if session.is_complete else None


def indicator(session: Session) -> str | None:
    """What is shown beside the question on show: how often it has to be right again."""
    if session.asked is None:
        return None
    if session.asked.misses:
        return penalty(TRIES)
    entry = session.wrong_pool.of(session.asked.place)
    return penalty(entry.tries) if entry is not None else None


def message(correct: bool, action: NextAction, tries: int) -> str:
    """What the student reads about the answer."""
    if action is NextAction.RETRY:
        return f"Not right. Try it again now; after that it has to be right {tries} more times."
    said = "This question was withdrawn, so the answer does not count."
    if correct:
        again = f" It comes back until it was right {tries} more {'time' if tries == 1 else 'times'}."
        said = "Right." + (again if tries else "")
    return said + (" That was the last one." if action is NextAction.COMPLETE else "")


def moment(seconds: int) -> str:
    """A time for people."""
    return timestamp(datetime.fromtimestamp(seconds, UTC))
