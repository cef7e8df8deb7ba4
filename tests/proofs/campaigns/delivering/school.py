"""What Lambda does for the workers: batches, responses, the function's timeout, and another worker for a dead one."""

import asyncio
from collections import deque
from itertools import count
from typing import Any

from tests.proofs.campaigns.delivering.book import Book
from tests.proofs.campaigns.delivering.calls import Calls
from tests.proofs.campaigns.delivering.chance import Chance
from tests.proofs.campaigns.delivering.protocol import Request
from tests.proofs.campaigns.delivering.queueing import Intake
from tests.proofs.campaigns.delivering.trouble import Adversary, Trouble
from tests.proofs.campaigns.delivering.workers import Worker, Workers
from tests.proofs.event_source import FunctionError, failed_ids
from tests.proofs.faults import Killed
from tests.proofs.fifo_model import Batch
from tests.proofs.history import Invoked

# As the queue's module sets the function up.
_FUNCTION_SECONDS = 10.0
_SOMETIME_SECONDS = 0.2
# An invocation of more than this may have seen a timeout that nobody meant.
_SLOW_SECONDS = 1.0


class School:
    """One run."""

    def __init__(self, seed: int) -> None:
        self._chance = Chance(seed)
        self.book = Book()
        self.adversary = Adversary(self._chance)
        self.intake = Intake(self.book, self._chance)
        self.workers = Workers(self._born)
        self._calls = Calls(self.book, self.adversary, self.intake.serial, self._kill)
        self._numbers = count(1)
        self._unborn: dict[str, Request] = {}
        self._idle: deque[Worker] = deque()
        self._busy: set[Worker] = set()

    async def rest(self) -> None:
        """Deliver until nothing is left."""
        loop = asyncio.get_running_loop()
        self._rested: asyncio.Future[None] = loop.create_future()
        loop.set_exception_handler(self._fail)
        self._go_on()
        await asyncio.wait({self._rested, self.workers.gone}, return_when=asyncio.FIRST_COMPLETED)
        if not self._rested.done():
            raise RuntimeError("all workers are gone")
        self._rested.result()

    def take(self, request: Request) -> None:
        """What a worker asks, of us or of AWS: its name leads the path."""
        name, _, asks = request.path.strip("/").partition("/")
        worker = self.workers.by_name.get(name)
        if worker is None:
            self._unborn[name] = request
        elif asks:
            self._asked(worker, request)
        else:
            self._calls.take(worker, request)

    def lose(self, request: Request) -> None:
        """A connection has ended. A worker keeps the one with which it asks for batches as long as it lives."""
        worker = self.workers.by_name.get(request.path.strip("/").removesuffix("/next"))
        if worker and request is worker.asks and not self._rested.done():
            self._kill(worker, Trouble.DIED)

    def _born(self, worker: Worker) -> None:
        if request := self._unborn.pop(worker.name, None):
            self._asked(worker, request)

    def _asked(self, worker: Worker, request: Request) -> None:
        if worker.alive and worker.batch:
            self._responded(worker, worker.batch, request.body)
        if worker.alive:
            worker.asks = request
            self._idle.append(worker)
            self._go_on()

    def _go_on(self) -> None:
        while self._idle and (batch := self.intake.next_batch()):
            self._hand(self._idle.popleft(), batch)
        if self._busy or self._rested.done():
            return
        if self.intake.at_rest:
            if self._calls.outstanding:
                asyncio.get_running_loop().call_later(0.05, self._go_on)
            else:
                self._rested.set_result(None)
        elif self._idle:
            self.intake.let_time_pass()
            asyncio.get_running_loop().call_soon(self._go_on)

    def _hand(self, worker: Worker, batch: Batch) -> None:
        loop = asyncio.get_running_loop()
        worker.number, worker.batch, worker.begun, worker.troubles = next(self._numbers), batch, loop.time(), []
        worker.timers = [loop.call_later(_FUNCTION_SECONDS, self._kill, worker, Trouble.CUT_OFF)]
        worker.fate = self.adversary.of_invocation(worker.number)
        self._busy.add(worker)
        self.book.deliveries += 1
        if worker.asks:
            job = {"number": worker.number, "seconds": _FUNCTION_SECONDS, "event": batch.event()}
            worker.asks.reply(200, job)
        if worker.fate is Trouble.KILLED_AT_ONCE:
            self._kill(worker, worker.fate)
        elif worker.fate is Trouble.KILLED_SOMETIME:
            seconds = self._chance.of("sometime", worker.number) * _SOMETIME_SECONDS
            worker.timers.append(loop.call_later(seconds, self._kill, worker, worker.fate))

    def _responded(self, worker: Worker, batch: Batch, told: dict[str, Any]) -> None:
        match worker.fate:
            case Trouble.KILLED_RESPONDING:
                self._kill(worker, worker.fate)
                return
            case Trouble.UNHEARD:
                self.book.troubles[worker.fate, ""] += 1
                error: BaseException | None = FunctionError(worker.fate)
            case _:
                error = RuntimeError(told["error"]) if "error" in told else None
        self._end(worker, batch, told.get("response"), error)

    def _kill(self, worker: Worker, place: Trouble, operation: str = "") -> None:
        if worker.alive and worker.batch:
            self.workers.kill(worker)
            self.book.troubles[place, operation] += 1
            self._end(worker, worker.batch, None, Killed(place))
            asyncio.get_running_loop().call_soon(self._go_on)

    def _end(self, worker: Worker, batch: Batch, response: object, error: BaseException | None) -> None:
        for timer in worker.timers:
            timer.cancel()
        if asyncio.get_running_loop().time() - worker.begun > _SLOW_SECONDS:
            worker.troubles.append(Trouble.SLOW)
        self.book.events.append(Invoked(worker.number, batch, response, error, tuple(worker.troubles)))
        ids = batch.ids()
        self.book.queue.settle(batch, frozenset(ids) if error else failed_ids(response, ids))
        worker.batch = None
        self._busy.discard(worker)

    def _fail(self, _: object, context: dict[str, Any]) -> None:
        if not self._rested.done():
            self._rested.set_exception(context.get("exception") or RuntimeError(context["message"]))
