"""The leaderboard without Redis: the same rows from the index by score, without reading everybody for a few."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any

from adapters.cache.places import merged
from adapters.failures import as_unavailable
from adapters.items import from_item, to_item
from adapters.live.participants import find
from adapters.structs import to_struct
from quiz.live.games import Game, shard_key
from quiz.live.standings import Row, Standing, ordered, rows

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_INDEX = "by_score"
# As many as the client keeps connections for.
_THREADS = 10
_RANGES = {"": "> :nothing", ">": "> :mine", "<=": "BETWEEN :nothing AND :mine"}


class Ranking:
    """Reads the participants table; nothing here writes."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table
        self._pool = ThreadPoolExecutor(max_workers=_THREADS, thread_name_prefix="ranking")

    def read(self, game: Game, participant_id: str | None, top: int, window: int) -> tuple[Row, ...]:
        """The best, and those around a player."""
        best = rows(ordered(self._all(game, lambda shard: self._query(shard, top)))[:top]) if top else ()
        return merged(best, self._around(game, participant_id, window) if participant_id else ())

    def _around(self, game: Game, participant_id: str, window: int) -> tuple[Row, ...]:
        player = find(self._client, self._table, game.game_id, participant_id)
        if player is None or player.kicked:
            return ()
        mine = player.rank_score
        me = Standing(player.participant_id, player.name, player.score, mine)
        better = sum(self._pool.map(lambda shard: self._count(shard, mine), _shards(game)))
        above = ordered(self._all(game, lambda shard: self._query(shard, window, ">", mine)))
        rest = ordered([me, *self._all(game, lambda shard: self._query(shard, window + 1, "<=", mine))])
        # The index has the player, too, perhaps at the place they had a moment ago.
        near = [one for one in [*above, *rest] if one.participant_id != participant_id or one is me]
        here = near.index(me)
        first = max(0, here - window)
        first_rank = better - len(above) + first + 1
        return rows(near[first : here + window + 1], max(1, first_rank))

    def _all(self, game: Game, read: Callable[[str], Iterable[Standing]]) -> Iterable[Standing]:
        return chain.from_iterable(self._pool.map(read, _shards(game)))

    def _query(self, shard: str, number: int, than: str = "", mine: Decimal | None = None) -> list[Standing]:
        """The so many of a shard who are best, or next to a rank; and who is equal to the last of them."""
        # Whoever was sent away ranks below nothing. DynamoDB refuses a value that no condition names.
        nothing = None if than == ">" else 0
        found: list[Standing] = []
        start: Any = {}
        while True:
            with as_unavailable():
                page = self._client.query(
                    TableName=self._table,
                    IndexName=_INDEX,
                    KeyConditionExpression=f"game_shard = :shard AND rank_score {_RANGES[than]}",
                    ExpressionAttributeValues=to_item({":shard": shard, ":mine": mine, ":nothing": nothing}),
                    ScanIndexForward=than == ">",
                    Limit=number + 1,
                    **start,
                )
            found += [to_struct(from_item(item), Standing) for item in page["Items"]]
            enough = len(found) > number and found[-1].rank_score != found[number - 1].rank_score
            if enough or "LastEvaluatedKey" not in page:
                return found
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}

    def _count(self, shard: str, mine: Decimal) -> int:
        """How many of the shard stand above."""
        number = 0
        start: Any = {}
        while True:
            with as_unavailable():
                page = self._client.query(
                    TableName=self._table,
                    IndexName=_INDEX,
                    KeyConditionExpression="game_shard = :shard AND rank_score > :mine",
                    ExpressionAttributeValues=to_item({":shard": shard, ":mine": mine}),
                    Select="COUNT",
                    **start,
                )
            number += page["Count"]
            if "LastEvaluatedKey" not in page:
                return number
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}


def _shards(game: Game) -> list[str]:
    return [shard_key(game.game_id, shard) for shard in range(game.shards)]
