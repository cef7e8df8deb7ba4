"""Brings every change of a player into the leaderboard of the game, from the stream of the participants table."""

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from adapters import dynamo, settings
from adapters.cache.connecting import RedisSettings, client
from adapters.cache.places import Place, place_in_image
from adapters.live.board import Board
from adapters.live.games import Games
from adapters.live.standings import Standings
from adapters.observability import count, instrumented, logger, measure
from handlers.cache.restoring import restore
from quiz.errors import Unavailable

Record = Mapping[str, Any]


class Settings(RedisSettings, frozen=True, kw_only=True):
    """Environment variables of the function."""

    games_table: str
    participants_table: str


class Projector(Struct, frozen=True):
    """Changes in, boards out."""

    board: Board
    games: Games
    standings: Standings

    def project(self, records: list[Record]) -> None:
        """Write what the records say; all of it, or Unavailable."""
        places = latest(_places(records))
        incomplete = self.board.write(places)
        count("BoardChanges", len(places))
        for game_id in incomplete:
            self._restore(game_id)

    def _restore(self, game_id: str) -> None:
        """The first change of a game comes through here, and the first after Redis has lost what it held."""
        try:
            restored = restore(self.board, self.games, self.standings, game_id)
        except Exception:  # noqa: BLE001
            # The changes are on the board; until one of the next batches has restored it, it is read from the table.
            logger().exception("a board was not restored", game_id=game_id)
            return
        logger().info("a board was restored", game_id=game_id, players=restored.players, complete=restored.is_complete)


@cache
def bootstrap() -> Projector:
    """Everything that lives as long as the environment does."""
    configured = settings.read(Settings, os.environ)
    redis = settings.read(RedisSettings, os.environ)
    return Projector(
        board=Board(lambda: client(redis)),
        games=Games(dynamo.client(), configured.games_table),
        standings=Standings(dynamo.client(), configured.participants_table),
    )


@instrumented
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """A partial batch response: all of it comes again if Redis was away, which changes nothing that it knows by now."""
    records = event["Records"]
    try:
        bootstrap().project(records)
    except Unavailable as error:
        logger().warning("the board was not written", reason=str(error), records=len(records))
        return {"batchItemFailures": [{"itemIdentifier": min(map(_sequence_number, records), key=int)}]}
    if records:
        oldest = min(record["dynamodb"]["ApproximateCreationDateTime"] for record in records)
        measure("ProjectionDelay", "Milliseconds", max(0.0, time.time() - oldest) * 1000)
    return {"batchItemFailures": []}


def latest(places: Iterable[Place]) -> list[Place]:
    """Of each player the one place that the others lead to: ranks only grow, and who was sent away stays away."""
    found: dict[tuple[str, str], Place] = {}
    for place in places:
        key = place.game_id, place.participant_id
        other = found.get(key)
        if other is None or (place.gone, place.rank) > (other.gone, other.rank):
            found[key] = place
    return list(found.values())


def _places(records: Iterable[Record]) -> Iterator[Place]:
    for record in records:
        # An item that has expired takes nobody off the board, which expires by itself.
        image = record["dynamodb"].get("NewImage")
        if image is None or "game_shard" not in image:
            continue
        try:
            yield place_in_image(image)
        except (KeyError, ValueError, ArithmeticError):
            # Nobody but a hand in the table writes such a thing, and it would be no better the next time.
            logger().exception("a record is no player", sequence_number=_sequence_number(record))


def _sequence_number(record: Record) -> str:
    number: str = record["dynamodb"]["SequenceNumber"]
    return number
