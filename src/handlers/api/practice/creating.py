"""New sessions: what they go through, in the bank's order or by what the student still remembers."""

import uuid
from collections.abc import Callable, Sequence

from msgspec import Struct

from adapters.practice.lists import Listed, Lists, list_id_of
from adapters.practice.progress import ProgressRows
from adapters.practice.sessions import Sessions
from adapters.quizzes import Quizzes
from adapters.samples import Samples
from handlers.api.practice.asking import Asking
from quiz.errors import NotFound
from quiz.practice.memory import strength
from quiz.practice.sessions import CreateSession, Session, new_session


class Creating(Struct, frozen=True):
    """Makes sessions."""

    asking: Asking
    lists: Lists
    progress: ProgressRows
    quizzes: Quizzes
    samples: Samples
    sessions: Sessions
    now: Callable[[], int]

    def create(self, wanted: CreateSession, user_id: str) -> Session:
        """Store a session with its first question named, and the list that it goes through before it."""
        ids = self._scope(wanted)
        session_id, seed = uuid.uuid4().hex, uuid.uuid4().hex
        if wanted.policy == "spaced":
            listed, list_id = self._spaced(ids, user_id), session_id
        else:
            listed, list_id = Listed(ids), list_id_of(ids)
        due = len(listed.memories)
        new = len(listed.ids) - due
        session = new_session(wanted, session_id, user_id, seed, list_id, new, due, self.now())
        self.lists.write(list_id, listed, session.expires_at)
        asking = self.asking.next(session)
        if asking.is_complete:
            raise _empty(wanted)
        self.sessions.create(asking)
        return asking

    def _scope(self, wanted: CreateSession) -> Sequence[str]:
        if wanted.quiz_id is not None:
            return self.quizzes.get(wanted.quiz_id).question_ids
        category = wanted.category or ""
        ids = self.samples.ids(category, wanted.difficulty)
        if not ids:
            self.samples.forget(category)
            raise _empty(wanted)
        return ids

    def _spaced(self, ids: Sequence[str], user_id: str) -> Listed:
        """What is new, then what is due, the weakest first; what is not due only where there is nothing else."""
        now = self.now()
        memories = self.progress.memories(user_id, frozenset(ids))
        new = [each for each in ids if each not in memories]
        due = [each for each in ids if each in memories and memories[each].due <= now]
        weakest = sorted(due if new or due else ids, key=lambda each: (strength(memories[each], now), each))
        return Listed([*new, *weakest], {len(new) + i: memories[each] for i, each in enumerate(weakest)})


def _empty(wanted: CreateSession) -> NotFound:
    if wanted.quiz_id is not None:
        return NotFound(f"nothing is left of the questions of the quiz {wanted.quiz_id!r}")
    return NotFound(f"there are no questions of difficulty {wanted.difficulty} in the category {wanted.category!r}")
