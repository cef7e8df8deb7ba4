"""A question as it is shown in a session: its options in an order that follows from the seed, another for each try."""

from collections.abc import Sequence
from typing import TypeVar

from msgspec import structs

from quiz.practice.sessions import Asked
from quiz.practice.shuffles import draw, shuffled
from quiz.questions import Option, Question

T = TypeVar("T")


class Seeded:
    """Chance for one showing of one question."""

    def __init__(self, seed: str, *about: object) -> None:
        self._seed = seed
        self._about = about

    def sample(self, population: Sequence[T], k: int) -> list[T]:
        """`k` different elements in random order."""
        return shuffled(population, self._seed, *self._about)[:k]

    def randrange(self, stop: int, /) -> int:
        """A number from 0 to one below `stop`."""
        return draw(self._seed, *self._about) % stop


def shown(question: Question, seed: str, asked: Asked) -> Question:
    """The question with its options in the order of this showing, which is never that of the try before."""
    order: Sequence[Option] = question.options
    for miss in range(asked.misses + 1):
        order = _other(question.options, order if miss else (), seed, asked, miss)
    return structs.replace(question, options=tuple(order))


def _other(options: Sequence[Option], before: Sequence[Option], seed: str, asked: Asked, miss: int) -> Sequence[Option]:
    """Another order than the one before, if there is one."""
    attempt = 0
    while True:
        found = shuffled(options, seed, asked.chosen_at, asked.question_id, miss, attempt)
        if found != list(before) or len(options) < 2:
            return found
        attempt += 1
