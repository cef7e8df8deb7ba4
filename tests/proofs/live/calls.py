"""Every outgoing call of the handlers, by whichever way it leaves: where a crash may come between any two of them."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import pytest
from botocore.client import BaseClient
from redis.client import Pipeline, Redis

from tests.proofs.faults import Killed


@dataclass
class Crash:
    """The process ends just after the call of this number has taken effect; nothing more leaves it then.

    With `before` it ends before that call leaves, which is of interest for the very first one.
    """

    number: int | None = None
    before: bool = False
    names: list[str] = field(default_factory=list)
    dead: bool = False
    _lock: Any = field(default_factory=Lock)

    def run(self, name: str, call: Callable[[], Any]) -> Any:
        with self._lock:
            if self.dead:
                raise Killed(name)
            number = len(self.names)
            self.names.append(name)
            self.dead = number == self.number
            dies = self.dead
        if not dies:
            return call()
        if self.before:
            raise Killed(name)
        # Whatever the answer was, nobody reads it.
        with suppress(Exception):
            call()
        raise Killed(name)


# Of the invocation at hand, which other invocations may run beside, and inside while it waits.
_crash: ContextVar[Crash | None] = ContextVar("crash", default=None)


class Calls:
    """What all calls pass; outside of `crashing` they just pass."""

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()

    def __call__(self, name: str, call: Callable[[], Any]) -> Any:
        self.made[name] += 1
        crash = _crash.get()
        return call() if crash is None else crash.run(name, call)

    @contextmanager
    def crashing(self, crash: Crash) -> Iterator[Crash]:
        before = _crash.set(crash)
        try:
            yield crash
        finally:
            _crash.reset(before)

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """Have the clients of AWS and Redis go through here; queues and sockets are models that do so by themselves."""
        make: Any = BaseClient._make_api_call  # type: ignore[attr-defined]
        execute: Any = Pipeline.execute
        evaluate: Any = Redis.execute_command
        submit: Any = ThreadPoolExecutor.submit

        def observed(client: Any, operation: str, arguments: Any) -> Any:
            return self(operation, lambda: make(client, operation, arguments))

        def observed_pipeline(pipeline: Any, *arguments: Any, **options: Any) -> Any:
            return self("pipeline", lambda: execute(pipeline, *arguments, **options))

        def observed_command(client: Any, *arguments: Any, **options: Any) -> Any:
            return self(str(arguments[0]), lambda: evaluate(client, *arguments, **options))

        def submitted(pool: Any, work: Any, /, *given: Any, **named: Any) -> Any:
            # Whatever an invocation does in threads ends with it, too.
            return submit(pool, copy_context().run, work, *given, **named)

        patch.setattr(ThreadPoolExecutor, "submit", submitted)
        patch.setattr(BaseClient, "_make_api_call", observed)
        patch.setattr(Pipeline, "execute", observed_pipeline)
        patch.setattr(Redis, "execute_command", observed_command)
