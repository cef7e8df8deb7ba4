"""Calls of the HTTP API over one connection that is kept, and how long each takes to be answered."""

import json
import socket
import time
from collections.abc import Generator, Mapping
from http.client import HTTPConnection
from typing import Any, NamedTuple
from urllib.parse import urlsplit

_SECONDS_TO_WAIT = 30


class Call(NamedTuple):
    """A request of a person, by the route that it takes."""

    route: str
    path: str
    body: Any = None
    by: str = "student"
    if_match: int | None = None

    @property
    def method(self) -> str:
        """The first half of the route."""
        return self.route.partition(" ")[0]


class Reply(NamedTuple):
    """What came back, after how many seconds."""

    seconds: float
    status: int
    body: Any


# The calls of one round, each of which is told what came of the one before.
Round = Generator[Call, Reply, None]


class Line:
    """The connection, and a token of everybody who calls over it."""

    def __init__(self, url: str, tokens: Mapping[str, str]) -> None:
        address = urlsplit(url)
        self._prefix = address.path
        self._tokens = tokens
        self._connection = HTTPConnection(address.hostname or "", address.port, timeout=_SECONDS_TO_WAIT)
        self._connection.connect()
        # Headers and body are two writes; the second would wait for the first to be acknowledged.
        self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def reply(self, call: Call) -> Reply:
        """Send the call and read the whole answer; an error stops everything."""
        headers = {"Authorization": f"Bearer {self._tokens[call.by]}", "Content-Type": "application/json"}
        if call.if_match is not None:
            headers["If-Match"] = f'"{call.if_match}"'
        content = None if call.body is None else json.dumps(call.body)
        begun = time.perf_counter()
        self._connection.request(call.method, self._prefix + call.path, content, headers)
        response = self._connection.getresponse()
        received = response.read()
        seconds = time.perf_counter() - begun
        if response.status >= 300:
            raise AssertionError(f"{call.method} {call.path} answered {response.status}: {received!r}")
        return Reply(seconds, response.status, json.loads(received) if received else None)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()
