"""Who listens to a game, for those who post to them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from adapters.failures import as_unavailable
from adapters.items import to_item
from quiz.live.games import shard_key

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class Connection(Struct, frozen=True):
    """One socket that listens, and whose it is."""

    connection_id: str
    participant_id: str


class Listeners:
    """Rows of the connections table, read from the table itself: an index might miss who came a moment ago."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def of_shard(self, game_id: str, shard: int) -> Iterator[Connection]:
        """Everybody who listens, as of now."""
        start: Any = {}
        while True:
            with as_unavailable():
                page = self._client.query(
                    TableName=self._table,
                    KeyConditionExpression="game_shard = :shard",
                    ProjectionExpression="connection_id, participant_id",
                    ExpressionAttributeValues=to_item({":shard": shard_key(game_id, shard)}),
                    ConsistentRead=True,
                    **start,
                )
            for item in page["Items"]:
                yield Connection(item["connection_id"]["S"], item["participant_id"]["S"])
            if "LastEvaluatedKey" not in page:
                return
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}

    def remove(self, game_id: str, shard: int, connection_id: str) -> None:
        """Forget one connection of one game."""
        key = {"game_shard": shard_key(game_id, shard), "connection_id": connection_id}
        with as_unavailable():
            self._client.delete_item(TableName=self._table, Key=to_item(key))
