"""The calls that workers make to AWS, and what the adversary does to them."""

import asyncio
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.proofs.campaigns.delivering.book import Book
from tests.proofs.campaigns.delivering.protocol import Request
from tests.proofs.campaigns.delivering.services import Reply, Services, message_of, refusal, throttle
from tests.proofs.campaigns.delivering.trouble import KILLS, TAKES_EFFECT, THROTTLES, Adversary, Trouble
from tests.proofs.campaigns.delivering.workers import Worker

# When the client has given up, with its repetition too.
_LATE_SECONDS = 3.5
_FAILED = frozenset({Trouble.FAILED_BEFORE, Trouble.FAILED_AFTER})
_DROPPED = frozenset({Trouble.DROPPED_BEFORE, Trouble.DROPPED_AFTER})


class Calls:
    """Answers them. `serial` is the number of a message among all that were sent."""

    def __init__(
        self,
        book: Book,
        adversary: Adversary,
        serial: Callable[[str], int | str],
        kill: Callable[[Worker, Trouble, str], None],
    ) -> None:
        self._book = book
        self._adversary = adversary
        self._serial = serial
        self._kill = kill
        self._services = Services(book)
        self._numbers: Counter[tuple[str, str | int]] = Counter()
        self.outstanding = 0

    def take(self, worker: Worker, request: Request) -> None:
        """One call of a worker. That of a dead one was on its way when it died."""
        operation = request.target.rpartition(".")[2]
        self._book.calls[operation] += 1
        self._book.repeated_calls += request.repeats
        trouble = self._trouble(operation, request.body) if worker.alive else None
        in_part = trouble is Trouble.LEFT_OVER
        make = partial(self._services.answer, operation, request.body, worker.number, in_part)
        if trouble is None:
            request.reply(*make())
        else:
            worker.troubles.append(trouble)
            self._spoil(trouble, worker, operation, request, make)

    def _trouble(self, operation: str, parameters: Any) -> Trouble | None:
        message_id = message_of(operation, parameters)
        about = self._serial(message_id) if message_id else _read(parameters)
        number = self._numbers[operation, about]
        self._numbers[operation, about] += 1
        return self._adversary.of_call(operation, about, number)

    def _spoil(
        self, trouble: Trouble, worker: Worker, operation: str, request: Request, make: Callable[[], Reply]
    ) -> None:
        reply = make() if trouble in TAKES_EFFECT else None
        if reply and trouble in (Trouble.KILLED_ANSWERED, Trouble.LEFT_OVER):
            request.reply(*reply)
        if trouble in KILLS:
            self._kill(worker, trouble, operation)
            return
        self._book.troubles[trouble, operation] += 1
        if trouble in THROTTLES:
            request.reply(*throttle(operation))
        elif trouble in _FAILED:
            request.reply(*refusal(operation, "InternalServerError", 500))
        elif trouble in _DROPPED:
            request.drop()
        elif trouble is Trouble.STALLED_LATE:
            self.outstanding += 1
            asyncio.get_running_loop().call_later(_LATE_SECONDS, self._arrive, make)

    def _arrive(self, make: Callable[[], Reply]) -> None:
        make()
        self.outstanding -= 1


def _read(parameters: Any) -> str:
    """What is read from the bank."""
    return str(parameters["Key"]["quiz_id"]["S"]) if "Key" in parameters else "questions"
