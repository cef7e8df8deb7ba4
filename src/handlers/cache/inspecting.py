"""Tells what is in the cache, when the platform itself asks: nobody outside can invoke a function directly."""

import os
from functools import cache
from typing import Any

import msgspec

from adapters import settings
from adapters.cache.connecting import RedisSettings, client
from adapters.observability import logger
from adapters.operations.boards import Boards
from quiz.errors import Unavailable
from quiz.operations.inspection import Inspect, Inspected, Inspection

# Among so many boards those players are drawn that nobody has asked for by name.
_MOST_BOARDS = 10


@cache
def bootstrap() -> Boards:
    """Everything that lives as long as the environment does."""
    redis = settings.read(RedisSettings, os.environ)
    return Boards(lambda: client(redis))


def answer(event: dict[str, Any]) -> dict[str, Any]:
    """What was asked for; a cache that does not answer is an answer, too."""
    asked = msgspec.convert(event, Inspect).inspect
    try:
        found = _inspected(bootstrap(), asked)
    except Unavailable as error:
        logger().warning("the cache does not answer", reason=str(error))
        found = Inspected(reachable=False, milliseconds=0)
    told: dict[str, Any] = msgspec.to_builtins(found)
    return told


def _inspected(boards: Boards, asked: Inspection) -> Inspected:
    milliseconds = boards.milliseconds()
    some = boards.some(_MOST_BOARDS) if asked.drawn else []
    drawn = {game_id: -(-asked.drawn // len(some)) for game_id in some}
    found = boards.look({**dict.fromkeys(some, ()), **asked.games}, drawn)
    return Inspected(reachable=True, milliseconds=milliseconds, boards=found)
