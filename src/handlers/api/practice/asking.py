"""Which question is asked next, and what of it is shown. What the bank has lost is passed over without a word."""

from collections.abc import Callable, Sequence
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from adapters.practice.lists import Lists
from adapters.practice.questions import PracticeQuestions
from quiz.practice.policies import Pick
from quiz.practice.practising import chosen, named
from quiz.practice.sessions import Session
from quiz.practice.showing import Seeded, shown
from quiz.practice.shuffles import place_of
from quiz.public import PublicQuestion, public
from quiz.questions import Question

# Read with the question that is wanted, and kept for as long as a student takes to answer them.
_AHEAD = 25
# Where questions are gone, more of them may be.
_FAR_AHEAD = 99


class Asking(Struct, frozen=True):
    """Puts the next question on show."""

    lists: Lists
    questions: PracticeQuestions
    media_url: Callable[[str], str]

    def next(self, session: Session, but: int | None = None) -> Session:
        """The session with its next question named; complete if there is none."""
        ids = self.lists.read(session.list_id, session.total).ids
        ahead = _AHEAD
        while True:
            after, pick = chosen(session, but)
            if pick is None:
                return named(after, None, "")
            question_id = ids[pick.place]
            if self.questions.get(question_id, [ids[place] for place in _coming(session, ahead)]) is not None:
                return named(after, pick, question_id)
            session, ahead = _without(after, pick), _FAR_AHEAD

    def question(self, session: Session) -> Question | None:
        """The question on show, None if it is gone; those that follow come along where it costs nothing."""
        if session.asked is None:
            return None
        ahead: Sequence[str] = ()
        if self.lists.knows(session.list_id):
            ids = self.lists.read(session.list_id, session.total).ids
            ahead = [ids[place] for place in _coming(session, _AHEAD)]
        return self.questions.get(session.asked.question_id, ahead)

    def passed(self, session: Session) -> Session:
        """The session with another question on show, since the bank has lost the one that is."""
        asked = session.asked
        if asked is None:
            return session
        left = replace(session, version=session.version + 1, pool=str(session.wrong_pool.without(asked.place)))
        return self.next(left)

    def shown(self, session: Session) -> PublicQuestion | None:
        """What the student sees of the question on show."""
        question = self.question(session)
        if question is None or session.asked is None:
            return None
        asked = session.asked
        link = self.media_url(question.media_key) if question.media_key else None
        chance = Seeded(session.seed, "matches", asked.chosen_at, asked.question_id, asked.misses)
        return public(shown(question, session.seed, asked), chance, link)


def _without(session: Session, pick: Pick) -> Session:
    return replace(session, pool=str(session.wrong_pool.without(pick.place))) if pick.origin == "pool" else session


def _coming(session: Session, number: int) -> list[int]:
    """The places that are asked next, if nothing is answered wrong."""
    new = range(session.new_asked, min(session.new_asked + number, session.new))
    due = range(session.due_asked, min(session.due_asked + 2, session.due))
    old = islice(session.wrong_pool, 2)
    return [
        *(entry.place for entry in old),
        *(session.new + position for position in due),
        *(place_of(position, session.new, session.seed) for position in new),
    ]
