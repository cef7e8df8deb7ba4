"""Compares scores with the answers that they were given for."""

from collections.abc import Callable, Sequence

import msgspec
from msgspec import Struct

from adapters.definitions import Definitions
from adapters.items import from_item
from adapters.live.participants import read_participant
from adapters.observability import logger
from adapters.operations.rows import Rows
from adapters.operations.sampling import Item
from adapters.sittings import read_sitting
from quiz.errors import BrokenQuiz, Rejected, UnknownQuiz
from quiz.operations.reconciling import StoredSubmission, player_differs, sitting_differs, submission_differs
from quiz.questions import Definition
from quiz.sittings import SUBMITTED

# A quiz with its questions is a hundred times the size of a submission; those of other quizzes are judged without.
_MOST_QUIZZES = 50
# Where a whole table has drifted, more lines tell no more.
_MOST_LINES = 20

# What comes of an item that is none, or that holds answers which nobody could have sent.
_UNREADABLE = (msgspec.MsgspecError, Rejected, ArithmeticError, LookupError, TypeError, ValueError)

Rule = Callable[[Item], tuple[str, ...]]


class Kind(Struct, frozen=True):
    """A table with scores: what its items are found by, and a rule that says what does not follow from the answers."""

    table: str
    key: tuple[str, ...]
    rule: Callable[[], Rule]


class Scores:
    """Compares samples of tables."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def drifted(self, kind: Kind, sample: Sequence[Item]) -> int:
        """How many of the sample are wrong, and still are when they and their quizzes are read again."""
        suspects = [_key(kind, item) for item, _ in _wrong(kind, sample)]
        found = _wrong(kind, self._rows.read(kind.table, suspects))
        for item, differs in found[:_MOST_LINES]:
            told = {"table": kind.table, "differs": differs, **_key(kind, item)}
            logger().error("a score has drifted", extra=told)
        return len(found)


def submission_rule(definitions: Definitions) -> Rule:
    """The rule of the submissions table."""
    asked: set[str] = set()

    def quiz(quiz_id: str) -> Definition | None:
        if quiz_id not in asked and len(asked) >= _MOST_QUIZZES:
            return None
        asked.add(quiz_id)
        try:
            return definitions.get(quiz_id)
        except (UnknownQuiz, BrokenQuiz):
            return None

    def differs(item: Item) -> tuple[str, ...]:
        stored = msgspec.convert(from_item(item), StoredSubmission)
        return submission_differs(stored, quiz(stored.quiz_id))

    return differs


def sitting_rule() -> Rule:
    """The rule of the results table, where a quiz has no score before it is submitted."""

    def differs(item: Item) -> tuple[str, ...]:
        sitting = read_sitting(item)
        return sitting_differs(sitting) if sitting.state == SUBMITTED else ()

    return differs


def player_rule() -> Rule:
    """The rule of the participants table."""
    return lambda item: player_differs(read_participant(item))


def _wrong(kind: Kind, items: Sequence[Item]) -> list[tuple[Item, tuple[str, ...]]]:
    rule = kind.rule()
    return [(item, differs) for item in items if (differs := _differs(rule, item))]


def _differs(rule: Rule, item: Item) -> tuple[str, ...]:
    try:
        return rule(item)
    except _UNREADABLE:
        return ("everything",)


def _key(kind: Kind, item: Item) -> dict[str, str]:
    return {name: item[name]["S"] for name in kind.key}
