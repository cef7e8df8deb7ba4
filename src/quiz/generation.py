"""Making a quiz for one student: what may be asked for, and which questions are drawn."""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Annotated, Protocol

from msgspec import Meta, Struct

from quiz.fields import Category, Difficulty, Id
from quiz.public import Chance
from quiz.questions import Question

PERSONALISED = "personalized"

_DIFFICULTIES = range(1, 6)
# Questions that are gone from the bank, or were moved, are replaced by others; more than a few at once are not normal.
_MOST_READS = 4
# One call reads no more.
_MOST_AT_ONCE = 100
_WEAK_CATEGORIES = 3
_NAMED = 50


class Generate(Struct, frozen=True, forbid_unknown_fields=True):
    """A quiz that somebody wants."""

    quiz_type: Annotated[Category, Meta(description="A category, or `personalized`.")] = "general"
    difficulty: Difficulty = 2
    count: Annotated[int, Meta(ge=1, le=50)] = 10
    user_id: Annotated[Id | None, Meta(description="For whom; only instructors may name somebody else.")] = None
    time_limit: Annotated[int, Meta(ge=30, le=86_400, description="Seconds.")] | None = None


class Bank(Protocol):
    """Where questions come from."""

    def ids(self, category: str, difficulty: int) -> Sequence[str]:
        """The questions of one bucket."""

    def read(self, question_ids: Sequence[str]) -> list[Question]:
        """Those of the questions that there are, in the order of their ids."""


class Past(Struct, frozen=True):
    """What counts of a quiz taken before, when the next one is chosen."""

    question_ids: tuple[str, ...] = ()
    category_scores: dict[str, tuple[Decimal, Decimal]] = {}


class Drawing:
    """The questions of a quiz while they are being drawn: first from where they should come, then from further away."""

    def __init__(self, bank: Bank, count: int, chance: Chance) -> None:
        self._bank = bank
        self._count = count
        self._chance = chance
        self._tried: set[str] = set()
        self.questions: list[Question] = []

    @property
    def missing(self) -> int:
        """How many questions are still wanted."""
        return self._count - len(self.questions)

    def add(self, question_ids: Sequence[str]) -> None:
        """Take these questions in this order, as many as are wanted."""
        wanted = [question_id for question_id in dict.fromkeys(question_ids) if question_id not in self._tried]
        self._tried.update(wanted)
        if wanted and self.missing:
            self.questions += self._bank.read(wanted)[: self.missing]

    def draw(self, categories: Sequence[str], difficulty: int, avoided: Collection[str] = ()) -> None:
        """Fill up from the categories, the nearest difficulties first."""
        for near in nearest(difficulty):
            if not self.missing:
                return
            pool = [question_id for category in categories for question_id in self._bank.ids(category, near)]
            for reads in range(_MOST_READS):
                # The first read as a rule finds them all; where it does not, the next ones ask for more than needed.
                drawn = self._sample(pool, avoided, min(self.missing * (1 + reads), _MOST_AT_ONCE))
                if not drawn:
                    break
                self._tried.update(drawn)
                found = self._bank.read(drawn)
                there = [each for each in found if each.category in categories and each.difficulty == near]
                self.questions += there[: self.missing]

    def _sample(self, pool: Sequence[str], avoided: Collection[str], number: int) -> list[str]:
        """Ids of the pool, each as likely as any other: leaving some out of a random order keeps the rest random."""
        enough = min(len(pool), number + len(self._tried) + len(avoided)) if number else 0
        drawn = self._chance.sample(pool, enough)
        # A question that has just moved to another category may be in two of them.
        return [each for each in dict.fromkeys(drawn) if each not in self._tried and each not in avoided][:number]


def nearest(difficulty: int) -> list[int]:
    """Every difficulty, the nearest first and of two equally near ones the easier."""
    return sorted(_DIFFICULTIES, key=lambda other: (abs(other - difficulty), other))


def weakest(past: Iterable[Past]) -> list[str]:
    """The few categories in which the smallest part of the points was earned; none where nothing was lost."""
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for quiz in past:
        for category, (earned, possible) in quiz.category_scores.items():
            before = sums.get(category, (Decimal(0), Decimal(0)))
            sums[category] = (before[0] + earned, before[1] + possible)
    shares = {category: earned / possible for category, (earned, possible) in sums.items() if earned < possible}
    return sorted(shares, key=lambda category: (shares[category], category))[:_WEAK_CATEGORIES]


def describe(asked: Generate, drawn: Sequence[Question], kept: Sequence[Question]) -> str:
    """What the student should know about the quiz: `kept` are those of the drawn questions that fit into it."""
    personal = asked.quiz_type == PERSONALISED
    said = [f"Quiz generated with {len(kept)} question{'s' * (len(kept) != 1)}."]
    others = [] if personal else [question for question in kept if question.difficulty != asked.difficulty]
    if others:
        levels = ", ".join(str(level) for level in sorted({question.difficulty for question in others}))
        said.append(f"Difficulty {asked.difficulty} has too few: {len(others)} come from difficulty {levels}.")
    if len(drawn) < asked.count:
        where = "the bank" if personal else f"the category {asked.quiz_type!r}"
        said.append(f"You asked for {asked.count}, and {where} holds no more.")
    if len(kept) < len(drawn):
        said.append(f"You asked for {asked.count}, and no more of these long questions fit into one quiz.")
    return " ".join(said)


def no_questions(asked: Generate, categories: Sequence[str]) -> str:
    """Why there is no quiz, and what there could be instead."""
    if not categories:
        return "the bank holds no questions yet"
    listed = ", ".join(repr(name) for name in categories[:_NAMED]) + (", ..." if len(categories) > _NAMED else "")
    return f"there are no questions in the category {asked.quiz_type!r}; there are: {listed}"
