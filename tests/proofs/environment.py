"""One execution environment of the function: the real handler, wired to the models instead of AWS."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import local
from typing import Any

import pytest
from aws_lambda_powertools.metrics.provider.cloudwatch_emf import cloudwatch

from adapters.dead_letters import DeadLetters
from adapters.definitions import Definitions
from adapters.observability import logger
from adapters.submissions import Submissions
from handlers.queue import submissions as module
from handlers.queue.groups import Groups, Record
from handlers.queue.submissions import Handled, Processor
from tests.proofs.database_model import DatabaseClient
from tests.proofs.faults import Context, FaultPlan, Network
from tests.proofs.history import History, SetAside
from tests.proofs.queue_client import QueueClient

Handler = Callable[[dict[str, Any], Any], Any]


class _Nobody(ThreadPoolExecutor):
    """Never comes, so that a run can be repeated call by call and a kill ends everything."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return Future()


class InlineGroups(Groups):
    """The groups of a batch one after the other. The adversary chooses their order, by the order of the records."""

    def __init__(self) -> None:
        super().__init__()
        self._pool = _Nobody()


@dataclass(frozen=True)
class Platform:
    """The code under test. A mutant replaces one part of it."""

    handler: Handler = module.handler
    processor: type[Processor] = Processor
    submissions: type[Submissions] = Submissions
    dead_letters: type[DeadLetters] = DeadLetters
    groups: type[Groups] = InlineGroups


class _Watched:
    """The processor, with a note of the record that each thread works on."""

    def __init__(self, processor: Processor, network: Network) -> None:
        self._processor = processor
        self._network = network

    def process(self, record: Record) -> Handled:
        self._network.working.message_id = record["messageId"]
        return self._processor.process(record)


class Environment:
    """Started cold, then kept for many invocations until it is killed."""

    def __init__(self, platform: Platform, history: History) -> None:
        self._handler = platform.handler
        self._network = Network()
        database: Any = DatabaseClient(history.database, self._network)
        queue: Any = QueueClient(
            history.dead_letters,
            self._network,
            lambda message_id, code: history.events.append(SetAside(message_id, code)),
        )
        processor = platform.processor(
            definitions=Definitions(database, "quizzes", "questions", clock=lambda: history.clock.now),
            submissions=platform.submissions(database, "submissions"),
            dead_letters=platform.dead_letters(lambda: queue, "dead-letters"),
            trust_inline_keys=False,
        )
        self._parts = _Watched(processor, self._network), platform.groups()

    def invoke(self, event: dict[str, Any], number: int, plan: FaultPlan) -> object:
        """The handler's response, or whatever it raises. Needs `installed`."""
        self._network.plan, self._network.invocation = plan, number
        before, _current.parts = getattr(_current, "parts", None), self._parts
        try:
            return self._handler(event, Context(self._network))
        finally:
            _current.parts = before


# By thread, as environments may run side by side, and inside each other when one overtakes another.
_current = local()


@contextmanager
def installed() -> Iterator[None]:
    """Have the handler find the parts of the environment that calls it, and write neither logs nor metrics.

    The failures that are injected by the thousand would bury the one that matters.
    """
    before = logger().log_level
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POWERTOOLS_SERVICE_NAME", "submissions")
        patch.setattr(module, "bootstrap", lambda: _current.parts)
        patch.setattr(cloudwatch, "print", lambda _: None, raising=False)
        logger().setLevel(logging.CRITICAL)
        yield
        logger().setLevel(before)
