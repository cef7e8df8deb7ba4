"""The sockets: every message that was posted, and what API Gateway answers to a post."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from random import Random
from threading import Lock
from typing import Any

from tests.proofs.live.times import Time

Told = dict[str, Any]

# The workers give up a connection that was deaf five times.
_MOST_DEAF = 3


@dataclass
class Connection:
    """One socket. `since` is the version of each game that it was told of by the answer to its joining."""

    connection_id: str
    user_id: str
    hear: Callable[["Connection", Told], None]
    alive: bool = True
    since: dict[str, int] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    deaf: int = 0
    refused: set[int] = field(default_factory=set)

    def versions(self, game_id: str) -> set[int]:
        """The versions of the game that it was told of."""
        return {told["version"] for told in self.told if told.get("game_id") == game_id and "version" in told}


class Wire:
    """All connections. `throttled` is the share of posts that meet a client whose buffer is full."""

    def __init__(self, time: Time, chance: Random, throttled: float = 0.0) -> None:
        self.connections: dict[str, Connection] = {}
        self.posts = 0
        self.refused = 0
        self.gone = 0
        self._time = time
        self.chance = chance
        self._throttled = throttled
        self._numbers = count()
        self._lock = Lock()

    def open(self, user_id: str, hear: Callable[[Connection, Told], None]) -> Connection:
        connection = Connection(f"c{next(self._numbers)}=", user_id, hear)
        self.connections[connection.connection_id] = connection
        return connection

    def post(self, method: str, connection_id: str, data: bytes) -> int:
        """The status that the endpoint of the connection answers."""
        connection = self.connections[connection_id]
        told = _read(data) if data else {}
        with self._lock:
            self.posts += 1
            if not connection.alive:
                self.gone += 1
                return 410
            if method == "DELETE":
                connection.alive = False
                return 204
            if connection.deaf < _MOST_DEAF and self.chance.random() < self._throttled:
                connection.deaf += 1
                connection.refused.add(told.get("version", 0))
                self.refused += 1
                return 429
            connection.deaf = 0
        self.hand(connection, told)
        return 200

    def hand(self, connection: Connection, told: Told) -> None:
        """The client gets a message."""
        connection.told.append(told)
        connection.hear(connection, told)


@lru_cache(maxsize=256)
def _read(data: bytes) -> Told:
    """The message, which is the same for thousands of connections; nobody changes it."""
    told: Told = json.loads(data)
    return told
