"""Requests made from the description of the API, right and wrong ones: no 5xx, every answer in its documented shape."""

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import boto3
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from moto import mock_aws
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_headers_conformance, response_schema_conformance

from adapters import clients, dynamo, observability
from adapters import media as media_adapter
from adapters.bank import question_item
from adapters.live import queues
from handlers.api import analytics, http, media, questions, quiz, quizzes
from handlers.api.live import environment, routes
from handlers.api.practice import routes as practice
from handlers.cache import leaderboard
from handlers.intake import ledger
from quiz.keys import SingleChoice
from quiz.questions import Option, Question
from tests.proofs.api_gateway import Environ, StartResponse, application
from tools.openapi import document

_REQUESTS_PER_ROUTE = 60 * int(os.environ.get("PROOF_SCALE", "1"))
_CHECKS = (not_a_server_error, response_headers_conformance, response_schema_conformance)
_INDEXES = {
    "analytics": ("by_category", "category", "subject", "S"),
    "progress": ("by_due", "user_id", "due", "N"),
    "games": ("by_quiz", "quiz_id", "created_at", "N"),
    "participants": ("by_score", "game_shard", "rank_score", "N"),
    "questions": ("by_bucket", "bucket", "sample_key", "N"),
    "results": ("by_user", "user_id", "created_at", "S"),
}
_CACHED: tuple[Any, ...] = (
    clients.create,
    dynamo.client,
    media_adapter.client,
    observability.logger,
    observability.metrics,
    http.bootstrap,
    media.bootstrap,
    questions.bootstrap,
    quiz.bootstrap,
    quizzes.bootstrap,
    analytics.bootstrap,
    practice.bootstrap,
    environment.bootstrap,
    routes.bootstrap,
    queues.client,
    leaderboard.bootstrap,
    ledger.bootstrap,
)
_TABLES = {
    "analytics": ("subject", "hour"),
    "progress": ("user_id", "question_id"),
    "sessions": ("session_id",),
    "games": ("game_id",),
    "participants": ("participant_id", "game_id"),
    "questions": ("question_id",),
    "quizzes": ("quiz_id",),
    "requests": ("request_id", "timestamp"),
    "results": ("quiz_id",),
}
_VARIABLES = {
    **{f"{table.upper()}_TABLE": table for table in _TABLES},
    # Nothing listens there: the leaderboard has to be read from the tables.
    "REDIS_HOST": "127.0.0.1",
    "REDIS_PORT": "1",
    "REDIS_TLS": "false",
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "eu-central-1",
    "POWERTOOLS_SERVICE_NAME": "fuzz",
    "RESULTS_BUCKET": "results-bucket",
    "MEDIA_BUCKET": "media-bucket",
}
_IN_REGION: Any = {"LocationConstraint": _VARIABLES["AWS_DEFAULT_REGION"]}
_EVERYTHING = {"ProjectionType": "ALL"}


def _described(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """The API, and its description beside it."""
    if environ["PATH_INFO"] != "/openapi.json":
        return application(environ, start_response)
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(_document).encode()]


_answered: dict[str, set[int]] = defaultdict(set)
_document: dict[str, Any] = json.loads(document())
schema = schemathesis.openapi.from_wsgi("/openapi.json", _described)


@pytest.fixture(scope="module", autouse=True)
def _platform() -> Iterator[None]:
    """The tables that the API works on, with something in the bank."""
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        for name, value in _VARIABLES.items():
            patch.setenv(name, value)
        client = boto3.client("dynamodb")
        for table, keys in _TABLES.items():
            _create(client, table, keys)
        queue = boto3.client("sqs").create_queue(QueueName="triggers")
        patch.setenv("TRIGGERS_QUEUE_URL", queue["QueueUrl"])
        boto3.client("s3").create_bucket(Bucket=_VARIABLES["RESULTS_BUCKET"], CreateBucketConfiguration=_IN_REGION)
        for number in range(20):
            client.put_item(TableName="questions", Item=question_item(_question(number)))
        _forget()
        yield
    _forget()


def _forget() -> None:
    """Keep nothing that an environment keeps: other tests run in this process as well."""
    for cached in _CACHED:
        cached.cache_clear()


def _create(client: Any, table: str, keys: tuple[str, ...]) -> None:
    attributes = dict.fromkeys(keys, "S")
    indexes = []
    if table in _INDEXES:
        name, hash_key, range_key, kind = _INDEXES[table]
        attributes |= {hash_key: "S", range_key: kind}
        indexes = [{"IndexName": name, "KeySchema": _schema(hash_key, range_key), "Projection": _EVERYTHING}]
    client.create_table(
        TableName=table,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=_schema(*keys),
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": kind} for name, kind in attributes.items()],
        **({"GlobalSecondaryIndexes": indexes} if indexes else {}),
    )


def _schema(*keys: str) -> Any:
    return [{"AttributeName": key, "KeyType": kind} for key, kind in zip(keys, ("HASH", "RANGE"), strict=False)]


def _question(number: int) -> Question:
    options = (Option("a", "one"), Option("b", "another"))
    return Question(f"q{number}", f"Question {number}?", SingleChoice("a"), options=options, points=Decimal("1.5"))


@schema.parametrize()
@settings(
    max_examples=_REQUESTS_PER_ROUTE,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=_REQUESTS_PER_ROUTE == 60,
)
def test_every_answer_is_a_documented_one(case: Any) -> None:
    response = case.call()
    _answered[f"{case.method} {case.operation.path}"].add(response.status_code)
    case.validate_response(response, checks=_CHECKS)
    if response.status_code >= 400:
        assert response.json().keys() - {"current"} == {"error", "message", "request_id"}


def test_the_requests_got_past_the_edge() -> None:
    """Fuzzing that is only ever turned away at the door proves nothing."""
    for operation in ("GET /health", "GET /questions", "POST /questions", "POST /quiz/generate", "POST /media"):
        assert {200, 201} & _answered[operation], (operation, _answered[operation])
        assert operation == "GET /health" or 400 in _answered[operation], (operation, _answered[operation])
