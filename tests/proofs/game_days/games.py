"""A live quiz with players, as the table holds them and Redis shows them."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace
from redis import Redis

from adapters.live.participants import participant_item, participant_key
from adapters.live.rows import game_item
from adapters.live.times import now_ms
from tests.stack.support import Stack, eventually
from tests.unit.live.support import game as any_game
from tests.unit.operations.rows import player

PLAYERS = ("ann", "bob", "cyd")
# Comes when the others are on the board.
LATE = "dan"
_MUCH = 1_000_000


@dataclass(frozen=True)
class Played:
    """A game, and what leads into its boards."""

    stack: Stack
    redis: "Redis"
    game_id: str

    def join(self, name: str) -> dict[str, Any]:
        """Somebody who answered a question right, as the table holds them."""
        item = participant_item(player([("a", 500)], name, self.game_id, now_ms()))
        self.stack.dynamodb.put_item(TableName=self.stack.known["tables"]["participants"], Item=item)
        return item

    def shown(self) -> dict[bytes, float]:
        """The board as Redis holds it."""
        found: Any = self.redis.zrange(self._key("ranks"), 0, -1, withscores=True)
        return dict(found)

    @contextmanager
    def moved(self, member: bytes) -> Iterator[None]:
        """Somebody on the board has another rank than they have won."""
        self.redis.zincrby(self._key("ranks"), _MUCH, member)
        try:
            yield
        finally:
            self.redis.zincrby(self._key("ranks"), -_MUCH, member)

    def remove(self) -> None:
        """Leave nothing behind."""
        tables = self.stack.known["tables"]
        for name in (*PLAYERS, LATE):
            self.stack.dynamodb.delete_item(TableName=tables["participants"], Key=participant_key(self.game_id, name))
        self.stack.dynamodb.delete_item(TableName=tables["games"], Key={"game_id": {"S": self.game_id}})
        self.redis.delete(self._key("ranks"), self._key("names"))

    def _key(self, part: str) -> str:
        return f"{{{self.game_id}}}:{part}"


@contextmanager
def played(stack: Stack) -> Iterator[Played]:
    """A game whose players are all on its board."""
    game = replace(any_game(), game_id=f"game-{uuid.uuid4().hex[:20]}", created_at=now_ms())
    with Redis.from_url(stack.known["redis_url"]) as redis:
        made = Played(stack, redis, game.game_id)
        stack.dynamodb.put_item(TableName=stack.known["tables"]["games"], Item=game_item(game))
        try:
            for name in PLAYERS:
                made.join(name)
            eventually(made.shown, lambda board: len(board) == len(PLAYERS))
            yield made
        finally:
            made.remove()
