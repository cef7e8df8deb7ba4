"""The environment of the live routes: tables, queues, a quiz, and a clock that stands still."""

from collections.abc import Callable, Iterator
from functools import cache
from types import SimpleNamespace
from typing import Any

import botocore.session
import pytest
from moto.dynamodb.responses import DynamoHandler

from adapters import media
from adapters.live import queues
from handlers.api import http, socket
from handlers.api.live import environment, routes
from handlers.authorizer import token
from quiz.questions import Definition
from tests.unit.builders import Calls, fill_bank, watch_clients
from tests.unit.live_api.support import Clock, Person, live_quiz

_CACHED: tuple[Any, ...] = (
    token.bootstrap,
    environment.bootstrap,
    http.bootstrap,
    media.client,
    queues.client,
    routes.bootstrap,
    socket.bootstrap,
    socket.connections,
)
# Key, attributes that are numbers, and an index as (name, keys).
_TABLES: dict[str, tuple[tuple[str, ...], tuple[str, tuple[str, ...]] | None]] = {
    "connections": (("game_shard", "connection_id"), ("by_connection", ("connection_id",))),
    "games": (("game_id",), ("by_quiz", ("quiz_id", "created_at"))),
    "participants": (("participant_id", "game_id"), ("by_score", ("game_shard", "rank_score"))),
    "questions": (("question_id",), None),
    "quizzes": (("quiz_id",), None),
}
_NUMBERS = {"created_at", "rank_score"}


@pytest.fixture(autouse=True)
def new_live_api(new_environment: None) -> Iterator[None]:
    yield
    for cached in _CACHED:
        cached.cache_clear()


@pytest.fixture
def settings() -> dict[str, Any]:
    """How the quiz is played; a test changes it before anything else."""
    return {}


@pytest.fixture
def quiz(settings: dict[str, Any]) -> Definition:
    return live_quiz(**settings)


@pytest.fixture
def database(aws: None, quiz: Definition) -> Any:
    """The tables, with the quiz in the bank, behind a client that nobody watches."""
    client = client_of("dynamodb")
    for table, (key, index) in _TABLES.items():
        _create(client, table, key, index)
    fill_bank(client, quiz)
    return client


@pytest.fixture
def clock(database: Any, monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock(database)
    monkeypatch.setattr("adapters.live.times.time", SimpleNamespace(time_ns=made.time_ns))
    return made


@pytest.fixture
def sent(aws: None) -> Any:
    """Takes the messages out of a queue."""
    client = client_of("sqs")

    def take(queue: str) -> list[str]:
        url = client.get_queue_url(QueueName=queue)["QueueUrl"]
        messages = client.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        for message in messages:
            client.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return [message["Body"] for message in messages]

    return take


@pytest.fixture
def live(clock: Clock, calls: Calls, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """The environment of both functions; every call of their clients but S3's is on record."""
    sqs = client_of("sqs")
    for name, value in (
        ("CONNECTIONS_TABLE", "connections"),
        ("GAMES_TABLE", "games"),
        ("JOBS_QUEUE_URL", sqs.create_queue(QueueName="jobs")["QueueUrl"]),
        ("MEDIA_BUCKET", "the-media"),
        ("PARTICIPANTS_TABLE", "participants"),
        ("QUESTIONS_TABLE", "questions"),
        ("QUIZZES_TABLE", "quizzes"),
        ("RESULTS_BUCKET", "the-results"),
        ("RESULTS_TABLE", "results"),
        ("TRIGGERS_QUEUE_URL", sqs.create_queue(QueueName="triggers")["QueueUrl"]),
    ):
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("adapters.transactions.time.sleep", lambda seconds: None)
    # Unlike AWS, moto leaves out of UPDATED_NEW what was set to the value that it had.
    monkeypatch.setattr(DynamoHandler, "_build_updated_new_attributes", lambda self, before, after: after)
    watch = calls.watch
    monkeypatch.setattr(calls, "watch", lambda made: None if _is_s3(made) else watch(made))
    watch_clients(calls, monkeypatch)
    return calls


@pytest.fixture
def restart() -> Callable[[], None]:
    """As if the next call met a new execution environment."""

    def forget() -> None:
        for cached in (environment.bootstrap, http.bootstrap, routes.bootstrap, socket.bootstrap):
            cached.cache_clear()

    return forget


@pytest.fixture
def host(live: Calls) -> Person:
    return Person("teacher", "instructors")


@pytest.fixture
def ann(live: Calls) -> Person:
    return Person("ann")


@pytest.fixture
def bob(live: Calls) -> Person:
    return Person("bob")


@pytest.fixture
def lobby(host: Person, clock: Clock) -> str:
    """A game that waits to be started; its id."""
    game_id: str = host.say("start_quiz")["game_id"]
    return game_id


def connections(database: Any) -> set[tuple[str, str]]:
    """Who listens to what: (game, connection)."""
    items = database.scan(TableName="connections")["Items"]
    return {(item["game_shard"]["S"].partition("#")[0], item["connection_id"]["S"]) for item in items}


def _is_s3(client: Any) -> bool:
    name: str = client.meta.service_model.service_name
    return name == "s3"


@cache
def client_of(service: str) -> Any:
    """A client that nobody watches, made once: that takes longer than most of what it is used for."""
    return botocore.session.Session().create_client(service)


def _create(client: Any, table: str, key: tuple[str, ...], index: tuple[str, tuple[str, ...]] | None) -> None:
    names = {*key, *(index[1] if index else ())}
    indexes = (
        [{"IndexName": index[0], "KeySchema": _schema(index[1]), "Projection": {"ProjectionType": "ALL"}}]
        if index
        else []
    )
    client.create_table(
        TableName=table,
        KeySchema=_schema(key),
        AttributeDefinitions=[
            {"AttributeName": name, "AttributeType": "N" if name in _NUMBERS else "S"} for name in sorted(names)
        ],
        BillingMode="PAY_PER_REQUEST",
        **({"GlobalSecondaryIndexes": indexes} if indexes else {}),
    )


def _schema(names: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"AttributeName": name, "KeyType": kind} for name, kind in zip(names, ("HASH", "RANGE"), strict=False)]
