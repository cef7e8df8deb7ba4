"""The queue, the function and the table together: every move that a run can make."""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from threading import Barrier

from tests.proofs import lms
from tests.proofs.environment import Environment, Platform
from tests.proofs.event_source import FunctionError, failed_ids
from tests.proofs.faults import Fault, FaultPlan, Killed
from tests.proofs.fifo_model import LARGEST_BATCH, Batch
from tests.proofs.history import History, Invoked, Published, Sent
from tests.proofs.poisons import POISONS, poison
from tests.proofs.violation import Violation

_MOST_ROUNDS = 500


class NeverAtRest(Violation):
    """Messages went round and round, though nothing went wrong any more."""


class World:
    """One run. Nothing in it happens by chance or by the time of day."""

    def __init__(self, platform: Platform | None = None) -> None:
        self._platform = platform or Platform()
        self._environment: Environment | None = None
        self._invocations = 0
        self._version = 1
        self._serial = 0
        self.history = History()
        self.received: list[Batch] = []
        lms.publish_broken(self.history.database)
        self._publish("exam")

    def send(self, work: lms.Work, style: int = 0, group: str | None = None) -> None:
        """The LMS sends someone's work; content-based de-duplication, so another spelling is another message."""
        self._send(group or work.student, lms.body(work, style), work=work)

    def poison(self, kind: str, student: str) -> None:
        """The LMS sends what can never be stored."""
        self._serial += 1
        self.send_body(poison(kind, student, self._serial), student, POISONS[kind][1])

    def send_body(self, body: str, group: str, codes: Iterable[str]) -> None:
        """The LMS sends a body that is to be rejected with one of these codes."""
        self._send(group, body, codes=codes)

    def deliver(
        self,
        faults: Mapping[int, Fault] | None = None,
        limit: int = LARGEST_BATCH,
        rotate: int = 0,
        mixed: bool = False,
        lost: bool = False,
        slow: float = 0,
    ) -> FaultPlan | None:
        """Receive a batch and hand it to the function. `lost`: it ran, then timed out before its response came."""
        batch = self.history.queue.receive(limit, rotate, mixed)
        if not batch.messages:
            return None
        self.received.append(batch)
        return self._invoke(batch, faults, lost, slow)

    def duplicate(self, number: int, only: int | None, faults: Mapping[int, Fault] | None = None) -> None:
        """Deliver an old batch again, or one message of it: at least once means that this may happen at any time."""
        batch = self.received[number % len(self.received)]
        if only is not None:
            batch = batch.only(only)
        if only is None or not self._overtakes(batch):
            self._invoke(batch, faults)

    def race(self, rivals: int) -> None:
        """Receive a batch and hand it to several environments at the same moment, in threads of their own."""
        batch = self.history.queue.receive()
        environments = [Environment(self._platform, self.history) for _ in range(rivals)]
        numbers = range(self._invocations + 1, self._invocations + rivals + 1)
        barrier = Barrier(rivals)

        def run(environment: Environment, number: int) -> object:
            barrier.wait()
            return environment.invoke(batch.event(), number, FaultPlan())

        with ThreadPoolExecutor(rivals) as pool:
            responses = list(pool.map(run, environments, numbers))
        self._invocations += rivals
        for number, response in zip(numbers, responses, strict=True):
            self._end(Invoked(number, batch, response, None, ()))

    def drop(self, limit: int) -> None:
        """A throttled function: the messages are received, and come back without it having run."""
        self.history.queue.receive(limit)

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.history.clock.advance(seconds)

    def move_back(self, limit: int = 1_000_000) -> None:
        """Someone redrives the dead-letter queue."""
        self.history.dead_letters.move_back(limit, self.history.queue)

    def publish_late_quiz(self) -> None:
        """The quiz that some students were too early for."""
        self._publish("late")

    def correct_keys(self) -> None:
        """The second version of the keys; what is stored keeps its score."""
        self._version = 2
        for quiz in {event.quiz for event in self.history.all(Published)}:
            self._publish(quiz)

    def restart(self) -> None:
        """The environment is recycled."""
        self._environment = None

    def drain(self) -> None:
        """Let everything come to rest without any more trouble."""
        for _ in range(_MOST_ROUNDS):
            if not self.history.queue.messages:
                return
            if self.deliver() is None:
                self.advance(60)
        raise NeverAtRest(f"still in the queue: {[m.message_id for m in self.history.queue.messages]}")

    def _send(self, group: str, body: str, work: lms.Work | None = None, codes: Iterable[str] = ()) -> None:
        message, is_new = self.history.queue.send(group, sha256(body.encode()).hexdigest(), body)
        if is_new:
            self.history.events.append(Sent(replace(message), work, frozenset(codes)))

    def _publish(self, quiz: str) -> None:
        lms.publish(self.history.database, quiz, self._version)
        self.history.events.append(Published(quiz, self._version))

    def _overtakes(self, batch: Batch) -> bool:
        """Even a duplicate does not run ahead of what waits before it in its group."""
        [message] = batch.messages
        place = list(self.history.ledger).index
        waiting = [m.message_id for m in self.history.queue.messages if m.group == message.group]
        return bool(waiting) and place(waiting[0]) < place(message.message_id)

    def _invoke(
        self, batch: Batch, faults: Mapping[int, Fault] | None = None, lost: bool = False, slow: float = 0
    ) -> FaultPlan:
        if self._environment is None:
            self._environment = Environment(self._platform, self.history)
        plan = FaultPlan(faults, rival=lambda: self._rival(batch))
        error = self._run(self._environment, batch, plan, lost, slow)
        if error is not None:
            self._environment = None
        return plan

    def _rival(self, batch: Batch) -> None:
        self._run(Environment(self._platform, self.history), batch, FaultPlan())

    def _run(
        self, environment: Environment, batch: Batch, plan: FaultPlan, lost: bool = False, slow: float = 0
    ) -> BaseException | None:
        self._invocations += 1
        number, response, error = self._invocations, None, None
        try:
            response = environment.invoke(batch.event(), number, plan)
        except (Killed, Exception) as raised:  # noqa: BLE001
            error = raised
        if lost:
            error = FunctionError("timed out before the response")
        self.advance(slow)
        self._end(Invoked(number, batch, response, error, tuple(plan.fired)))
        return error

    def _end(self, ended: Invoked) -> None:
        self.history.events.append(ended)
        ids = ended.batch.ids()
        self.history.queue.settle(ended.batch, frozenset(ids) if ended.error else failed_ids(ended.response, ids))
