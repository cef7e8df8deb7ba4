"""Every outgoing call of the handlers, by whichever way it leaves: where a crash may come between any two of them."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import pytest
from botocore.client import BaseClient
from redis.client import Pipeline, Redis

from tests.proofs.faults import Killed


@dataclass
class Crash:
    """The process ends just after the call of this number has taken effect; nothing more leaves it then."""

    number: int | None = None
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
        # Whatever the answer was, nobody reads it.
        with suppress(Exception):
            call()
        raise Killed(name)


class Calls:
    """What all calls pass; outside of `crashing` they just pass."""

    def __init__(self) -> None:
        self._crash: Crash | None = None
        self.made: Counter[str] = Counter()

    def __call__(self, name: str, call: Callable[[], Any]) -> Any:
        self.made[name] += 1
        return call() if self._crash is None else self._crash.run(name, call)

    @contextmanager
    def crashing(self, crash: Crash) -> Iterator[Crash]:
        self._crash = crash
        try:
            yield crash
        finally:
            self._crash = None

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """Have the clients of AWS and Redis go through here; queues and sockets are models that do so by themselves."""
        make: Any = BaseClient._make_api_call  # type: ignore[attr-defined]
        execute: Any = Pipeline.execute
        evaluate: Any = Redis.execute_command

        def observed(client: Any, operation: str, arguments: Any) -> Any:
            return self(operation, lambda: make(client, operation, arguments))

        def observed_pipeline(pipeline: Any, *arguments: Any, **options: Any) -> Any:
            return self("pipeline", lambda: execute(pipeline, *arguments, **options))

        def observed_command(client: Any, *arguments: Any, **options: Any) -> Any:
            return self(str(arguments[0]), lambda: evaluate(client, *arguments, **options))

        patch.setattr(BaseClient, "_make_api_call", observed)
        patch.setattr(Pipeline, "execute", observed_pipeline)
        patch.setattr(Redis, "execute_command", observed_command)
