"""Plays all days of the school, and leaves what the judges look at."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from tests.proofs import lms
from tests.proofs.campaigns.delivering.book import Book
from tests.proofs.campaigns.delivering.judging import check_at_rest
from tests.proofs.campaigns.delivering.protocol import Connection
from tests.proofs.campaigns.delivering.queueing import Event
from tests.proofs.campaigns.delivering.school import School
from tests.proofs.campaigns.delivering.traffic import LATE_QUIZ, QUIZZES, Letter, days
from tests.proofs.campaigns.delivering.workers import Workers
from tests.proofs.history import Published

_DAY = 86_400
# After so many days the keys are corrected, and there is a quiz that some were too early for.
_CORRECTED_AFTER = 3


@dataclass(frozen=True)
class Played:
    """One run at its end."""

    book: Book
    workers: Workers
    submissions: int
    students: int
    seconds: float
    objections_before: list[str]


def play(submissions: int, students: int, workers: int, seed: int, sabotage: str = "") -> Played:
    """Everything that is sent, delivered until it rests, then moved back from the dead-letter queue in peace."""
    return asyncio.run(_play(submissions, students, workers, seed, sabotage))


async def _play(submissions: int, students: int, workers: int, seed: int, sabotage: str) -> Played:
    begun = time.monotonic()
    calendar = days(submissions, students, seed)
    async with _opened(workers, seed, sabotage) as school:
        for term in (calendar[:_CORRECTED_AFTER], calendar[_CORRECTED_AFTER:]):
            school.intake.open(_agenda(term, school.book))
            await school.rest()
            # In between, because a handler that reads a quiz meanwhile may find one half of it corrected.
            _publish(school.book, 2, *QUIZZES, LATE_QUIZ)
        objections = check_at_rest(school.book)
        school.adversary.at_peace = True
        _move_back(school.book, 1)
        await school.rest()
    seconds = time.monotonic() - begun
    return Played(school.book, school.workers, submissions, students, seconds, objections)


@asynccontextmanager
async def _opened(workers: int, seed: int, sabotage: str) -> AsyncIterator[School]:
    school = School(seed)
    lms.publish_broken(school.book.database)
    _publish(school.book, 1, *QUIZZES)
    server = await asyncio.get_running_loop().create_server(
        partial(Connection, school.take, school.lose), "127.0.0.1", 0
    )
    port = server.sockets[0].getsockname()[1]
    await school.workers.start(f"http://127.0.0.1:{port}", workers, sabotage)
    try:
        yield school
    finally:
        await school.workers.stop()
        server.close()


def _agenda(term: list[list[Letter]], book: Book) -> Iterator[Letter | Event]:
    for letters in term:
        yield from letters
        yield partial(_pass_the_night, book)


def _pass_the_night(book: Book) -> None:
    """Batches are in flight, and will be delivered again; half of what was set aside comes back into the trouble."""
    book.clock.advance(_DAY)
    _move_back(book, 2)


def _move_back(book: Book, part: int) -> None:
    letters = book.dead_letters
    moved = letters.move_back(len(letters.messages) // part, book.queue)
    book.redriven += len(moved)


def _publish(book: Book, version: int, *quizzes: str) -> None:
    for quiz in quizzes:
        lms.publish(book.database, quiz, version)
        book.events.append(Published(quiz, version))
