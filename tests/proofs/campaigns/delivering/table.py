"""The rows of the campaign: what was done, what was promised, and what came of it."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from tests.proofs.campaigns.delivering.book import Book
from tests.proofs.campaigns.delivering.judging import judge, objections
from tests.proofs.campaigns.delivering.playing import Played
from tests.proofs.campaigns.delivering.trouble import KILLS, OTHER_TROUBLE, THROTTLES, TIMEOUTS, Trouble
from tests.proofs.history import Invoked, Sent
from tools.report import Row

COLUMNS = ("what", "claim", "seen")
_SIGKILL = 9
_OFFENDERS = 3


def rows(played: Played, seed: int) -> tuple[Row, ...]:
    """All of them."""
    return (*_sent(played), *_troubles(played), *_promises(played, seed), *_checked(played, seed), _pace(played))


def _sent(played: Played) -> Iterator[Row]:
    book, sent = played.book, list(played.book.all(Sent))
    works = {event.work.key for event in sent if event.work}
    poison = sum(1 for event in sent if not event.work)
    conflicts = len({event.work for event in sent if event.work}) - len(works)
    again = _came_again(book) / len(works)
    students = len({key[0] for key in works} | {event.message.group for event in sent if not event.work})
    yield _figure("submissions", len(works) + poison, played.submissions)
    yield _figure("students", students, played.students)
    yield Row(("messages that SQS took", "", f"{len(sent):,}, and {book.swallowed:,} as repeated within five minutes"))
    yield Row(("deliveries of a batch, to a worker process", "", f"{book.deliveries:,}"))
    yield Row(("submissions that a worker saw more than once", "at least 30 %", f"{again:.1%}"), again >= 0.3)
    share = poison / played.submissions
    yield Row(("poison", "at least 2 %", f"{poison:,} ({share:.1%})"), share >= 0.02)
    yield Row(("other answers under a known id", "", f"{conflicts:,}"))
    yield Row(("moved back from the dead-letter queue", "", f"{book.redriven:,}"))


def _came_again(book: Book) -> int:
    works = {event.message.message_id: event.work for event in book.all(Sent)}
    times: Counter[tuple[str, str]] = Counter()
    for event in book.all(Invoked):
        for message in event.batch.messages:
            if work := works.get(book.root(message.message_id) or ""):
                times[work.key] += 1
    return sum(1 for number in times.values() if number > 1)


def _troubles(played: Played) -> Iterator[Row]:
    book, deaths = played.book, played.workers.causes_of_death
    killed = sum(_by_operation(book, KILLS).values())
    dead = f"{killed:,}, {deaths[_SIGKILL]:,} of them confirmed by the operating system"
    yield Row(("workers killed with SIGKILL", "more than 0", dead), 0 < killed == deaths[_SIGKILL])
    for place in sorted(KILLS):
        if told := _told(_by_operation(book, {place})):
            yield Row((f"… killed {place}", "", told))
    others = sum(deaths.values()) - deaths[_SIGKILL]
    yield Row(("workers that died of anything else", "0", f"{others:,}"), others == 0)
    yield _some("calls throttled", book, THROTTLES)
    yield _some("calls timed out at the client", book, TIMEOUTS)
    yield _some("calls cut off, failed with a 500 or answered in part", book, OTHER_TROUBLE)
    yield Row(("responses of a worker lost", "", f"{book.troubles[Trouble.UNHEARD, '']:,}"))
    yield Row(("calls, among them repeated by botocore", "", f"{book.calls.total():,}, {book.repeated_calls:,}"))


def _promises(played: Played, seed: int) -> Iterator[Row]:
    sent, verdict = list(played.book.all(Sent)), judge(played.book)
    yield _figure("submissions stored", verdict.stored, len({event.work.key for event in sent if event.work}))
    yield Row(("messages in quarantine: poison and conflicts", "", f"{verdict.quarantined:,}"))
    yield _none("messages lost", verdict.lost, seed)
    yield _none("submissions stored twice", verdict.stored_twice, seed)
    yield _none("results changed after they were stored", verdict.changed, seed)
    yield _none("scores other than worked out by hand", verdict.wrong_score, seed)


def _checked(played: Played, seed: int) -> Iterator[Row]:
    said = {"before the dead letters are moved back": "; ".join(played.objections_before)} | objections(played.book)
    for invariant, objection in said.items():
        seen = f"seed {seed}: {objection[:300]}" if objection else "no objection"
        yield Row((f"checker: {invariant}", "no objection", seen), not objection)


def _pace(played: Played) -> Row:
    messages = sum(1 for _ in played.book.all(Sent))
    slow = sum(1 for event in played.book.all(Invoked) if Trouble.SLOW in event.faults)
    pace = f"{messages / played.seconds:,.0f} messages a second, {played.seconds:,.0f} s"
    return Row(("pace, for information", "", f"{pace}; {slow:,} deliveries took over 1 s"))


def _figure(what: str, seen: int, claim: int) -> Row:
    return Row((what, f"{claim:,}", f"{seen:,}"), seen == claim)


def _none(what: str, offenders: Sequence[str], seed: int) -> Row:
    told = f" (seed {seed}: {', '.join(offenders[:_OFFENDERS])})" if offenders else ""
    return Row((what, "0", f"{len(offenders):,}{told}"), not offenders)


def _some(what: str, book: Book, troubles: Collection[Trouble]) -> Row:
    found = _by_operation(book, troubles)
    return Row((what, "more than 0", f"{found.total():,}: {_told(found)}"), found.total() > 0)


def _by_operation(book: Book, troubles: Collection[Trouble]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (trouble, operation), number in book.troubles.items():
        if trouble in troubles:
            found[operation] += number
    return found


def _told(found: Counter[str]) -> str:
    return ", ".join(f"{number:,} {operation}".strip() for operation, number in found.most_common())
