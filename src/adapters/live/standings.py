"""How the players of a game stand: quickly from the index, or surely from the table."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import TYPE_CHECKING, Any

from adapters.failures import as_unavailable
from adapters.items import from_item, to_item
from adapters.live.participants import read_participant
from adapters.structs import to_struct
from quiz.errors import Unavailable
from quiz.live.games import Game, shard_key
from quiz.live.participants import Participant
from quiz.live.standings import Standing

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_INDEX = "by_score"
_MOST_AT_ONCE = 100
_TRIES = 5
# As many as the client keeps connections for.
_THREADS = 10


class Standings:
    """Reads the participants table; nothing here writes."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table
        self._pool = ThreadPoolExecutor(max_workers=_THREADS, thread_name_prefix="standings")

    def all(self, game: Game) -> list[Standing]:
        """Everybody, in no order; the index follows the table by some milliseconds."""
        return self._ranked(game, ">")

    def kicked(self, game: Game) -> list[Standing]:
        """Who was sent away: their ranks are below nothing."""
        return self._ranked(game, "<")

    def _ranked(self, game: Game, than: str) -> list[Standing]:
        shards = range(game.shards)
        return list(chain.from_iterable(self._pool.map(lambda shard: self._shard(game, shard, than), shards)))

    def players(self, game: Game, participant_ids: Iterable[str]) -> Iterator[Participant]:
        """These players with all their answers, as they are now."""
        wanted = list(participant_ids)
        chunks = [wanted[start : start + _MOST_AT_ONCE] for start in range(0, len(wanted), _MOST_AT_ONCE)]
        return chain.from_iterable(self._pool.map(lambda chunk: self._chunk(game, chunk), chunks))

    def _shard(self, game: Game, shard: int, than: str) -> list[Standing]:
        found: list[Standing] = []
        start: Any = {}
        while True:
            with as_unavailable():
                page = self._client.query(
                    TableName=self._table,
                    IndexName=_INDEX,
                    KeyConditionExpression=f"game_shard = :shard AND rank_score {than} :nothing",
                    ExpressionAttributeValues=to_item({":shard": shard_key(game.game_id, shard), ":nothing": 0}),
                    **start,
                )
            found += [to_struct(from_item(item), Standing) for item in page["Items"]]
            if "LastEvaluatedKey" not in page:
                return found
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}

    def _chunk(self, game: Game, participant_ids: Sequence[str]) -> list[Participant]:
        keys: Any = [to_item({"participant_id": each, "game_id": game.game_id}) for each in participant_ids]
        found: list[Participant] = []
        # An answer holds at most 16 MB, and what it left out has to be asked for again.
        for _ in range(_TRIES):
            with as_unavailable():
                answer = self._client.batch_get_item(RequestItems={self._table: {"Keys": keys, "ConsistentRead": True}})
            found += map(read_participant, answer["Responses"][self._table])
            left: Any = answer["UnprocessedKeys"]
            keys = left[self._table]["Keys"] if left else []
            if not keys:
                return found
        raise Unavailable("the participants were read only in part")
