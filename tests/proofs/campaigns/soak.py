"""Half an hour of everything at once on the local stack: nothing fails, nothing is lost, and nothing grows."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import NamedTuple

from tests.proofs.campaigns import soak_people as people
from tests.proofs.campaigns.soak_book import Book, Pace
from tests.proofs.campaigns.soak_games import Evening
from tests.proofs.campaigns.soak_judging import Span, latencies, memory, nothing
from tests.proofs.campaigns.soak_readings import Readings
from tests.stack.support import Stack
from tools.report import Row, Section
from tools.stack import outputs

_SECONDS_BETWEEN_READINGS = 5


class Size(NamedTuple):
    """How long; how much of that is for warming up; players of a game; and whether it is long enough to see growth."""

    seconds: int
    warm_up: int
    players: int
    shows_growth: bool


SHORT = Size(seconds=20, warm_up=2, players=4, shows_growth=False)
FULL = Size(seconds=1800, warm_up=120, players=10, shows_growth=True)

Work = Callable[[], None]


class Soak:
    """Everybody at work, and what they leave."""

    def __init__(self, stack: Stack, size: Size, seed: int) -> None:
        self._stack, self._size, self._seed = stack, size, seed
        self.book, self.posted, self._newest = Book(), people.Posted(), people.Newest()
        self.evening = Evening(stack, self.book, self._newest, size.players)
        self.readings = Readings(stack.known["redis_url"], _SECONDS_BETWEEN_READINGS)
        self.ended_early: list[str] = []
        begins = time.monotonic()
        self.span = Span(begins + size.warm_up, begins + size.seconds)

    def play(self) -> None:
        """Everybody works until the end, and finishes what was begun."""
        work = self._work()
        with _watched(self.readings), ThreadPoolExecutor(len(work)) as pool:
            futures = {name: pool.submit(each) for name, each in work.items()}
        self.ended_early = [f"{name}: {error!r}" for name, future in futures.items() if (error := _error(future))]
        self._stack.drained()

    def lost(self) -> list[str]:
        """Submissions that are not stored once, with the answers that were sent."""
        stored: dict[tuple[str, str], str] = {}
        for student in sorted({student for student, _ in self.posted.fingerprints}):
            for result in self._stack.results(student):
                stored[student, result["submission_id"]] = result["fingerprint"]
        sent = self.posted.fingerprints
        return [f"{key}" for key in sorted({*sent, *stored}) if sent.get(key) != stored.get(key)]

    def _work(self) -> dict[str, Work]:
        stack, book, seed = self._stack, self.book, self._seed

        def pace(every: float, first: float = 0) -> Pace:
            return Pace(every, self.span.ends, first)

        return {
            "quizzes": lambda: people.take_quizzes(stack, book, pace(1.5), f"{seed} quizzes"),
            "practice": lambda: people.practise(stack, book, pace(1, 0.3), f"{seed} practice"),
            "submissions": lambda: people.submit(stack, book, pace(0.5, 0.5), f"{seed} submissions", self.posted),
            "leaderboard": lambda: people.look(stack, book, pace(1, 0.7), self._newest),
            "health": lambda: people.check_health(stack, book, pace(2, 0.9)),
            "games": lambda: self.evening.play(self.span.ends, f"{seed} games"),
        }


def run(size: Size, seed: int) -> Section:
    """Play it on the local stack, which has to be up."""
    soak = Soak(Stack(outputs.read()), size, seed)
    soak.play()
    return Section(
        "Soak", _about(soak, size), ("what", "bound", "first", "middle", "last"), tuple(_rows(soak, size, seed))
    )


def _rows(soak: Soak, size: Size, seed: int) -> list[Row]:
    book = soak.book
    wrong = [f"{call.what}: {call.trouble}" for call in book.calls if call.trouble]
    for_ever = [f"{reading.keys_for_ever} keys" for reading in soak.readings.taken if reading.keys_for_ever]
    return [
        nothing(f"calls with an unexpected answer, of {len(book.calls):,}", wrong, seed),
        nothing("people who had to give up", soak.ended_early, seed),
        nothing(f"submissions lost or stored otherwise, of {len(soak.posted.fingerprints):,}", soak.lost(), seed),
        nothing(f"results, sessions, boards and {len(soak.evening.games)} games that differ", book.differences, seed),
        nothing("readings of Redis with a key that never expires", for_ever, seed),
        *latencies(book.calls, soak.span, judged=size.shows_growth),
        *memory(soak.readings.taken, soak.span, judged=size.shows_growth),
    ]


def _about(soak: Soak, size: Size) -> str:
    return (
        f"{size.seconds / 60:.1f} minutes on the local stack, of which the first {size.warm_up} s warm up; the rest "
        "is compared by thirds. At the same time: quizzes generated, submitted and read back over HTTP, sessions of "
        f"practice, {soak.posted.messages:,} messages of an LMS, of which one in ten is a resend, reads of the "
        "leaderboard and of the health check, and one live game after the other with "
        f"{size.players} players over WebSockets. Every answer is compared with what is stored, and every player's "
        "points in the table, on the leaderboard and in the export. "
        f"Memory is read every {_SECONDS_BETWEEN_READINGS} s: of each function the oldest process, which the emulator "
        "asks first, so that a new one does not hide what an old one gathers. The first third holds caches that fill, "
        "so the last is compared with the middle one. A function that does nothing at all grows there by some 140 "
        "bytes an invocation, because the C library keeps each trace id that is put into the environment. What is "
        "judged of latency is the p99 of each minute, and of those the median of the third, which one bad minute of a "
        "busy machine does not move and anything that grows does; what the emulator itself takes is in it."
    )


@contextmanager
def _watched(readings: Readings) -> Iterator[None]:
    stop = Event()
    with ThreadPoolExecutor(1) as pool:
        watching = pool.submit(readings.take, stop)
        try:
            yield
        finally:
            stop.set()
        watching.result()


def _error(future: Future[None]) -> BaseException | None:
    return future.exception()
