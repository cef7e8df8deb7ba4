"""The real handlers, each in as many execution environments as a world wants, with the world around them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock, local
from types import SimpleNamespace
from typing import Any

import pytest

from adapters import clients, dynamo, events, media
from adapters.cache import connecting
from adapters.live import posting, queues, times, winners
from adapters.live.posting import Answer, Posting
from handlers.api import http, socket
from handlers.api.live import environment
from handlers.cache import leaderboard, projector
from handlers.scheduler import broadcast, clock
from tests.proofs.live.calls import Calls
from tests.proofs.live.queues import Sqs
from tests.proofs.live.times import Time
from tests.proofs.live.wire import Wire

_MODULES = {
    "http": http,
    "socket": socket,
    "shared": environment,
    "clock": clock,
    "broadcast": broadcast,
    "projector": projector,
    "leaderboard": leaderboard,
}
_PLENTY_OF_MS = 30_000

_context = SimpleNamespace(
    aws_request_id="invocation", function_name="live", get_remaining_time_in_millis=lambda: _PLENTY_OF_MS
)
_current = local()
# Making clients is not for several threads at once.
_making = RLock()


class Environment:
    """Started cold; what it has set up it keeps, and shares with none other."""

    def __init__(self, database: Any) -> None:
        self.database = database
        self._parts: dict[str, Any] = {}

    def invoke(self, function: str, event: dict[str, Any]) -> Any:
        """The handler's response, or whatever it raises. Needs `installed`."""
        before, _current.environment = getattr(_current, "environment", None), self
        try:
            return _MODULES[function].handler(event, _context)
        finally:
            _current.environment = before

    def part(self, name: str, make: Any) -> Any:
        """What the function's bootstrap gives in this environment."""
        if name not in self._parts:
            with _making:
                self._parts[name] = self._parts.get(name) or make()
        return self._parts[name]


def new_database() -> Any:
    """A client of its own, which outlives the environment that has it: it remembers nothing."""
    with _making:
        clients.create.cache_clear()
        return clients.make("dynamodb")


def _here() -> Environment:
    found: Environment = _current.environment
    return found


def _install_bootstraps(patch: pytest.MonkeyPatch) -> None:
    for name, module in _MODULES.items():
        made = module.bootstrap.__wrapped__
        patch.setattr(module, "bootstrap", lambda name=name, made=made: _here().part(name, made))
    listed = socket.connections.__wrapped__
    patch.setattr(socket, "connections", lambda: _here().part("connections", listed))
    patch.setattr(dynamo, "client", lambda: _here().database)


@contextmanager
def installed(time: Time, sqs: Sqs, wire: Wire, calls: Calls, variables: dict[str, str]) -> Iterator[None]:
    """The handlers find the world's clock, queues and sockets, and real clients of everything else."""

    def ask(_: Posting, method: str, connection_id: str, data: bytes) -> Answer:
        status = calls(method, lambda: wire.post(method, connection_id, data))
        return Answer(posting._meaning(status), status)

    shared: tuple[Any, ...] = (clients.create, events.client, media.client, winners.client)
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        for name, value in variables.items():
            patch.setenv(name, value)
        patch.setattr(times, "time", time)
        patch.setattr(clock, "time", time)
        patch.setattr(queues, "client", lambda: sqs)
        patch.setattr(Posting, "_ask", ask)
        _install_bootstraps(patch)
        calls.install(patch)
        for cached in (*shared, connecting.create):
            cached.cache_clear()
        yield
        for cached in (*shared, connecting.create):
            cached.cache_clear()
