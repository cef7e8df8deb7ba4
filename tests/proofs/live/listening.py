"""Judges what everybody was told."""

from collections.abc import Mapping

from quiz.live.games import shard_of
from quiz.live.participants import Participant
from tests.proofs.live.game import Game
from tests.proofs.live.outcomes import expected_order
from tests.proofs.live.wire import Connection
from tests.proofs.violation import Violation


def check_messages(game: Game, table: Mapping[str, Participant]) -> None:
    """Who listened to the end missed no phase, heard of no other game, and knows their place."""
    final, shards = game.final_version(), game.shards()
    ranks = {one.participant_id: (number, one.score) for number, one in enumerate(expected_order(table), 1)}
    for connection in game.world.wire.connections.values():
        strange = {told["game_id"] for told in connection.told} - connection.since.keys()
        if strange:
            raise Violation(f"{connection.connection_id} of {connection.user_id} heard of {strange}")
        if game.game_id in connection.since and connection.alive:
            _check_missed(game, connection, final, shard_of(connection.user_id, shards))
            _check_place(game, connection, ranks)


def _check_missed(game: Game, connection: Connection, final: int, shard: int) -> None:
    since = connection.since[game.game_id]
    missed = set(range(since + 1, final + 1)) - connection.versions(game.game_id)
    # That a question closes early is worth nothing once it is closed, which is when a deaf client would hear of it.
    missed -= connection.refused & game.closings()
    # Nor is that a question opens, once it is closed: what a worker died of is posted half a minute later, if at all.
    missed -= {version for version in missed if (game.game_id, shard, version) in game.world.overdue}
    if missed:
        raise Violation(f"{connection.connection_id} of {connection.user_id} missed {sorted(missed)}")


def _check_place(game: Game, connection: Connection, ranks: Mapping[str, tuple[int, int]]) -> None:
    for told in connection.told:
        you = told.get("you") if told["type"] == "quiz_ended" and told["game_id"] == game.game_id else None
        if you and (you["rank"], you["score"]) != ranks[connection.user_id]:
            raise Violation(f"{connection.user_id} was told {you}, and is {ranks[connection.user_id]}")
