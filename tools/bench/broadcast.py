"""What a broadcast costs a worker: one message to 1,000 connections, against a loop over the SDK's client.

Both post to the same endpoint, which answers each post after 10 ms, as AWS roughly does. The loop is what the platform
did before: one client, one post after the other.
"""

import asyncio
import contextlib
import io
import multiprocessing
import os
import statistics
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any, NamedTuple
from unittest.mock import patch

import botocore.session
from botocore.client import BaseClient
from msgspec import Raw, json

from adapters import clients, dynamo
from adapters.items import to_item
from handlers.scheduler import broadcast
from quiz.live.broadcasts import Job
from quiz.live.games import shard_of
from quiz.live.messages import You

_CONNECTIONS = 1_000
# The loop takes as long for each, so that a part of them tells enough.
_LOOPED = 250
_ROUNDS = 7
_ANSWER_SECONDS = 0.010

_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
_MESSAGE = b'{"type":"question_closed","text":"' + b"x" * 600 + b'"}'
_PLAYERS = [f"{number:08x}-0000-4000-8000-000000000000" for number in range(_CONNECTIONS)]
# Like those of API Gateway, which end in a character that has to be escaped.
_IDS = [f"L0SM9cOFv{number:05d}=" for number in range(_CONNECTIONS)]


class Cost(NamedTuple):
    """Milliseconds for each post."""

    wall: float
    cpu: float


class Measured(NamedTuple):
    """Medians of the rounds, and how many times faster, and with which part of the CPU time, the worker is."""

    worker: Cost
    loop: Cost
    speedup: float
    cpu_ratio: float


class _Context:
    aws_request_id = "bench"

    def get_remaining_time_in_millis(self) -> int:
        return 60_000


def measure() -> Measured:
    """Both, in turns, and compared in each round."""
    with _endpoint() as url, patch.dict(os.environ, _variables(url)), _new_environment():
        loop, worker = _loop(url), _worker()
        loop()
        worker()
        rounds = [(_cost(worker, _CONNECTIONS), _cost(loop, _LOOPED)) for _ in range(_ROUNDS)]
    return Measured(
        worker=_median([ours for ours, _ in rounds]),
        loop=_median([theirs for _, theirs in rounds]),
        speedup=statistics.median(theirs.wall / ours.wall for ours, theirs in rounds),
        cpu_ratio=statistics.median(ours.cpu / theirs.cpu for ours, theirs in rounds),
    )


@contextlib.contextmanager
def _new_environment() -> Iterator[None]:
    """As if the function had just been started, and nothing of it were left behind."""
    cached: tuple[Any, ...] = (broadcast.bootstrap, dynamo.client, clients.create)
    for each in cached:
        each.cache_clear()
    try:
        yield
    finally:
        broadcast.bootstrap().posting.close()
        for each in cached:
            each.cache_clear()


def _loop(url: str) -> Callable[[], None]:
    client: Any = botocore.session.get_session().create_client(
        "apigatewaymanagementapi", endpoint_url=f"{url}/_aws/execute-api/api/live"
    )

    def run() -> None:
        for connection_id in _IDS[:_LOOPED]:
            client.post_to_connection(ConnectionId=connection_id, Data=_MESSAGE)

    return run


def _worker() -> Callable[[], None]:
    rows = [to_item({"connection_id": c, "participant_id": p}) for c, p in zip(_IDS, _PLAYERS, strict=True)]
    event = {"Records": [{"messageId": "bench", "body": json.encode(_job()).decode()}]}

    def run() -> None:
        with (
            patch.object(BaseClient, "_make_api_call", lambda *_: {"Items": rows}),
            contextlib.redirect_stdout(io.StringIO()) as said,
        ):
            response = broadcast.handler(event, _Context())
        if response["batchItemFailures"] or f'"MessagesPosted":[{float(_CONNECTIONS)}]' not in said.getvalue():
            raise AssertionError(f"not everybody was told: {said.getvalue()}")

    return run


def _job() -> Job:
    standing = You(rank=1, score=1000, earned=1000, correct=True)
    return Job(
        game_id="game-00000000000000000000",
        shard=shard_of(_PLAYERS[0], 1),
        version=2,
        made_at=time.time_ns() // 1_000_000,
        message=Raw(_MESSAGE),
        you=dict.fromkeys(_PLAYERS, standing),
    )


def _cost(run: Callable[[], None], posts: int) -> Cost:
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    return Cost((time.perf_counter() - wall) / posts * 1000, (time.process_time() - cpu) / posts * 1000)


def _median(costs: list[Cost]) -> Cost:
    return Cost(statistics.median(c.wall for c in costs), statistics.median(c.cpu for c in costs))


def _variables(url: str) -> dict[str, str]:
    return {
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
        # As long as a role's.
        "AWS_SESSION_TOKEN": "n" * 900,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": url,
        "CONNECTIONS_TABLE": "none",
        "JOBS_QUEUE_URL": "none",
        "POWERTOOLS_SERVICE_NAME": "bench",
        "WEBSOCKET_API_ID": "api",
        "WEBSOCKET_STAGE": "live",
    }


@contextlib.contextmanager
def _endpoint() -> Iterator[str]:
    """The endpoint's address; it runs in a process of its own, so that its CPU time is nobody's here."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{here.recv()}"
    finally:
        process.terminate()
        process.join()


def _serve(ready: Connection) -> None:
    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(_Answering, "127.0.0.1", 0, backlog=200)
        ready.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


class _Answering(asyncio.Protocol):
    """As much of HTTP/1.1 as posts need."""

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self._received = b""

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, ended, rest = self._received.partition(b"\r\n\r\n")
        if ended and len(rest) >= _length(head):
            self._received = rest[_length(head) :]
            asyncio.get_running_loop().call_later(_ANSWER_SECONDS, self._transport.write, _ANSWER)


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


if __name__ == "__main__":
    measured = measure()
    print(f"a post by a worker: {measured.worker.wall:.2f} ms, {measured.worker.cpu:.2f} ms of CPU")
    print(f"a post in the loop: {measured.loop.wall:.2f} ms, {measured.loop.cpu:.2f} ms of CPU")
    print(f"{measured.speedup:.1f} times faster, {measured.cpu_ratio:.2f} of the CPU time")
