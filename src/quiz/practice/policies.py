"""Which question comes next: a small interface with two implementations."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, Protocol

from msgspec import Struct

from quiz.practice.sessions import PolicyName, Session
from quiz.practice.shuffles import happens, place_of

# How often what is known to be hard comes before something else.
OLD_BEFORE_NEW = Fraction(1, 5)


class Pick(Struct, frozen=True):
    """A question by its place, and what it was taken from."""

    place: int
    origin: Literal["new", "due", "pool"]


class Policy(Protocol):
    """Chooses among what has not been asked; the wrong-answer pool is no policy's business."""

    def fresh(self, session: Session) -> Pick | None:
        """The next of the questions that have not been asked."""


class Classic:
    """All questions once, in random order."""

    def fresh(self, session: Session) -> Pick | None:
        """The next of the random order."""
        if session.new_asked == session.new:
            return None
        return Pick(place_of(session.new_asked, session.new, session.seed), "new")


class Spaced:
    """What is due by FSRS, the weakest first, among what is new."""

    def fresh(self, session: Session) -> Pick | None:
        """One of five is due, four are new; where one side is empty, the other."""
        new = Classic().fresh(session)
        due = Pick(session.new + session.due_asked, "due") if session.due_asked < session.due else None
        if new is None or due is None:
            return new or due
        return due if happens(OLD_BEFORE_NEW, session.seed, session.version, "due") else new


POLICIES: Mapping[PolicyName, Policy] = {"classic": Classic(), "spaced": Spaced()}


def next_pick(session: Session, but: int | None = None) -> Pick | None:
    """The question that follows, None for the end; `but` is the one just answered, which waits if there is another."""
    fresh = POLICIES[session.policy].fresh(session)
    oldest = session.wrong_pool.oldest(but)
    old = None if oldest is None else Pick(oldest.place, "pool")
    if fresh is None or old is None:
        return fresh or old
    if old.place == but:
        return fresh
    return old if happens(OLD_BEFORE_NEW, session.seed, session.version, "pool") else fresh
