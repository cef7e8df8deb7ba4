"""Asks, over HTTP and over WebSockets, and says in a word what came back."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.proofs.campaigns.authorizing.matrix import Action, Line
from tests.proofs.campaigns.authorizing.scene import Scene
from tests.stack.support import Stack, new_id

_SECONDS = 30
_numbers = count(1)


def status(stack: Stack, scene: Scene, line: Line, token: str | None) -> int:
    """What a route answers to a caller."""
    api = stack.api()
    api.token = token
    new = new_id("authorization")
    reply = api.call(line.route.split()[0], scene.filled(line.path, new), scene.filled(line.body, new), line.headers)
    return reply.status


def handshake(stack: Stack, token: str | None, *, in_header: bool = False) -> str:
    """What a connection attempt is answered: its status, or that it is open."""
    try:
        with opened(stack, token, in_header=in_header):
            return "open"
    except InvalidStatus as refusal:
        return str(refusal.response.status_code)


@contextmanager
def opened(stack: Stack, token: str | None, *, in_header: bool = False) -> Iterator[ClientConnection]:
    """A socket of whoever holds the token."""
    url, offered = stack.known["websocket_url"], [Subprotocol("bearer")]
    if token is not None and in_header:
        offered.append(Subprotocol(token))
    if token is not None and not in_header:
        url += f"?token={token}"
    protocols = offered if in_header else None
    with connect(url, subprotocols=protocols, open_timeout=_SECONDS, compression=None) as socket:
        yield socket


def said(socket: ClientConnection, scene: Scene, action: Action) -> str:
    """What a message is answered: the type of the answer, or its error."""
    return answered(socket, {"action": action.action, **scene.filled(action.fields, "")})


def answered(socket: ClientConnection, message: dict[str, Any]) -> str:
    """The same of any message; what else comes over the socket meanwhile is let pass."""
    request_id = f"r{next(_numbers)}"
    socket.send(json.dumps({**message, "request_id": request_id}))
    while True:
        told: dict[str, Any] = json.loads(socket.recv(timeout=_SECONDS))
        if told.get("request_id") == request_id:
            return str(told.get("error") or told["type"])
