"""Judges a history at rest: one function per invariant, each of which raises a Violation that tells what is wrong."""

import json
from fractions import Fraction

from tests.proofs.database_model import Item
from tests.proofs.history import History, Published, Sent, Written
from tests.proofs.invocation_checker import check_order, check_poison_blocks_nobody, check_responses
from tests.proofs.lms import POINTS, STRANGER, Work
from tests.proofs.violation import CONFLICT, Violation, is_work_of, rejections


def check(history: History, redriven: bool = False) -> None:
    """Every invariant. After a redrive in peace, only what can never be stored may be left set aside."""
    check_stored_once(history)
    check_nothing_vanished(history)
    check_nothing_invented(history)
    check_scores(history)
    check_conflicts(history)
    check_poison_blocks_nobody(history)
    check_order(history)
    check_responses(history)
    if redriven:
        check_only_rejects_are_left(history)


def check_stored_once(history: History) -> None:
    """(a) Each accepted submission is written once, and stays as it was written."""
    first: dict[tuple[str, str], Written] = {}
    for write in history.all(Written):
        before = first.setdefault(write.key, write)
        if before is not write or write.overwrote:
            raise Violation(
                f"{write.key} was stored by {before.cause} and again by {write.cause}:\n"
                f"  {_told(before.item)}\n  {_told(write.item)}"
            )
    there = {_key(item): item for item in history.database.items("submissions")}
    if there != {key: write.item for key, write in first.items()}:
        raise Violation(f"the table holds {sorted(there)}, and was written {sorted(first)}, or an item was changed")


def check_nothing_vanished(history: History) -> None:
    """(b) Each message that SQS took is stored, or waits in the dead-letter queue."""
    if waiting := history.queue.messages:
        raise Violation(f"not at rest: {[message.message_id for message in waiting]} are still in the queue")
    stored = _stored(history)
    aside = history.roots(history.dead_letters.messages)
    for sent in history.all(Sent):
        if sent.message.message_id in aside:
            continue
        if sent.work is None or not is_work_of(stored.get(sent.work.key), sent.work):
            raise Violation(f"message {sent.message.message_id} vanished, neither stored nor set aside: {_short(sent)}")


def check_nothing_invented(history: History) -> None:
    """(b) Nothing else is there: no result that nobody sent, no dead letter that is not a message as it came."""
    sent = {event.message.message_id: event for event in history.all(Sent)}
    for write in history.all(Written):
        work = sent[history.root(write.cause.message_id) or ""].work
        if work is None or work.key != write.key or not is_work_of(write.item, work):
            raise Violation(f"{write.cause} stored {write.key} {_told(write.item)}, and the message was {work}")
    for root, messages in history.roots(history.dead_letters.messages).items():
        for message in messages:
            if root is None or root not in sent:
                raise Violation(f"dead letter {message.message_id} comes from no message ({message.source})")
            origin = sent[root].message
            if (message.body, message.group) != (origin.body, origin.group):
                raise Violation(f"dead letter {message.message_id} is not message {root} as it came: {message.body}")


def check_scores(history: History) -> None:
    """(c) The stored score is what the answers are worth by the version of the key that is stored beside it."""
    works: dict[tuple[str, str], set[Work]] = {}
    for event in history.all(Sent):
        if event.work is not None:
            works.setdefault(event.work.key, set()).add(event.work)
    versions = {(event.quiz, event.version) for event in history.all(Published)}
    for key, item in _stored(history).items():
        for work in works.get(key, ()):
            if not is_work_of(item, work):
                continue
            version = int(item["quiz_version"]["N"])
            if (work.quiz, version) not in versions:
                raise Violation(f"{key} was scored by version {version} of {work.quiz}, which there never was")
            expected = work.score(version)
            strangers = [STRANGER] if work.stranger else []
            wanted = (expected, POINTS, expected * 100 / POINTS, strangers, len(strangers))
            if _scored(item) != wanted:
                raise Violation(f"{key} has {_scored(item)} and should have {wanted} by version {version}: {work}")


def check_conflicts(history: History) -> None:
    """(d) Other answers under a stored id change nothing and are set aside, with the reason unless SQS did it."""
    stored = _stored(history)
    aside = history.roots(history.dead_letters.messages)
    for sent in history.all(Sent):
        item = stored.get(sent.work.key) if sent.work else None
        if sent.work is None or item is None or is_work_of(item, sent.work):
            continue
        letters = aside.get(sent.message.message_id, [])
        reasons = {letter.error_code for letter in letters} - {None}
        # It may have been too early for its quiz before it was a conflict.
        if not letters or not reasons <= {CONFLICT, "unknown_quiz"}:
            raise Violation(f"conflict {sent.message.message_id} over {sent.work.key} was set aside as {reasons}")


def check_only_rejects_are_left(history: History) -> None:
    """After a redrive in peace, just the messages that can never be stored are set aside, each with its reason."""
    stored = _stored(history)
    published = {event.quiz for event in history.all(Published)}
    aside = history.roots(history.dead_letters.messages)
    for sent in history.all(Sent):
        allowed = rejections(sent, stored, published)
        reasons = {letter.error_code for letter in aside.get(sent.message.message_id, [])}
        if not reasons <= allowed or bool(reasons) != bool(allowed):
            raise Violation(f"message {sent.message.message_id} is set aside as {reasons}, should be {set(allowed)}")


def _stored(history: History) -> dict[tuple[str, str], Item]:
    return {_key(item): item for item in history.database.items("submissions")}


def _key(item: Item) -> tuple[str, str]:
    return item["student_id"]["S"], item["submission_id"]["S"]


def _scored(item: Item) -> tuple[object, ...]:
    numbers = [Fraction(item[name]["N"]) for name in ("score", "max_score", "percentage")]
    return (*numbers, [name["S"] for name in item["unknown_questions"]["L"]], int(item["unknown_count"]["N"]))


def _told(item: Item) -> str:
    return json.dumps({name: item[name] for name in ("answers", "score", "scored_at")})


def _short(sent: Sent) -> str:
    return repr(sent.work) if sent.work else sent.message.body[:100]
