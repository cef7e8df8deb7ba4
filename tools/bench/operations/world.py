"""Where our functions are asked: tables in memory, a clock that stands still, and connections that answer at once."""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from adapters.live import times
from adapters.live.posting import Posting
from handlers.scheduler import clock
from tools.bench.operations.network import Network
from tools.cost.measure import bank
from tools.cost.measure.place import Context, furnished
from tools.stack.processes import free_port

PLAYERS = 100
CONTEXT = Context()
# As long as a role's.
SESSION_TOKEN = "n" * 900

_QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012"
_POSTED = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
# What X-Ray says of most invocations.
UNSAMPLED = "Root=1-6700f1a2-0123456789abcdef01234567;Parent=0123456789abcdef;Sampled=0"


class World:
    """The clock of live quizzes stands still but where somebody moves it on, so that no answer comes too late."""

    def __init__(self, network: Network, redis_port: int) -> None:
        self.network = network
        self.redis_port = redis_port
        self.now_ms = time.time_ns() // 1_000_000

    @contextmanager
    def ready(self) -> Iterator[None]:
        """Everything is there that Terraform makes, and a bank."""
        with ExitStack() as stack:
            stack.enter_context(furnished())
            stack.enter_context(patch.dict(os.environ, self._variables()))
            stack.enter_context(patch.object(times, "time", SimpleNamespace(time_ns=lambda: self.now_ms * 1_000_000)))
            stack.enter_context(patch.object(clock, "time", SimpleNamespace(sleep=self.sleep)))
            stack.enter_context(patch.object(Posting, "_connect", lambda _: _Connected(self.network)))
            with self.network.unnoticed():
                bank.fill(self.database(), PLAYERS)
                self._queues()
            yield

    def database(self) -> Any:
        """A client of the tables."""
        from adapters import dynamo

        return dynamo.client()

    def sleep(self, seconds: float) -> None:
        """Nobody waits."""
        self.now_ms += round(seconds * 1000)

    def sent(self, operation: str, since: int) -> list[bytes]:
        """The bodies of such requests, beginning with so many'th of all."""
        return [body for name, body in self.network.sent[since:] if name == operation]

    def _variables(self) -> dict[str, str]:
        return {
            "AWS_SESSION_TOKEN": SESSION_TOKEN,
            "REDIS_HOST": "127.0.0.1",
            "REDIS_PORT": str(self.redis_port),
            "_X_AMZN_TRACE_ID": UNSAMPLED,
        }

    def _queues(self) -> None:
        from adapters.live import queues

        for name in ("jobs", "triggers", "dead"):
            queues.client().create_queue(QueueName=name)


def closed_port() -> int:
    """Where nobody listens."""
    return free_port()


class _Connected(HTTPConnection):
    """A connection to the endpoint of WebSockets: http.client writes and reads, and nothing leaves the process."""

    def __init__(self, network: Network) -> None:
        super().__init__("connections")
        self._network = network
        self.sock = SimpleNamespace(sendall=self._sent, makefile=lambda *_, **__: BytesIO(_POSTED), close=lambda: None)

    def _sent(self, data: bytes) -> None:
        # The body follows by itself.
        if data.startswith(b"POST "):
            self._network.count("apigatewaymanagementapi.PostToConnection")
