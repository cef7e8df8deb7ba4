"""The environment of the HTTP function, with empty tables and every AWS call on record."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import botocore.session
import pytest

from adapters import media as media_adapter
from adapters.live import queues
from handlers.api import analytics, http, media, questions, quiz, quizzes
from handlers.api.live import environment as live_environment
from handlers.api.live import routes as live
from handlers.api.practice import routes as practice
from tests.unit.api.authoring import MANY, add_question
from tests.unit.builders import Calls, watch_clients

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_CACHED: tuple[Any, ...] = (
    analytics.bootstrap,
    http.bootstrap,
    live.bootstrap,
    live_environment.bootstrap,
    media.bootstrap,
    media_adapter.client,
    practice.bootstrap,
    questions.bootstrap,
    queues.client,
    quiz.bootstrap,
    quizzes.bootstrap,
)

# Keys, parted by a space, and an index as (name, hash key, range key).
_TABLES: dict[str, tuple[str, tuple[str, str, str] | None]] = {
    "analytics": ("subject hour", ("by_category", "category", "subject")),
    "games": ("game_id", ("by_quiz", "quiz_id", "created_at")),
    "participants": ("participant_id", None),
    "progress": ("user_id question_id", ("by_due", "user_id", "due")),
    "questions": ("question_id", ("by_bucket", "bucket", "sample_key")),
    "quizzes": ("quiz_id", None),
    "results": ("quiz_id", ("by_user", "user_id", "created_at")),
    "sessions": ("session_id", None),
}
_NUMBERS = {"created_at", "due", "sample_key"}


@pytest.fixture(autouse=True)
def new_api(new_environment: None) -> Iterator[None]:
    yield
    for cached in _CACHED:
        cached.cache_clear()


@pytest.fixture
def bank(aws: None) -> "DynamoDBClient":
    """The tables, behind a client that nobody watches."""
    made: Any = _client("dynamodb")
    for table, (key, index) in _TABLES.items():
        _create(made, table, key, index)
    client: DynamoDBClient = made
    return client


@pytest.fixture
def api(bank: "DynamoDBClient", calls: Calls, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """The calls that the function makes by clients of its own."""
    sqs: Any = _client("sqs")
    for name, value in (
        ("ANALYTICS_TABLE", "analytics"),
        ("GAMES_TABLE", "games"),
        ("PARTICIPANTS_TABLE", "participants"),
        ("QUESTIONS_TABLE", "questions"),
        ("QUIZZES_TABLE", "quizzes"),
        ("RESULTS_TABLE", "results"),
        ("RESULTS_BUCKET", "results-bucket"),
        ("MEDIA_BUCKET", "media-bucket"),
        ("PROGRESS_TABLE", "progress"),
        ("SESSIONS_TABLE", "sessions"),
        ("TRIGGERS_QUEUE_URL", sqs.create_queue(QueueName="triggers")["QueueUrl"]),
    ):
        monkeypatch.setenv(name, value)
    watch_clients(calls, monkeypatch)
    return calls


@pytest.fixture
def five_questions(api: Calls, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """A bank of q1 to q5, and no time lost between the tries of a transaction."""
    monkeypatch.setattr("adapters.transactions.time.sleep", lambda seconds: None)
    for number in range(1, 6):
        assert add_question(question_id=f"q{number}").status == 201
    return api


@pytest.fixture
def many_questions(api: Calls) -> Calls:
    """More than a page of some buckets, none of others; those whose id is even are tagged so."""
    for name, (category, difficulty) in MANY.items():
        tags = ["even"] if name[-1] in "02468" else []
        add_question(question_id=name, category=category, difficulty=difficulty, tags=tags)
    return api


@cache
def _client(service: str) -> Any:
    """Made once: that takes longer than most of what it is used for."""
    return botocore.session.Session().create_client(service)


def _create(client: Any, table: str, key: str, index: tuple[str, str, str] | None) -> None:
    names = {*key.split(), *(index[1:] if index else ())}
    indexes = [
        {
            "IndexName": name,
            "KeySchema": _schema(hash_key, range_key),
            "Projection": {"ProjectionType": "KEYS_ONLY"},
        }
        for name, hash_key, range_key in ([index] if index else [])
    ]
    client.create_table(
        TableName=table,
        KeySchema=_schema(*key.split()),
        AttributeDefinitions=[
            {"AttributeName": name, "AttributeType": "N" if name in _NUMBERS else "S"} for name in sorted(names)
        ],
        BillingMode="PAY_PER_REQUEST",
        **({"GlobalSecondaryIndexes": indexes} if indexes else {}),
    )


def _schema(*names: str) -> Any:
    return [{"AttributeName": name, "KeyType": kind} for name, kind in zip(names, ("HASH", "RANGE"), strict=False)]
