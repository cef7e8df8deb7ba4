"""No test meets AWS, another test's caches, or its log handlers."""

import os
import sys
from collections.abc import Iterator
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any, Literal

import botocore.session
import hypothesis
import pytest
from botocore.config import Config
from moto import mock_aws

from adapters import clients, correlation, dead_letters, dynamo, events, observability
from handlers.queue import submissions as queue_handler
from handlers.tables import stream as stream_handler
from tests.unit.builders import Calls, definition, fill_bank, watch_clients

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_sqs import SQSClient

# The gate before a commit looks at fewer examples than `make test`.
hypothesis.settings.register_profile("gate", deadline=None, max_examples=25)
hypothesis.settings.register_profile("unit", deadline=None, max_examples=100)
hypothesis.settings.load_profile(os.environ.get("UNIT_PROFILE", "unit"))

_CACHED: tuple[Any, ...] = (
    clients.create,
    dead_letters.client,
    dynamo.client,
    events.client,
    observability.logger,
    observability.metrics,
    queue_handler.bootstrap,
    stream_handler.bootstrap,
)
_service = count()

# What takes seconds to make, and nobody has who has only just cloned this.
_LONG_IN_THE_MAKING = {"redis_port", "local_zips", "lambda_zips", "zips"}

TABLE_KEYS: dict[str, dict[str, Literal["HASH", "RANGE"]]] = {
    "quizzes": {"quiz_id": "HASH"},
    "questions": {"question_id": "HASH"},
    "results": {"student_id": "HASH", "submission_id": "RANGE"},
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function) and _LONG_IN_THE_MAKING & set(item.fixturenames):
            item.add_marker(pytest.mark.long)


@pytest.fixture(autouse=True, scope="module")
def nothing_left() -> None:
    """Tests of other kinds may have run in this process before, in environments of their own."""
    ours = [module for name, module in sys.modules.items() if name.partition(".")[0] in ("adapters", "handlers")]
    for value in [value for module in ours for value in vars(module).values()]:
        if hasattr(value, "cache_clear"):
            value.cache_clear()


@pytest.fixture(autouse=True)
def new_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if a new execution environment had been started, with credentials that open nothing."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.delenv("_X_AMZN_TRACE_ID", raising=False)
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    # Python keeps a logger, with its stream, by name for the life of the process.
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", f"test-{next(_service)}")
    # Only here is everything that is sent held against the model of its service.
    strict = clients._LIMITS.merge(Config(parameter_validation=True))
    monkeypatch.setattr(clients, "_LIMITS", strict)
    # Outside of an invocation nothing is known of any work.
    correlation._fields.set({})
    yield
    # Powertools keeps collected metrics on the class, across instances.
    observability.metrics().clear_metrics()
    for cached in _CACHED:
        cached.cache_clear()


@pytest.fixture
def aws() -> Iterator[None]:
    with mock_aws():
        yield


@cache
def _session() -> botocore.session.Session:
    return botocore.session.Session()


def _client(service: str) -> Any:
    return _session().create_client(service)


@pytest.fixture
def calls() -> Calls:
    return Calls()


@pytest.fixture
def dynamodb(calls: Calls) -> "DynamoDBClient":
    """A client without tables behind it: what a test does not answer itself must not be asked."""
    client: DynamoDBClient = _client("dynamodb")
    calls.watch(client)
    return client


@pytest.fixture
def tables(aws: None, calls: Calls) -> "DynamoDBClient":
    """The three tables, empty, behind a client that is watched."""
    client: DynamoDBClient = _client("dynamodb")
    for table, key in TABLE_KEYS.items():
        client.create_table(
            TableName=table,
            KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in key.items()],
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in key],
            BillingMode="PAY_PER_REQUEST",
        )
    calls.watch(client)
    return client


@pytest.fixture
def sqs(aws: None) -> "SQSClient":
    client: SQSClient = _client("sqs")
    return client


@pytest.fixture
def dead_letter_queue(sqs: "SQSClient") -> str:
    return sqs.create_queue(QueueName="dead.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]


@pytest.fixture
def queue_function(
    tables: "DynamoDBClient", dead_letter_queue: str, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> Calls:
    """The environment of the queue's function, with one quiz in the bank and all calls of its own clients on record."""
    for name, value in (
        ("QUIZZES_TABLE", "quizzes"),
        ("QUESTIONS_TABLE", "questions"),
        ("SUBMISSIONS_TABLE", "results"),
        ("DEAD_LETTER_QUEUE_URL", dead_letter_queue),
    ):
        monkeypatch.setenv(name, value)
    fill_bank(tables, definition())
    watch_clients(calls, monkeypatch)
    calls.made.clear()
    return calls
