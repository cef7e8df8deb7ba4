"""Jobs for the broadcast workers: everybody is told once, and every job fits into its queue."""

import json
from collections import Counter
from uuid import UUID

import msgspec
import pytest
from msgspec.structs import replace

from quiz.live.broadcasts import Job, jobs, kick_job
from quiz.live.games import Game, shard_of
from quiz.live.messages import QuizEnded, You, encode
from quiz.live.standings import Row, ShownName
from tests.unit.live.support import NOW, game

MOST_BYTES = 256 * 1024
LEADERS = tuple(Row(rank, str(UUID(int=rank)), 10**6, ShownName("\u0416" * 40)) for rank in range(1, 11))


def everybody(many: int) -> dict[str, You]:
    return {str(UUID(int=number * 7919)): You(number, 1_234_567, 12_345, False) for number in range(many)}


def sharded(shards: int) -> Game:
    return replace(game(), shards=shards, version=7)


@pytest.mark.parametrize(("shards", "many"), [(1, 5_000), (1, 1_500), (1, 1_501), (4, 5_000), (3, 0), (8, 3)])
def test_every_player_is_told_once_and_how_they_stand(shards: int, many: int) -> None:
    it, players = sharded(shards), everybody(many)
    message = encode(QuizEnded(game_id=it.game_id, version=7, players=many, leaderboard=LEADERS))
    told: Counter[str] = Counter()
    for job in jobs(it, message, NOW, players):
        assert len(msgspec.json.encode(job)) < MOST_BYTES
        for player in players:
            if shard_of(player, shards) == job.shard and job.concerns(player):
                told[player] += 1
                assert json.loads(job.text_for(player))["you"] == msgspec.to_builtins(players[player])
    assert told == Counter(dict.fromkeys(players, 1))


@pytest.mark.parametrize("many", [0, 10, 5_000])
def test_who_plays_not_is_told_once_as_well(many: int) -> None:
    it = sharded(1)
    made = list(jobs(it, '{"type":"x"}', NOW, everybody(many)))
    for listener in ("a host", "somebody who came a moment ago"):
        [job] = [job for job in made if job.concerns(listener)]
        assert job.text_for(listener) == b'{"type":"x"}'


def test_every_shard_gets_a_job_even_if_nobody_is_known_there() -> None:
    made = list(jobs(sharded(5), '{"type":"x"}', NOW, useless_after=NOW + 1))
    assert [job.shard for job in made] == [0, 1, 2, 3, 4]
    assert {(job.version, job.made_at, job.useless_after, job.attempt) for job in made} == {(7, NOW, NOW + 1, 1)}


def test_a_kick_concerns_one_player() -> None:
    it = sharded(4)
    job = kick_job(it, "p1", '{"type":"kicked"}', NOW)
    assert job.shard == shard_of("p1", 4)
    assert (job.concerns("p1"), job.concerns("p2"), job.kick) == (True, False, "p1")


def test_a_job_survives_its_queue() -> None:
    for job in jobs(sharded(2), '{"type":"x","text":"\\u00e9 \\ud83d\\ude00 \u0416"}', NOW, everybody(3)):
        assert msgspec.json.decode(msgspec.json.encode(job), type=Job) == job
