"""What an answer makes of a session: pure, so that the rules can be checked by a machine.

Wrong: the same question again at once. Right after having been wrong: it has to be right twice more, later. Right from
the pool: once less; wrong from the pool: twice more again.
"""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from quiz.practice.policies import Pick, next_pick
from quiz.practice.pools import TRIES, Entry
from quiz.practice.sessions import Asked, LastAnswer, Session


class NextAction(StrEnum):
    """What the client shows next."""

    RETRY = "RETRY_SAME_QUESTION"
    NEXT = "NEXT_QUESTION"
    COMPLETE = "SESSION_COMPLETE"


class Practised(Struct, frozen=True):
    """A session after an answer, and what else changed by it.

    `is_first` says that the question was answered for the first time in the session, which is what memory goes by.
    `tries` is how often it has to be right from now on, 0 if no more.
    """

    session: Session
    asked: Asked
    correct: bool
    next_action: NextAction
    tries: int
    is_first: bool
    is_mastered: bool


def practise(session: Session, asked: Asked, correct: bool) -> Practised:
    """The session after the question was answered; the next one is chosen, but not named yet (`named`)."""
    answered = replace(
        session,
        version=session.version + 1,
        answered=session.answered + 1,
        correct=session.correct + correct,
    )
    is_first = asked.misses == 0 and asked.origin != "pool"
    if not correct:
        return _missed(answered, asked, is_first)
    pooled, tries = _pooled(answered, asked)
    mastered = tries == 0
    after = replace(pooled, mastered=pooled.mastered + mastered, asked=None)
    action = NextAction.NEXT if next_pick(after, asked.place) else NextAction.COMPLETE
    return Practised(after, asked, True, action, tries, is_first, mastered)


def _missed(session: Session, asked: Asked, is_first: bool) -> Practised:
    pool = session.wrong_pool
    if asked.origin == "pool":
        pool = pool.with_last(Entry(asked.place, TRIES))
    again = replace(asked, misses=asked.misses + 1, step=session.version)
    after = replace(session, pool=str(pool), asked=again)
    return Practised(after, asked, False, NextAction.RETRY, TRIES, is_first, is_mastered=False)


def _pooled(session: Session, asked: Asked) -> tuple[Session, int]:
    """The session with its pool after a right answer, and the tries that are left of the question."""
    pool = session.wrong_pool
    if asked.misses:
        # Right at last, having been wrong: the tries begin anew.
        return replace(session, pool=str(pool.with_last(Entry(asked.place, TRIES)))), TRIES
    entry = pool.of(asked.place)
    if asked.origin != "pool" or entry is None:
        return session, 0
    left = entry.tries - 1
    pool = pool.replaced(Entry(asked.place, left)) if left else pool.without(asked.place)
    return replace(session, pool=str(pool)), left


def chosen(session: Session, but: int | None = None) -> tuple[Session, Pick | None]:
    """The session with the next question taken out of what is left, and which it is: it has yet to be `named`."""
    pick = next_pick(session, but)
    match pick:
        case Pick(origin="new"):
            return replace(session, new_asked=session.new_asked + 1), pick
        case Pick(origin="due"):
            return replace(session, due_asked=session.due_asked + 1), pick
    return session, pick


def named(session: Session, pick: Pick | None, question_id: str) -> Session:
    """The session with its chosen question on show, or complete."""
    if pick is None:
        return replace(session, asked=None)
    return replace(session, asked=Asked(pick.place, question_id, pick.origin, session.version))


def remembering(practised: Practised, session: Session, fingerprint: str, feedback: str) -> Session:
    """The session with what a repetition of the answer is told."""
    last = LastAnswer(
        question_id=practised.asked.question_id,
        fingerprint=fingerprint,
        version=session.version - 1,
        correct=practised.correct,
        next_action=str(practised.next_action),
        tries=practised.tries,
        feedback=feedback,
    )
    return replace(session, last=last)


def penalty(tries: int) -> str | None:
    """What the client shows beside a question that has to be right again."""
    if not tries:
        return None
    return f"(+1 Question @ {tries} {'Try' if tries == 1 else 'Tries'})"
