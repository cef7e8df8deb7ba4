"""Games by whatever a client calls them, as they are or as they were at most a second ago."""

from collections.abc import Callable, Mapping
from threading import Lock
from typing import TYPE_CHECKING, Any

from adapters.failures import as_unavailable
from adapters.items import from_item, to_item
from adapters.live.rows import code_row, game_of, quiz_row, read_game
from adapters.live.times import now_ms
from quiz.errors import NotFound
from quiz.live.games import MOST_STALE_MS, Game, Name, names

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

# A game that warm environments have forgotten is read again; nobody plays more at once in one of them.
_MOST_KEPT = 200


class Games:
    """Reads the games table; nothing here writes."""

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
