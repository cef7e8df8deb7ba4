"""The tables, queues, bucket, bus and topic of live quizzes, as moto makes them."""

from typing import Any

_KEYS: dict[str, tuple[tuple[str, str], ...]] = {
    "quizzes": (("quiz_id", "S"),),
    "questions": (("question_id", "S"),),
    "games": (("game_id", "S"),),
    "participants": (("participant_id", "S"), ("game_id", "S")),
    "connections": (("game_shard", "S"), ("connection_id", "S")),
}
_INDEXES: dict[str, tuple[str, tuple[tuple[str, str], ...], list[str]]] = {
    "participants": (
        "by_score",
        (("game_shard", "S"), ("rank_score", "N")),
        ["last_answer", "last_index", "last_points", "last_share", "name", "score"],
    ),
    "connections": ("by_connection", (("connection_id", "S"),), []),
}

REGION = "eu-central-1"
BUS = "the-bus"
BUCKET = "the-results"
QUEUES = f"https://sqs.{REGION}.amazonaws.com/123456789012"
TRIGGERS, JOBS, TOLD = (f"{QUEUES}/{name}" for name in ("triggers", "jobs", "told"))
TOPIC = f"arn:aws:sns:{REGION}:123456789012:winners"

SETTINGS = {
    "QUESTIONS_TABLE": "questions",
    "QUIZZES_TABLE": "quizzes",
    "GAMES_TABLE": "games",
    "PARTICIPANTS_TABLE": "participants",
    "CONNECTIONS_TABLE": "connections",
    "TRIGGERS_QUEUE_URL": TRIGGERS,
    "JOBS_QUEUE_URL": JOBS,
    "RESULTS_BUCKET": BUCKET,
    "MEDIA_BUCKET": "the-media",
    "EVENT_BUS_NAME": BUS,
    "WINNERS_TOPIC_ARN": TOPIC,
    "WINNERS": "3",
    "WEBSOCKET_API_ID": "api",
    "WEBSOCKET_STAGE": "live",
}


def build(client: Any) -> None:
    """Everything, empty; `client` makes clients of services. What is published is found in the queue TOLD."""
    for table in _KEYS:
        _create_table(client("dynamodb"), table)
    for queue in ("triggers", "jobs", "told"):
        client("sqs").create_queue(QueueName=queue)
    client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    arn = f"arn:aws:sqs:{REGION}:123456789012:told"
    client("sns").create_topic(Name="winners")
    client("sns").subscribe(TopicArn=TOPIC, Protocol="sqs", Endpoint=arn)
    bus = client("events")
    bus.create_event_bus(Name=BUS)
    bus.put_rule(Name="all", EventBusName=BUS, EventPattern='{"source": ["quiz.platform"]}')
    bus.put_targets(Rule="all", EventBusName=BUS, Targets=[{"Id": "told", "Arn": arn}])


def _create_table(dynamodb: Any, table: str) -> None:
    keys = _KEYS[table]
    types = dict(keys)
    more: dict[str, Any] = {}
    if table in _INDEXES:
        name, index_keys, included = _INDEXES[table]
        types |= dict(index_keys)
        projection: dict[str, Any] = {"ProjectionType": "KEYS_ONLY"}
        if included:
            projection = {"ProjectionType": "INCLUDE", "NonKeyAttributes": included}
        more = {
            "GlobalSecondaryIndexes": [{"IndexName": name, "KeySchema": _schema(index_keys), "Projection": projection}]
        }
    dynamodb.create_table(
        TableName=table,
        KeySchema=_schema(keys),
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": kind} for name, kind in types.items()],
        BillingMode="PAY_PER_REQUEST",
        **more,
    )


def _schema(keys: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"AttributeName": name, "KeyType": kind} for (name, _), kind in zip(keys, ("HASH", "RANGE"), strict=False)]
