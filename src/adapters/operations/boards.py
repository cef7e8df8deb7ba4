"""Looks at the boards in Redis, by commands that read and nothing else."""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from adapters.cache.connecting import redis_as_unavailable
from adapters.cache.scripts import TIE_DIGITS, WHOLE
from quiz.operations.inspection import Board

if TYPE_CHECKING:
    from redis import Redis

_SCRIPTS_AT_ONCE = 10
# What a shared Redis holds beside the boards is skipped, as far as this takes some milliseconds.
_PAGES, _KEYS_IN_A_PAGE = 20, 1_000

_BOARDS = f"""
local cursor, found = '0', {{}}
for _ = 1, {_PAGES} do
  local page = redis.call('SCAN', cursor, 'MATCH', '{{game-*}}:ranks', 'COUNT', {_KEYS_IN_A_PAGE})
  cursor = page[1]
  for _, key in ipairs(page[2]) do
    found[#found + 1] = key
  end
  if cursor == '0' then
    break
  end
end
return found
"""

# KEYS: ranks, names. ARGV: how many players to draw, and the ids of those who are asked for.
# Gives whether the board is whole, and id and rank of everybody who was drawn or asked for and is on it.
_LOOK = f"""{WHOLE}
if redis.call('EXISTS', KEYS[1], KEYS[2]) == 0 then
  return false
end
local ranks = {{}}
local function take(member)
  local rank = redis.call('ZSCORE', KEYS[1], member)
  if rank then
    ranks[#ranks + 1] = string.sub(member, {TIE_DIGITS + 1})
    ranks[#ranks + 1] = rank
  end
end
if tonumber(ARGV[1]) > 0 then
  for _, member in ipairs(redis.call('ZRANDMEMBER', KEYS[1], ARGV[1])) do
    take(member)
  end
end
for i = 2, #ARGV do
  local known = redis.call('HGET', KEYS[2], ARGV[i])
  if known then
    take(string.sub(known, 1, {TIE_DIGITS}) .. ARGV[i])
  end
end
return {{is_whole(KEYS[1], KEYS[2]) and 1 or 0, ranks}}
"""


class Boards:
    """The boards of all games. Every method raises Unavailable where Redis does not do its work."""

    def __init__(self, client: "Callable[[], Redis]", clock: Callable[[], float] = time.perf_counter) -> None:
        self._client = client
        self._clock = clock

    def milliseconds(self) -> float:
        """How long Redis takes to answer, once there is a connection."""
        with redis_as_unavailable():
            self._client().ping()
            begun = self._clock()
            self._client().ping()
        return 1000 * (self._clock() - begun)

    def some(self, most: int) -> list[str]:
        """Ids of at most so many games that have a board, drawn from all of them."""
        with redis_as_unavailable():
            found: Any = self._client().eval(_BOARDS, 0)
        games = sorted({key.decode(errors="replace").removeprefix("{").removesuffix("}:ranks") for key in found})
        return random.sample(games, min(most, len(games)))

    def look(self, games: Mapping[str, Sequence[str]], drawn: Mapping[str, int]) -> dict[str, Board]:
        """The boards of these games with those of the players who are on them, and with as many drawn ones."""
        asked = iter(games.items())
        boards: dict[str, Board] = {}
        while batch := list(islice(asked, _SCRIPTS_AT_ONCE)):
            with redis_as_unavailable(), self._client().pipeline(transaction=False) as pipeline:
                for game_id, players in batch:
                    keys = f"{{{game_id}}}:ranks", f"{{{game_id}}}:names"
                    pipeline.eval(_LOOK, 2, *keys, drawn.get(game_id, 0), *players)
                replies = pipeline.execute()
            boards |= {game_id: _board(*reply) for (game_id, _), reply in zip(batch, replies, strict=True) if reply}
        return boards


def _board(complete: int, found: Sequence[bytes]) -> Board:
    return Board(complete=bool(complete), ranks=dict(_ranks(found)))


def _ranks(found: Sequence[bytes]) -> Iterator[tuple[str, int]]:
    for participant_id, rank in zip(found[::2], found[1::2], strict=True):
        # Some versions of Redis write 5e+10.
        yield participant_id.decode(), int(float(rank))
