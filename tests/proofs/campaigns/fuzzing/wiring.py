"""What Terraform would give the functions: tables, queues, topics, and the variables that name them."""

from typing import Any

import boto3
from redis import Redis

from adapters import clients, dead_letters, dynamo, events, media, observability
from adapters.alerts import alarms, logs, notices, parameters, releases
from adapters.cache import connecting
from adapters.live import queues, winners
from handlers.alarms import notify
from handlers.api import analytics, http, questions, quiz, quizzes, socket
from handlers.api import media as media_routes
from handlers.api.live import environment
from handlers.api.live import routes as live
from handlers.api.practice import routes as practice
from handlers.authorizer import token
from handlers.cache import leaderboard, projector
from handlers.intake import ledger
from handlers.queue import submissions
from handlers.scheduler import broadcast, clock
from handlers.tables import stream
from tests.proofs.campaigns.fuzzing.passports import CLIENT, POOL

REGION = "eu-central-1"
ACCOUNT = "123456789012"

# Keys, and an index as (name, keys).
TABLES: dict[str, tuple[str, str]] = {
    "alerts": ("alarm", ""),
    "analytics": ("subject hour", "by_category category subject"),
    "announcements": ("result", ""),
    "connections": ("game_shard connection_id", "by_connection connection_id"),
    "games": ("game_id", "by_quiz quiz_id created_at"),
    "participants": ("participant_id game_id", "by_score game_shard rank_score"),
    "progress": ("user_id question_id", "by_due user_id due"),
    "questions": ("question_id", "by_bucket bucket sample_key"),
    "quizzes": ("quiz_id", ""),
    "requests": ("request_id timestamp", ""),
    "results": ("quiz_id", "by_user user_id created_at"),
    "sessions": ("session_id", ""),
    "submissions": ("student_id submission_id", ""),
}
_NUMBERS = {("games", "created_at"), ("participants", "rank_score"), ("progress", "due"), ("questions", "sample_key")}
_QUEUES = ("triggers", "jobs")
_BUCKETS = ("results-bucket", "media-bucket")
_TOPICS = ("winners", "notices")
OWN_BOOTSTRAP = submissions.bootstrap
_CACHED: tuple[Any, ...] = (
    *(module.client for module in (alarms, logs, notices, releases, parameters)),
    *(module.client for module in (dead_letters, dynamo, events, media, queues, winners)),
    *(module.bootstrap for module in (analytics, http, questions, quiz, quizzes, socket, media_routes, environment)),
    *(module.bootstrap for module in (live, practice, token, leaderboard, projector, ledger)),
    *(module.bootstrap for module in (broadcast, clock, stream, notify)),
    OWN_BOOTSTRAP,
    clients.create,
    connecting.create,
    notify.guard,
    observability.logger,
    observability.metrics,
    socket.connections,
)


def variables(redis_port: int) -> dict[str, str]:
    """The environment of all functions."""
    return {
        **{f"{table.upper()}_TABLE": table for table in TABLES},
        **{f"{queue.upper()}_QUEUE_URL": _url(queue) for queue in _QUEUES},
        **{f"{topic.upper()}_TOPIC_ARN": f"arn:aws:sns:{REGION}:{ACCOUNT}:{topic}" for topic in _TOPICS},
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "DASHBOARD_URL": "https://example.com/dashboard",
        "DEAD_LETTER_QUEUE_URL": _url("dead.fifo"),
        "EVENT_BUS_NAME": "the-bus",
        "MEDIA_BUCKET": "media-bucket",
        "NAME_PREFIX": "school",
        "REDIS_HOST": "127.0.0.1",
        "REDIS_PORT": str(redis_port),
        "REDIS_TLS": "false",
        "RESULTS_BUCKET": "results-bucket",
        "RUNBOOK_URL": "https://example.com/runbooks",
        "USER_POOL_CLIENT_ID": CLIENT,
        "USER_POOL_ID": POOL,
        "WEBSOCKET_API_ID": "api",
        "WEBSOCKET_STAGE": "live",
    }


def build(database: Any) -> None:
    """Everything, empty."""
    for table, (keys, index) in TABLES.items():
        _create(database, table, keys.split(), index.split())
    sqs = boto3.client("sqs")
    for queue in _QUEUES:
        sqs.create_queue(QueueName=queue)
    sqs.create_queue(QueueName="dead.fifo", Attributes={"FifoQueue": "true"})
    place: Any = {"LocationConstraint": REGION}
    for bucket in _BUCKETS:
        boto3.client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration=place)
    for topic in _TOPICS:
        boto3.client("sns").create_topic(Name=topic)
    boto3.client("events").create_event_bus(Name="the-bus")


def forget(redis_port: int) -> None:
    """Keep nothing of what environments keep."""
    observability.metrics().clear_metrics()
    for cached in _CACHED:
        cached.cache_clear()
    with Redis(port=redis_port) as redis:
        redis.flushall()


def _url(queue: str) -> str:
    return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{queue}"


def _create(client: Any, table: str, keys: list[str], index: list[str]) -> None:
    name, *index_keys = index or [""]
    indexes = [{"IndexName": name, "KeySchema": _schema(index_keys), "Projection": {"ProjectionType": "ALL"}}]
    client.create_table(
        TableName=table,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=_schema(keys),
        AttributeDefinitions=[
            {"AttributeName": key, "AttributeType": "N" if (table, key) in _NUMBERS else "S"}
            for key in sorted({*keys, *index_keys})
        ],
        **({"GlobalSecondaryIndexes": indexes} if index else {}),
    )


def _schema(keys: list[str]) -> list[dict[str, str]]:
    return [{"AttributeName": key, "KeyType": kind} for key, kind in zip(keys, ("HASH", "RANGE"), strict=False)]
