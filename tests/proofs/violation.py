"""What the checkers have in common."""

import json
from collections.abc import Collection, Mapping

from tests.proofs.database_model import Item
from tests.proofs.history import Sent
from tests.proofs.lms import Work

CONFLICT = "conflicting_submission"


class Violation(AssertionError):
    """An invariant does not hold."""


def is_work_of(item: Item | None, work: Work) -> bool:
    """Whether the stored result is for just this work."""
    return item is not None and item["quiz_id"]["S"] == work.quiz and json.loads(item["answers"]["S"]) == work.answers()


def rejections(sent: Sent, stored: Mapping[tuple[str, str], Item], quizzes: Collection[str]) -> frozenset[str]:
    """The error codes that fit the message, by what is stored and published; none if it has to be stored."""
    if sent.work is None:
        return sent.codes
    if is_work_of(stored.get(sent.work.key), sent.work):
        return frozenset()
    return frozenset({CONFLICT if sent.work.key in stored and sent.work.quiz in quizzes else "unknown_quiz"})
