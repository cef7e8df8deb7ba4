"""The games table: a game's transitions are conditional writes, and reads are shared for at most a second."""

import time
from collections.abc import Callable, Mapping
from threading import Lock
from typing import TYPE_CHECKING, Any

import msgspec
from botocore.exceptions import ClientError
from msgspec import structs

from adapters.failures import as_unavailable
from adapters.items import from_item, plain, to_item
from adapters.live.rows import code_is_kept, code_row, game_of, quiz_row, running_entry
from adapters.transactions import transact
from quiz.errors import NotFound
from quiz.live.games import MOST_STALE_MS, Game, Name, Phase, names

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

# A game that warm environments have forgotten is read again; nobody plays more at once in one of them.
_MOST_KEPT = 200


def now_ms() -> int:
    """The server's clock, which is the only one that counts."""
    return time.time_ns() // 1_000_000


class Games:
    """Games by whatever a client calls them."""

    def __init__(self, client: "DynamoDBClient", table: str, clock: Callable[[], int] = now_ms) -> None:
        self._client = client
        self._table = table
        self._clock = clock
        self._lock = Lock()
        self._kept: dict[str, tuple[int, Game]] = {}

    def find(self, name: str) -> Game:
        """The game as it was at most a second ago."""
        with self._lock:
            read_at, game = self._kept.get(name, (0, None))
        if game is not None and self._clock() - read_at < MOST_STALE_MS:
            return game
        return self.fresh(name)

    def fresh(self, name: str) -> Game:
        """The game as it is now."""
        begun = self._clock()
        game = self._read(name)
        with self._lock:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[name] = self._kept[game.game_id] = (begun, game)
        return game

    def latest(self, quiz_id: str) -> str:
        """The id of the game of the quiz that was opened last, even if it is gone; empty for none."""
        row: dict[str, str] = from_item(self._get(quiz_row(quiz_id)))
        return row.get("latest", "")

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

    def _read(self, name: str) -> Game:
        for candidate in names(name):
            game = self._called(candidate)
            if game is not None:
                return game
        raise NotFound(f"no live quiz goes by {name!r}")

    def _called(self, name: Name) -> Game | None:
        if name.kind == "game":
            return self._stored(name.value)
        if name.kind == "code":
            row = from_item(self._get(code_row(name.value)))
            return self._stored(row["game"]) if row.get("expires_at", 0) * 1000 > self._clock() else None
        row = from_item(self._get(quiz_row(name.value)))
        game = self._stored(game_of(max(row.get("running", ()), default="")))
        # One that was left alone for long is still among the running.
        if game is not None and game.is_running(self._clock()):
            return game
        return self._stored(row.get("latest", ""))

    def _stored(self, game_id: str) -> Game | None:
        item = self._get(game_id) if game_id else None
        return read_game(item) if item else None

    def _get(self, key: str) -> Mapping[str, Any]:
        with as_unavailable():
            found = self._client.get_item(TableName=self._table, Key=to_item({"game_id": key}), ConsistentRead=True)
        return found.get("Item", {})

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


def game_item(game: Game) -> dict[str, Any]:
    """A game as it is stored."""
    return to_item(plain(game))


def read_game(item: Mapping[str, Any]) -> Game:
    """The game in an item."""
    return msgspec.convert(from_item(item), Game)
