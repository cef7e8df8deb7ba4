"""Whether tables answer, and how quickly."""

import time
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from botocore.config import Config

from adapters import clients
from adapters.items import to_item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

# The names of the keys by the table's short name. All of them are texts.
KEYS: Mapping[str, tuple[str, ...]] = {
    "alerts": ("alarm",),
    "analytics": ("subject", "hour"),
    "announcements": ("result",),
    "connections": ("game_shard", "connection_id"),
    "games": ("game_id",),
    "participants": ("participant_id", "game_id"),
    "progress": ("user_id", "question_id"),
    "questions": ("question_id",),
    "quizzes": ("quiz_id",),
    "requests": ("request_id", "timestamp"),
    "results": ("quiz_id",),
    "sessions": ("session_id",),
    "submissions": ("student_id", "submission_id"),
}

# No item is called so.
_NOBODY = "#nobody"

_TRIES = 2
# All tables are asked at once.
_AT_ONCE = Config(max_pool_connections=50)


@cache
def client() -> "DynamoDBClient":
    """The DynamoDB client that all tables are asked with."""
    made: DynamoDBClient = clients.make("dynamodb", _AT_ONCE)
    return made


class Tables:
    """Asks tables for items that they do not have."""

    def __init__(self, client: "Callable[[], DynamoDBClient]", clock: Callable[[], float] = time.perf_counter) -> None:
        self._client = client
        self._clock = clock

    def milliseconds(self, name: str, table: str) -> float:
        """How long the table takes to answer. The first call also pays for the connection; the quicker one counts."""
        key = to_item(dict.fromkeys(KEYS[name], _NOBODY))
        taken = []
        for _ in range(_TRIES):
            begun = self._clock()
            self._client().get_item(TableName=table, Key=key)
            taken.append(1000 * (self._clock() - begun))
        return min(taken)
