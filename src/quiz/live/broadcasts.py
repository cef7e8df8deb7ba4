"""What the clock hands to the broadcast workers: one job for each shard of a game's connections."""

import hashlib
from collections.abc import Iterator, Mapping

import msgspec
from msgspec import Raw, Struct

from quiz.live.games import Game, shard_of
from quiz.live.messages import You

# With this many ranks a job stays well under the 256 KB of a queue's message.
_MOST_PLAYERS = 1_500

_encoder = msgspec.json.Encoder()


class Job(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Post a message to the connections of one shard.

    `you` holds what differs by player. A shard with more players than one job can tell of is posted to in `parts`, each
    by a job of its own. `only` narrows a repeated job to the connections that were throttled, and `kick` to those of
    one player, which are then cut. After `useless_after` (milliseconds) nobody needs the message any more.
    """

    game_id: str
    shard: int
    version: int
    made_at: int
    message: Raw
    you: dict[str, You] = {}
    part: int = 0
    parts: int = 1
    only: tuple[str, ...] = ()
    kick: str = ""
    useless_after: int = 0
    attempt: int = 1

    def concerns(self, participant_id: str) -> bool:
        """Whether this job, and no other of its shard, posts to the player."""
        if self.kick:
            return participant_id == self.kick
        return self.parts == 1 or _part_of(participant_id, self.parts) == self.part

    def text_for(self, participant_id: str) -> bytes:
        """The message as this player gets it."""
        message = bytes(self.message)
        you = self.you.get(participant_id)
        return message if you is None else message[:-1] + b',"you":' + _encoder.encode(you) + b"}"


def jobs(
    game: Game, message: str, now: int, you: Mapping[str, You] | None = None, useless_after: int = 0
) -> Iterator[Job]:
    """The jobs that tell everybody."""
    by_shard: dict[int, dict[str, You]] = {shard: {} for shard in range(game.shards)}
    for participant_id, standing in (you or {}).items():
        by_shard[shard_of(participant_id, game.shards)][participant_id] = standing
    for shard, players in by_shard.items():
        parts = max(1, -(-len(players) // _MOST_PLAYERS))
        for part in range(parts):
            yield Job(
                game_id=game.game_id,
                shard=shard,
                version=game.version,
                made_at=now,
                message=Raw(message.encode()),
                you={name: one for name, one in players.items() if parts == 1 or _part_of(name, parts) == part},
                part=part,
                parts=parts,
                useless_after=useless_after,
            )


def kick_job(game: Game, participant_id: str, message: str, now: int) -> Job:
    """The job that tells one player to go, and closes the door behind them."""
    return Job(
        game_id=game.game_id,
        shard=shard_of(participant_id, game.shards),
        version=game.version,
        made_at=now,
        message=Raw(message.encode()),
        kick=participant_id,
    )


def _part_of(participant_id: str, parts: int) -> int:
    # Other bytes than the shard is made from, which are alike within a shard.
    return int.from_bytes(hashlib.sha256(participant_id.encode()).digest()[4:8]) % parts
