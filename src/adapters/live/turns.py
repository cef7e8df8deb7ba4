"""A game's transitions: conditional writes, so that each is made once, whoever wants it and however often."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from msgspec import structs

from adapters.failures import as_unavailable
from adapters.items import plain, to_item
from adapters.live.rows import code_is_kept, code_row, quiz_row, running_entry
from adapters.live.times import now_ms
from adapters.transactions import transact
from quiz.live.games import Game, Phase

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class Turns:
    """Writes games that exist."""

    def __init__(self, client: "DynamoDBClient", table: str, clock: Callable[[], int] = now_ms) -> None:
        self._client = client
        self._table = table
        self._clock = clock

    def advance(self, before: Game, after: Game) -> bool:
        """Store the transition; False if another trigger has moved the game on since it was read."""
        update = self._update(before, after)
        if after.phase is Phase.ENDED:
            return not transact(self._client, [{"Update": update}, *self._farewell(after)])
        try:
            with as_unavailable():
                self._client.update_item(**update)
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            return False
        return True

    def mark_announced(self, game: Game) -> None:
        """Remember that everybody was told of the game's version, unless the game has moved on since."""
        if game.announced == game.version:
            return
        try:
            with as_unavailable():
                self._client.update_item(**self._update(game, structs.replace(game, announced=game.version)))
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise

    def _update(self, before: Game, after: Game) -> Any:
        stored = plain(after)
        changed = [name for name, value in plain(before).items() if stored[name] != value]
        values = {f":{name}": stored[name] for name in changed}
        return {
            "TableName": self._table,
            "Key": to_item({"game_id": before.game_id}),
            "UpdateExpression": "SET " + ", ".join(f"#{name} = :{name}" for name in changed),
            "ConditionExpression": "#version = :read",
            "ExpressionAttributeNames": {"#version": "version", **{f"#{name}": name for name in changed}},
            "ExpressionAttributeValues": to_item({**values, ":read": before.version}),
        }

    def _farewell(self, game: Game) -> list[Any]:
        """Its code is free again, and its quiz means another game or none."""
        entry = {":entry": frozenset([running_entry(game)])}
        leave: list[Any] = [
            {
                "Update": {
                    "TableName": self._table,
                    "Key": to_item({"game_id": quiz_row(game.quiz_id)}),
                    "UpdateExpression": "DELETE running :entry",
                    "ExpressionAttributeValues": to_item(entry),
                }
            }
        ]
        if code_is_kept(game, self._clock()):
            leave.append({"Delete": {"TableName": self._table, "Key": to_item({"game_id": code_row(game.join_code)})}})
        return leave
