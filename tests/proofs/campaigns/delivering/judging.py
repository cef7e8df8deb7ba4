"""Counts what the campaign promises, and asks the checker of the proofs for every invariant."""

import json
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from tests.proofs import checker, invocation_checker
from tests.proofs.campaigns.delivering.book import Book, Key, digest
from tests.proofs.database_model import Item
from tests.proofs.history import History, Sent
from tests.proofs.lms import Work
from tests.proofs.violation import Violation, is_work_of

CHECKS: Mapping[str, Callable[[History], None]] = {
    "each stored once": checker.check_stored_once,
    "nothing vanished": checker.check_nothing_vanished,
    "nothing invented": checker.check_nothing_invented,
    "every score right": checker.check_scores,
    "conflicts change nothing and are set aside": checker.check_conflicts,
    "poison is set aside at once and blocks nobody": invocation_checker.check_poison_blocks_nobody,
    "first writes in the order of sending": invocation_checker.check_order,
    "every response well-formed": invocation_checker.check_responses,
    "in the end only rejects are set aside, each with its reason": checker.check_only_rejects_are_left,
}


class Verdict(NamedTuple):
    """What broke a promise, by promise; each kept one is an empty list."""

    lost: list[str]
    stored_twice: list[str]
    changed: list[str]
    wrong_score: list[str]
    stored: int
    quarantined: int


def objections(book: Book) -> dict[str, str]:
    """By invariant, what the checker says; nothing if it has no objection."""
    return {name: _asked(check, book) for name, check in CHECKS.items()}


def check_at_rest(book: Book) -> list[str]:
    """What the checker says before the dead letters are moved back: what is not stored has to be among them."""
    return [
        said for check in (checker.check_nothing_vanished, checker.check_conflicts) if (said := _asked(check, book))
    ]


def judge(book: Book) -> Verdict:
    """Count, from what the table and the dead-letter queue hold, and from what was sent."""
    stored = {_key(item): item for item in book.database.items("submissions")}
    aside = {(letter.group, letter.body) for letter in book.dead_letters.messages}
    sent = list(book.all(Sent))
    works = {event.work.key for event in sent if event.work}
    return Verdict(
        lost=[event.message.message_id for event in sent if not _kept(event, stored, aside)],
        stored_twice=[str(key) for key, writes in book.writes.items() if writes > 1],
        changed=[str(key) for key, first in book.first.items() if key not in stored or digest(stored[key]) != first],
        wrong_score=[str(key) for key in _wrong(stored, sent)],
        stored=len(stored.keys() & works),
        quarantined=len(book.dead_letters.messages),
    )


def _kept(event: Sent, stored: Mapping[Key, Item], aside: set[tuple[str, str]]) -> bool:
    if event.work and is_work_of(stored.get(event.work.key), event.work):
        return True
    return (event.message.group, event.message.body) in aside


def _wrong(stored: Mapping[Key, Item], sent: list[Sent]) -> Iterator[Key]:
    """Whose score is not what just the stored answers are worth."""
    worth = {_handed_in(event.work): event.work for event in sent if event.work}
    for key, item in stored.items():
        work = worth.get((*key, item["quiz_id"]["S"], _canonical(json.loads(item["answers"]["S"]))))
        if work is None or Fraction(item["score"]["N"]) != work.score(int(item["quiz_version"]["N"])):
            yield key


def _handed_in(work: Work) -> tuple[str, str, str, str]:
    return (*work.key, work.quiz, _canonical(work.answers()))


def _canonical(answers: object) -> str:
    return json.dumps(answers, sort_keys=True)


def _asked(check: Callable[[History], None], book: Book) -> str:
    try:
        check(book)
    except Violation as violation:
        return str(violation)
    except KeyError as stranger:
        return f"{stranger} comes from no message that was sent"
    return ""


def _key(item: Item) -> Key:
    return item["student_id"]["S"], item["submission_id"]["S"]
