"""Games, their players and everything between them, on one clock. Players act up to 64 at a time, in real threads."""

import heapq
import json
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from random import Random
from threading import Lock
from typing import Any

from quiz.live.settings import LiveSettings
from tests.proofs.faults import Killed
from tests.proofs.live import events
from tests.proofs.live.calls import Calls
from tests.proofs.live.functions import Environment, new_database
from tests.proofs.live.queues import Queue, Sqs
from tests.proofs.live.stream import Record, Stream
from tests.proofs.live.times import Time
from tests.proofs.live.wire import Connection, Told, Wire


@dataclass
class Trouble:
    """What the adversary may do between the functions."""

    repeated: float = 0.15
    throttled: float = 0.03


class World:
    """`tables` is the prefix of its tables; needs `functions.installed` around everything it does."""

    def __init__(self, seed: int, trouble: Trouble, environments: int = 6, at_a_time: int = 64) -> None:
        self.seed = seed
        self.time = Time()
        self.time.meanwhile = self.go_on
        self.calls = Calls()
        self.triggers = Queue(self.time, Random(seed + 1), trouble.repeated)
        self.jobs = Queue(self.time, Random(seed + 2), trouble.repeated)
        self.sqs = Sqs({"triggers": self.triggers, "jobs": self.jobs}, self.calls)
        self.wire = Wire(self.time, Random(seed + 3), trouble.throttled)
        self.stream: Stream | None = None
        self.chance = Random(seed)
        # How late an answer may be in every game here; players have no way to know, but like to try.
        self.grace_ms = LiveSettings().grace_ms
        self.invocations: Counter[str] = Counter()
        # Told of every invocation before it is made, and may make it end early.
        self.around: Callable[[str, dict[str, Any], Callable[[], Any]], Any] | None = None
        # Game, shard and version of what may have come too late to be of use, because a worker died.
        self.overdue: set[tuple[str, int, int]] = set()
        self._size = environments
        self._databases: list[Any] = []
        self._environments: list[Environment] = []
        self._events: list[tuple[int, int, Callable[[], object]]] = []
        self._numbers = count()
        self._lock = Lock()
        self._projecting = Lock()
        self._at_a_time = at_a_time
        self._pool = ThreadPoolExecutor(at_a_time, thread_name_prefix="player")

    def close(self) -> None:
        self._pool.shutdown()

    def environment(self) -> Environment:
        """Any of the warm ones."""
        if not self._environments:
            self.restart()
        return self._environments[next(self._numbers) % len(self._environments)]

    def begin_again(self, seed: int) -> None:
        """The same chances as in every world that begins with this."""
        for number, one in enumerate((self, self.triggers, self.jobs, self.wire, self.stream)):
            assert one is not None
            one.chance = Random(seed + number)

    def restart(self) -> None:
        """Every environment is recycled."""
        self._databases = self._databases or [new_database() for _ in range(self._size)]
        self._environments = [Environment(database) for database in self._databases]

    def _lose(self, dead: Environment) -> None:
        """A new environment is in the place of one that died; what still runs there goes on, as if it were another."""
        with self._lock:
            self._environments = [Environment(one.database) if one is dead else one for one in self._environments]

    def at(self, moment: int, event: Callable[[], object]) -> None:
        """Let something happen, at that moment or as soon as possible."""
        with self._lock:
            heapq.heappush(self._events, (max(moment, self.time.now), next(self._numbers), event))

    def invoke(self, function: str, event: dict[str, Any]) -> Any:
        with self._lock:
            self.invocations[function] += 1

        def make() -> Any:
            environment = self.environment()
            try:
                return environment.invoke(function, event)
            except Killed:
                self._lose(environment)
                raise

        return make() if self.around is None else self.around(function, event, make)

    def connect(self, user_id: str, hear: Callable[[Connection, Told], None]) -> Connection:
        connection = self.wire.open(user_id, hear)
        assert self.invoke("socket", events.message("$connect", connection))["statusCode"] == 200
        return connection

    def hang_up(self, connection: Connection, *, politely: bool) -> None:
        """The connection ends; AWS tells of it if it can."""
        connection.alive = False
        if politely:
            self.invoke("socket", events.message("$disconnect", connection))

    def send(self, connection: Connection, action: str, text: str, delivery: str = "") -> Told:
        """A message of a client, and the answer to it."""
        event = events.message(action, connection, text, delivery or f"d{next(self._numbers)}")
        told: Told = json.loads(self.invoke("socket", event)["body"])
        return told

    def request(self, route: str, user_id: str, body: dict[str, Any] | None = None, **event: Any) -> tuple[int, Any]:
        """A call of the HTTP API: status and body."""
        function = "leaderboard" if "/leaderboard/" in route else "http"
        answer = self.invoke(function, {**events.request(route, user_id, body), **event})
        return answer["statusCode"], json.loads(answer["body"])

    def play_until(self, moment: int) -> None:
        """Let everybody do what is due until then, those who are next to each other at the same time."""
        while batch := self._due(moment):
            self.time.reach(batch[-1][0])
            list(self._pool.map(lambda event: event[2](), batch))

    def _due(self, moment: int) -> list[tuple[int, int, Callable[[], object]]]:
        with self._lock:
            batch: list[tuple[int, int, Callable[[], object]]] = []
            while self._events and self._events[0][0] <= moment and len(batch) < self._at_a_time:
                batch.append(heapq.heappop(self._events))
            return batch

    def go_on(self, until: int) -> None:
        """What happens while the clock waits: everything else."""
        while (moment := self._next(self.jobs)) is not None and moment <= until:
            self.play_until(moment)
            self.time.reach(moment)
            self.broadcast()

    def run(self) -> None:
        """Until nothing is left to happen."""
        while (moment := self._next(self.jobs, self.triggers)) is not None:
            self.play_until(moment)
            self.time.reach(moment)
            if taken := self.triggers.receive(self.chance.randint(1, 3)):
                self.deliver(self.triggers, "clock", taken)
            self.broadcast()

    def _next(self, *queues: Queue) -> int | None:
        with self._lock:
            own = self._events[0][0] if self._events else None
        due = [one for one in (own, *(queue.next_due() for queue in queues)) if one is not None]
        return max(min(due), self.time.now) if due else None

    def broadcast(self) -> None:
        """Deliver the jobs that are due, in any order."""
        while taken := self.jobs.receive(self.chance.randint(1, 4)):
            self.deliver(self.jobs, "broadcast", taken)

    def deliver(self, queue: Queue, function: str, taken: list[Any]) -> None:
        answer = self.invoke(function, {"Records": [message.record() for message in taken]})
        queue.settle(taken, frozenset(one["itemIdentifier"] for one in answer["batchItemFailures"]))

    def project(self) -> None:
        """Let the projector catch up. A shard's batches are worked on one after the other."""
        assert self.stream is not None
        with self._projecting:
            self.stream.read()
            self.stream.deliver(self.take_up)

    def stream_repeats(self) -> int:
        """How many images the projector got again."""
        assert self.stream is not None
        return self.stream.repeated

    def take_up(self, records: list[Record]) -> bool:
        """Whether the projector was done with a batch."""
        return not self.invoke("projector", {"Records": records})["batchItemFailures"]
