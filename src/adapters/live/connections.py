"""The connections table: who listens to a game. Keyed by shard, because a read of the table itself misses nobody.

A client's row is written before the game is read for it. So either the client is told of the newest phase by the answer
to its joining, or the phase came later, and then its announcement finds the row.
"""

import time
from typing import TYPE_CHECKING

from adapters.failures import as_unavailable
from adapters.items import to_item
from quiz.live.games import Game, shard_key, shard_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_INDEX = "by_connection"
# API Gateway ends every connection after two hours.
_SECONDS_KEPT = 2 * 3600 + 600


class Connections:
    """Rows by shard of a game."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def add(self, game: Game, connection_id: str, participant_id: str) -> None:
        """Let the connection hear of the game; adding it again changes nothing."""
        row = {
            "game_shard": shard_key(game.game_id, shard_of(participant_id, game.shards)),
            "connection_id": connection_id,
            "participant_id": participant_id,
            "expires_at": int(time.time()) + _SECONDS_KEPT,
        }
        with as_unavailable():
            self._client.put_item(TableName=self._table, Item=to_item(row))

    def remove_everywhere(self, connection_id: str) -> None:
        """Forget a connection that was closed, whatever it listened to."""
        with as_unavailable():
            found = self._client.query(
                TableName=self._table,
                IndexName=_INDEX,
                KeyConditionExpression="connection_id = :connection",
                ExpressionAttributeValues=to_item({":connection": connection_id}),
            )
        for item in found["Items"]:
            self._delete(item["game_shard"]["S"], connection_id)

    def _delete(self, game_shard: str, connection_id: str) -> None:
        key = {"game_shard": game_shard, "connection_id": connection_id}
        with as_unavailable():
            self._client.delete_item(TableName=self._table, Key=to_item(key))
