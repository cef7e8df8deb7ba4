"""The real handler in environments that die at random calls, and a client that then sends the same once more."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import TypeVar

from quiz.practice.sessions import PolicyName
from quiz.questions import Question
from tests.proofs.faults import Killed
from tests.proofs.practice.place import Place
from tests.proofs.practice.wire import Books, Server, State, Told

T = TypeVar("T")

_SHARE = 0.25
# As many as a request of a cold environment makes.
_MOST_CALLS = 6
_BEFORE = 0.25


class Deaths:
    """Ends environments by chance; `killed` counts them by what they were asked for."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.killed: Counter[str] = Counter()

    def survived(self, what: str, chance: Random, ask: Callable[[], T]) -> T:
        """What is answered in the end."""
        while chance.random() < _SHARE:
            number, before, told = chance.randrange(_MOST_CALLS), chance.random() < _BEFORE, []
            with self.place.crashing(number, before=before) as crash, suppress(Killed):
                told.append(ask())
            if not crash.dead:
                return told[0]
            self.killed[what] += 1
        return ask()

    def serve(self, asked: list[Question], due: int, policy: PolicyName, seed: str, luck: str) -> "Mortal":
        """A new student's session; its misfortunes follow from `luck`."""
        chance = Random(f"{luck} {len(asked)} {due} {policy} {seed}")
        made = self.survived("create", chance, lambda: self.place.serve(asked, due, policy, seed))
        return Mortal(self, made, chance)


class Mortal:
    """A session behind that handler."""

    def __init__(self, deaths: Deaths, server: Server, chance: Random) -> None:
        self._deaths = deaths
        self._server = server
        self._chance = chance

    def read(self) -> State:
        return self._deaths.survived("read", self._chance, self._server.read)

    def answer(self, question_id: str, version: int, answer: str) -> Told:
        return self._deaths.survived("answer", self._chance, lambda: self._server.answer(question_id, version, answer))

    def books(self) -> Books:
        return self._server.books()

    def directly(self, question_id: str, version: int, answer: str) -> Told:
        """An answer that nothing happens to."""
        return self._server.answer(question_id, version, answer)
