"""What a run has learnt so far: ids that exist, who has what, and what waits in queues."""

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any, NamedTuple

from quiz.feedback import correct_answer
from tests.proofs.campaigns.fuzzing import bank, hostile


class Person(NamedTuple):
    """Somebody who is signed in."""

    user_id: str
    groups: tuple[str, ...] = ()

    @property
    def is_instructor(self) -> bool:
        return "instructors" in self.groups


STUDENTS = tuple(Person(name) for name in ("ann", "bob", "cleo"))
TEACHER = Person("teacher", ("staff", "instructors"))
_RIGHT = {one.question_id: correct_answer(one.key) for one in bank.questions()}
_WRONG: tuple[Any, ...] = (
    "a",
    "d",
    ["b"],
    ["a", "b", "c", "d"],
    {"a": "two", "b": "one"},
    True,
    False,
    7,
    "x",
    None,
    [],
)
_MOST = 40


class Drawn(NamedTuple):
    """A quiz that was generated."""

    person: Person
    questions: tuple[str, ...]


class Practising(NamedTuple):
    """A session, as its student last saw it."""

    person: Person
    version: int
    question: str


@dataclass
class Memory:
    """Only ever the latest of each kind, so that those are met again which still exist."""

    drawn: dict[str, Drawn] = field(default_factory=dict)
    submitted: set[str] = field(default_factory=set)
    sessions: dict[str, Practising] = field(default_factory=dict)
    games: list[str] = field(default_factory=lambda: list(bank.LIVE_QUIZZES))
    versions: dict[str, int] = field(default_factory=lambda: {one.question_id: 1 for one in bank.questions()})
    pages: list[str] = field(default_factory=lambda: ["bm93aGVyZQ"])
    triggers: list[str] = field(default_factory=list)
    jobs: list[str] = field(default_factory=list)
    images: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    # The question that was asked last in each game.
    asked: dict[str, str] = field(default_factory=dict)
    submissions: list[str] = field(default_factory=list)

    def keep(self, kind: list[Any], things: list[Any]) -> None:
        """Remember the newest."""
        kind += things
        del kind[:-_MOST]

    def question(self, chance: Random) -> tuple[str, str]:
        """A game and a question, the one that is open more often than not."""
        if self.asked and chance.random() < 0.8:
            return chance.choice(list(self.asked.items())[-3:])
        return str(chance.choice(self.games)), f"q{chance.randrange(7)}"

    def image(self, table: str, item: dict[str, Any]) -> None:
        """A row as it was written, in DynamoDB's own form."""
        self.keep(self.images.setdefault(table, []), [item])


def answer_to(question_id: str, chance: Random) -> Any:
    """Right, wrong or nonsense."""
    kind = chance.random()
    if kind < 0.45 and question_id in _RIGHT:
        return _plain(_RIGHT[question_id])
    return chance.choice(_WRONG) if kind < 0.85 else hostile.anything(chance)


def _plain(answer: Any) -> Any:
    return int(answer) if isinstance(answer, Decimal) else answer
