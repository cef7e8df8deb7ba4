"""The environment of the HTTP function with an empty bank."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import botocore.session
import pytest

from adapters import media, recommendations
from handlers.api import http
from handlers.api import quiz as routes
from tests.unit.builders import Calls, accepted, watch_clients
from tests.unit.quiz_api.stream_support import Bucket
from tests.unit.quiz_api.support import RESULTS_BUCKET

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_INDEXES: dict[str, Any] = {
    "questions": ("by_bucket", "bucket", ("sample_key", "N"), None),
    "results": ("by_user", "user_id", ("created_at", "S"), ["category_scores", "question_ids"]),
}
_KEYS = {"questions": "question_id", "results": "quiz_id"}
_CACHED: tuple[Any, ...] = (http.bootstrap, routes.bootstrap, media.client, recommendations.client)


@cache
def _session() -> botocore.session.Session:
    return botocore.session.Session()


def _client(service: str) -> Any:
    return _session().create_client(service)


@pytest.fixture(autouse=True)
def new_api(new_environment: None) -> Iterator[None]:
    yield
    for cached in _CACHED:
        cached.cache_clear()


@pytest.fixture
def database(aws: None, monkeypatch: pytest.MonkeyPatch) -> "DynamoDBClient":
    """The two tables, empty, behind a client whose calls are not counted."""
    client: DynamoDBClient = _client("dynamodb")
    for table in _KEYS:
        _create(client, table)
    for name, value in (
        ("QUESTIONS_TABLE", "questions"),
        ("QUIZZES_TABLE", "quizzes"),
        ("RESULTS_TABLE", "results"),
        ("RESULTS_BUCKET", RESULTS_BUCKET),
        ("MEDIA_BUCKET", "the-media"),
    ):
        monkeypatch.setenv(name, value)
    return client


@pytest.fixture
def api(database: "DynamoDBClient", calls: Calls, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Every call of the function's own clients."""
    watch_clients(calls, monkeypatch)
    return calls


@pytest.fixture
def bucket() -> Bucket:
    return Bucket()


@pytest.fixture
def bus(calls: Calls, bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """A bus that takes everything, and a bucket beside it."""
    for name, value in (
        ("ANALYTICS_TABLE", "the-analytics"),
        ("ANNOUNCEMENTS_TABLE", "the-announcements"),
        ("EVENT_BUS_NAME", "the-bus"),
        ("PROGRESS_TABLE", "the-progress"),
        ("SUBMISSIONS_TABLE", "the-submissions"),
        ("RESULTS_TABLE", "the-results"),
        ("RESULTS_BUCKET", "the-bucket"),
    ):
        monkeypatch.setenv(name, value)
    watch_clients(calls, monkeypatch)
    watch = calls.watch

    def watch_all(client: Any) -> None:
        # Objects are not calls in JSON, so they are caught here.
        service = client.meta.service_model.service_name
        client.meta.events.register_first("before-call.s3.PutObject", bucket) if service == "s3" else watch(client)

    monkeypatch.setattr(calls, "watch", watch_all)
    calls.answers["PutEvents"] = lambda call: accepted(Entries=[{"EventId": "1"} for _ in call["Entries"]])
    calls.answers["BatchWriteItem"] = lambda _: accepted(UnprocessedItems={})
    return calls


def _create(client: Any, table: str) -> None:
    index, hash_key, (range_key, kind), included = _INDEXES[table]
    projection = (
        {"ProjectionType": "INCLUDE", "NonKeyAttributes": included} if included else {"ProjectionType": "KEYS_ONLY"}
    )
    client.create_table(
        TableName=table,
        KeySchema=[{"AttributeName": _KEYS[table], "KeyType": "HASH"}],
        AttributeDefinitions=[
            {"AttributeName": _KEYS[table], "AttributeType": "S"},
            {"AttributeName": hash_key, "AttributeType": "S"},
            {"AttributeName": range_key, "AttributeType": kind},
        ],
        GlobalSecondaryIndexes=[
            {
                "IndexName": index,
                "KeySchema": [
                    {"AttributeName": hash_key, "KeyType": "HASH"},
                    {"AttributeName": range_key, "KeyType": "RANGE"},
                ],
                "Projection": projection,
            }
        ],
        BillingMode="PAY_PER_REQUEST",
    )
