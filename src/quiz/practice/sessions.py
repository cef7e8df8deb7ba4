"""A session of practice: small enough to be read and written with every answer, however many questions it covers.

The questions have places: first those that are new, in the order of the bank, and then those that are due. Which comes
at which position follows from the seed, so that nothing but a cursor has to be kept of what was asked.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from quiz.fields import Category, Difficulty, Id, require
from quiz.practice.pools import Pool

PolicyName = Literal["classic", "spaced"]

_SECONDS_KEPT = 14 * 86_400


class CreateSession(Struct, frozen=True, forbid_unknown_fields=True):
    """What a student wants to practise: a quiz, or a category of the bank."""

    quiz_id: Id | None = None
    category: Category | None = None
    difficulty: Difficulty = 2
    policy: PolicyName = "classic"

    def __post_init__(self) -> None:
        require((self.quiz_id is None) != (self.category is None), "name either quiz_id or category")


class Asked(Struct, frozen=True):
    """The question that the student sees: where it stands, what it was taken from, and how often it was answered wrong.

    `step` is the version of the session since which it is shown like this.
    """

    place: int
    question_id: str
    origin: Literal["new", "due", "pool"]
    step: int
    misses: int = 0

    @property
    def chosen_at(self) -> int:
        """The version in which it was chosen: each wrong answer since then has made one more."""
        return self.step - self.misses


class LastAnswer(Struct, frozen=True):
    """The answer that was accepted last, so that its repetition gets the same response."""

    question_id: str
    fingerprint: str
    version: int
    correct: bool
    next_action: str
    tries: int
    feedback: str = ""


class Session(Struct, frozen=True, kw_only=True):
    """A session as it is stored; `asked` is None once everything is done."""

    session_id: str
    user_id: str
    policy: PolicyName
    seed: str
    list_id: str
    new: int
    due: int
    created_at: int
    expires_at: int
    quiz_id: str | None = None
    category: str | None = None
    difficulty: int | None = None
    version: int = 1
    new_asked: int = 0
    due_asked: int = 0
    pool: str = ""
    asked: Asked | None = None
    last: LastAnswer | None = None
    answered: int = 0
    correct: int = 0
    mastered: int = 0

    @property
    def total(self) -> int:
        """How many questions there are in it."""
        return self.new + self.due

    @property
    def wrong_pool(self) -> Pool:
        """What has to be right twice more."""
        return Pool(self.pool)

    @property
    def remaining(self) -> int:
        """How many questions have not been asked yet, but for the one that is shown."""
        return self.total - self.new_asked - self.due_asked

    @property
    def is_complete(self) -> bool:
        """Whether there is nothing left to ask."""
        return self.asked is None


def new_session(
    wanted: CreateSession, session_id: str, user_id: str, seed: str, list_id: str, new: int, due: int, now: int
) -> Session:
    """A session that has asked nothing yet."""
    return Session(
        session_id=session_id,
        user_id=user_id,
        policy=wanted.policy,
        seed=seed,
        list_id=list_id,
        new=new,
        due=due,
        created_at=now,
        expires_at=now + _SECONDS_KEPT,
        quiz_id=wanted.quiz_id,
        category=wanted.category,
        difficulty=wanted.difficulty if wanted.category is not None else None,
    )


TimeSpent = Annotated[int, Meta(ge=0, le=86_400, description="Seconds, as the client measured them.")]
