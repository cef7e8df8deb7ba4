"""A real Redis of the tests' own, and the two tables that boards are made from."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import botocore.session
import pytest
from redis import Redis

from adapters.cache import connecting
from adapters.cache.connecting import RedisSettings
from adapters.live.board import Board
from handlers.cache import inspecting, leaderboard, projector
from tests.unit.builders import Calls, watch_clients
from tests.unit.cache.support import TABLES
from tools.leaderboard import scratch

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_CACHED: tuple[Any, ...] = (connecting.create, inspecting.bootstrap, leaderboard.bootstrap, projector.bootstrap)


@pytest.fixture(scope="session")
def redis_port() -> Iterator[int]:
    with scratch.server() as port:
        yield port


@pytest.fixture(autouse=True)
def new_functions(new_environment: None) -> Iterator[None]:
    yield
    for cached in _CACHED:
        cached.cache_clear()


@pytest.fixture
def redis(redis_port: int) -> Iterator["Redis"]:
    """An empty Redis."""
    with Redis(port=redis_port, decode_responses=True) as client:
        client.flushall()
        yield client


@pytest.fixture
def board(redis: "Redis", redis_port: int) -> Iterator[Board]:
    client = connecting.create.__wrapped__(RedisSettings(redis_host="127.0.0.1", redis_port=redis_port))
    with client:
        yield Board(lambda: client)


@cache
def _session() -> botocore.session.Session:
    return botocore.session.Session()


def _client(service: str) -> Any:
    return _session().create_client(service)


@pytest.fixture
def database(aws: None) -> "DynamoDBClient":
    """Games and participants, empty, behind a client whose calls are not counted."""
    client: DynamoDBClient = _client("dynamodb")
    client.create_table(
        TableName="games",
        KeySchema=[{"AttributeName": "game_id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "game_id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    client.create_table(
        TableName="participants",
        KeySchema=[
            {"AttributeName": "participant_id", "KeyType": "HASH"},
            {"AttributeName": "game_id", "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[
            {"AttributeName": "participant_id", "AttributeType": "S"},
            {"AttributeName": "game_id", "AttributeType": "S"},
            {"AttributeName": "game_shard", "AttributeType": "S"},
            {"AttributeName": "rank_score", "AttributeType": "N"},
        ],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "by_score",
                "KeySchema": [
                    {"AttributeName": "game_shard", "KeyType": "HASH"},
                    {"AttributeName": "rank_score", "KeyType": "RANGE"},
                ],
                "Projection": {
                    "ProjectionType": "INCLUDE",
                    "NonKeyAttributes": ["last_answer", "last_index", "last_points", "last_share", "name", "score"],
                },
            }
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    return client


@pytest.fixture
def functions(
    database: "DynamoDBClient", redis: "Redis", redis_port: int, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> Calls:
    """The environment of both functions, with every AWS call of theirs on record."""
    for name, value in {**TABLES, "REDIS_HOST": "127.0.0.1", "REDIS_PORT": str(redis_port)}.items():
        monkeypatch.setenv(name, value)
    watch_clients(calls, monkeypatch)
    return calls
