"""The environment of the practice routes: tables, a bank, a clock that stands still, and every AWS call on record."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import botocore.session
import pytest
from aws_lambda_powertools.utilities.circuit_breaker import base as circuits

from adapters import media
from handlers.api import http
from handlers.api.practice import routes
from tests.unit.builders import Calls, watch_clients
from tests.unit.practice_api.support import Clock, restart

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

# Keys, and an index as (name, keys).
_TABLES: dict[str, tuple[tuple[str, ...], tuple[str, tuple[str, str]] | None]] = {
    "progress": (("user_id", "question_id"), ("by_due", ("user_id", "due"))),
    "questions": (("question_id",), ("by_bucket", ("bucket", "sample_key"))),
    "quizzes": (("quiz_id",), None),
    "sessions": (("session_id",), None),
}
_NUMBERS = {"due", "sample_key"}


@cache
def _client(service: str) -> Any:
    """Made once: that takes longer than most of what it is used for."""
    return botocore.session.Session().create_client(service)


@pytest.fixture(autouse=True)
def new_practice(new_environment: None) -> Iterator[None]:
    yield
    http.bootstrap.cache_clear()
    media.client.cache_clear()
    routes.bootstrap.cache_clear()
    # Powertools counts failures by the name of a circuit for the life of the process.
    for counted in (circuits._LOCAL_FAILURES, circuits._LOCAL_SUCCESSES, circuits._LAST_OBSERVED_STATE):
        counted.clear()


@pytest.fixture
def database(aws: None, monkeypatch: pytest.MonkeyPatch) -> "DynamoDBClient":
    """The tables, empty, behind a client whose calls are not counted."""
    made: Any = _client("dynamodb")
    for table, (key, index) in _TABLES.items():
        _create(made, table, key, index)
        monkeypatch.setenv(f"{table.upper()}_TABLE", table)
    monkeypatch.setenv("MEDIA_BUCKET", "the-media")
    client: DynamoDBClient = made
    return client


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("handlers.api.practice.routes.now", lambda: made.now)
    monkeypatch.setattr("adapters.practice.batches.time.sleep", lambda seconds: None)
    return made


@pytest.fixture
def api(database: "DynamoDBClient", clock: Clock, calls: Calls, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Every call of the function's own clients."""
    watch_clients(calls, monkeypatch)
    restart()
    return calls


def _create(client: Any, table: str, key: tuple[str, ...], index: tuple[str, tuple[str, str]] | None) -> None:
    names = {*key, *(index[1] if index else ())}
    projection = {"ProjectionType": "KEYS_ONLY"}
    indexes = [{"IndexName": index[0], "KeySchema": _schema(index[1]), "Projection": projection}] if index else []
    client.create_table(
        TableName=table,
        KeySchema=_schema(key),
        AttributeDefinitions=[
            {"AttributeName": name, "AttributeType": "N" if name in _NUMBERS else "S"} for name in sorted(names)
        ],
        BillingMode="PAY_PER_REQUEST",
        **({"GlobalSecondaryIndexes": indexes} if indexes else {}),
    )


def _schema(names: tuple[str, ...]) -> Any:
    return [{"AttributeName": name, "KeyType": kind} for name, kind in zip(names, ("HASH", "RANGE"), strict=False)]
