"""Everybody in a live quiz is told something: by the broadcast function, or by a loop over the SDK's client."""

import contextlib
import io
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from unittest.mock import patch

import botocore.session
from botocore.client import BaseClient
from msgspec import json

from adapters import clients, dynamo
from adapters.items import to_item
from handlers.scheduler import broadcast
from quiz.live.broadcasts import jobs
from quiz.live.games import Game, new_game, shard_key, shard_of
from quiz.live.messages import You
from quiz.live.settings import LiveSettings
from quiz.questions import Definition, Quiz

_MESSAGE = '{"type":"question_closed","text":"' + "x" * 600 + '"}'


class Told(NamedTuple):
    """Milliseconds that each job took, and of CPU in all."""

    jobs: tuple[float, ...]
    cpu: float


class _Context:
    aws_request_id = "bench"

    def get_remaining_time_in_millis(self) -> int:
        return 60_000


@contextlib.contextmanager
def environment(url: str) -> Iterator[None]:
    """The function's, as if it had just been started; nothing of it is left behind."""
    cached: tuple[Any, ...] = (broadcast.bootstrap, dynamo.client, clients.create)
    with patch.dict(os.environ, _variables(url)):
        for each in cached:
            each.cache_clear()
        try:
            yield
        finally:
            broadcast.bootstrap().posting.close()
            for each in cached:
                each.cache_clear()


def loop(url: str, posts: int) -> Callable[[], Told]:
    """One client, one post after the other."""
    client: Any = botocore.session.get_session().create_client(
        "apigatewaymanagementapi", endpoint_url=f"{url}/_aws/execute-api/api/live"
    )

    def run() -> Told:
        wall, cpu = time.perf_counter(), time.process_time()
        for number in range(posts):
            client.post_to_connection(ConnectionId=_connection(number), Data=_MESSAGE.encode())
        return Told(((time.perf_counter() - wall) * 1000,), (time.process_time() - cpu) * 1000)

    return run


def worker(size: int) -> Callable[[], Told]:
    """The clock's jobs for so many players, one after the other."""
    game = _game(size)
    players = [f"{number:08x}-0000-4000-8000-000000000000" for number in range(size)]
    rows = defaultdict(list)
    for number, player in enumerate(players):
        row = to_item({"connection_id": _connection(number), "participant_id": player})
        rows[shard_key(game.game_id, shard_of(player, game.shards))].append(row)
    you = {player: You(rank=place, score=1000, earned=1000, correct=True) for place, player in enumerate(players, 1)}
    made = [json.encode(job).decode() for job in jobs(game, _MESSAGE, time.time_ns() // 1_000_000, you)]

    def listeners(_: BaseClient, __: str, asked: dict[str, Any]) -> dict[str, Any]:
        return {"Items": rows[asked["ExpressionAttributeValues"][":shard"]["S"]]}

    def run() -> Told:
        with patch.object(BaseClient, "_make_api_call", listeners), contextlib.redirect_stdout(io.StringIO()) as said:
            cpu = time.process_time()
            taken = tuple(_deliver(job) for job in made)
            cpu = time.process_time() - cpu
        if (posted := _posted(said.getvalue())) != size:
            raise AssertionError(f"{posted:g} of {size} were told")
        return Told(taken, cpu * 1000)

    return run


def _deliver(job: str) -> float:
    begun = time.perf_counter()
    response = broadcast.handler({"Records": [{"messageId": "bench", "body": job}]}, _Context())
    if response["batchItemFailures"]:
        raise AssertionError("a job failed")
    return (time.perf_counter() - begun) * 1000


def _posted(said: str) -> float:
    """What the function's metrics say."""
    return sum(sum(json.decode(line).get("MessagesPosted", [])) for line in said.splitlines())


def _game(players: int) -> Game:
    quiz = Quiz("bench", ("question",), live=LiveSettings(expected_players=players))
    return new_game(Definition(quiz, ()), "host", f"game-{'0' * 20}", "123456", time.time_ns() // 1_000_000)


def _connection(number: int) -> str:
    # Like those of API Gateway, which end in a character that has to be escaped.
    return f"L0SM9cOFv{number:05d}="


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
