"""The queue between the LMS and the workers: what is in it, what comes next, and the time that passes meanwhile."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import count
from typing import TypeAlias

from tests.proofs.campaigns.delivering.book import Book
from tests.proofs.campaigns.delivering.chance import Chance
from tests.proofs.campaigns.delivering.traffic import Letter
from tests.proofs.fifo_model import LARGEST_BATCH, Batch
from tests.proofs.history import Sent

Event: TypeAlias = Callable[[], None]

# So many wait in the queue, while there is something to send.
_WAITING = 1_000
_SECONDS_BETWEEN_LETTERS = 0.05
# Sometimes so much time passes that all that is being worked on is delivered again meanwhile.
_LEAP_SECONDS, _LEAPS = 61, 1 / 1500


class Intake:
    """Sends what there is to send, and hands it out in batches of every kind."""

    def __init__(self, book: Book, chance: Chance) -> None:
        self._book = book
        self._chance = chance
        self._agenda: Iterator[Letter | Event] = iter(())
        self._sent = count()
        self._received = count()
        self.serials: dict[str, int] = {}

    def open(self, agenda: Iterable[Letter | Event]) -> None:
        """What is sent, and what is done between."""
        self._agenda = iter(agenda)

    @property
    def at_rest(self) -> bool:
        """Nothing is sent any more, and nothing waits."""
        self._fill()
        return not self._book.queue.messages

    def next_batch(self) -> Batch | None:
        """What a worker gets, unless everything is invisible."""
        self._fill()
        number = next(self._received)
        limit = min(LARGEST_BATCH, 1 + self._chance.below(20, "limit", number))
        rotate = self._chance.below(1_000, "rotate", number)
        batch = self._book.queue.receive(limit, rotate, self._chance.of("mixed", number) < 0.5)
        return batch if batch.messages else None

    def let_time_pass(self) -> None:
        """Nobody works: until the next message becomes visible."""
        clock = self._book.clock
        until = (message.invisible_until for message in self._book.queue.messages)
        clock.now = min((moment for moment in until if moment > clock.now), default=clock.now)

    def serial(self, message_id: str) -> int | str:
        """The number of the message among those that were sent, whatever moved it since; or what is no message."""
        return self.serials.get(self._book.root(message_id) or "", message_id)

    def _fill(self) -> None:
        while len(self._book.queue.messages) < _WAITING and (entry := next(self._agenda, None)):
            if isinstance(entry, Letter):
                self._send(entry)
            else:
                entry()

    def _send(self, letter: Letter) -> None:
        book, serial = self._book, next(self._sent)
        book.clock.advance(_LEAP_SECONDS if self._chance.of("leap", serial) < _LEAPS else _SECONDS_BETWEEN_LETTERS)
        body = letter.body()
        # Content-based de-duplication, so another spelling is another message.
        message, is_new = book.queue.send(letter.group, sha256(body.encode()).hexdigest(), body)
        if is_new:
            self.serials[message.message_id] = serial
            book.events.append(Sent(replace(message), letter.work, letter.codes()))
        else:
            book.swallowed += 1
