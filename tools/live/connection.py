"""One socket of a live quiz: typed messages go out and come in, and each answer finds who asked for it."""

import asyncio
from collections.abc import Callable
from itertools import count
from typing import Any

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from quiz.live import messages
from quiz.live.messages import ErrorMessage, ServerMessage
from quiz.live.wishes import ClientMessage

AnyServerMessage = (
    messages.QuizJoined
    | messages.NewQuestion
    | messages.QuestionClosing
    | messages.AnswerAccepted
    | messages.QuestionClosed
    | messages.GameState
    | messages.QuizPaused
    | messages.QuizEnded
    | messages.Kicked
    | messages.Leaderboard
    | messages.Pong
    | messages.ErrorMessage
)
# What came, and for an answer when it was asked for.
Hears = Callable[[ServerMessage, float | None], None]

_encoder = msgspec.json.Encoder(decimal_format="number")
_decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(AnyServerMessage)


class Refused(Exception):
    """The server said no. `code` is its error, or `http_` and the status if it did not even let us in."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


class Lost(Exception):
    """The connection broke before the answer came: whether the message arrived is unknown."""


def opened(url: str, token: str, limit: float, *, by_header: bool) -> connect:
    """A connection in the making. Browsers can set no other header than that of the protocols."""
    # The protocol has a heartbeat of its own, and its messages are too small to be compressed.
    options: Any = {"open_timeout": limit, "ping_interval": None, "compression": None}
    if by_header:
        return connect(url, subprotocols=[Subprotocol("bearer"), Subprotocol(token)], **options)
    return connect(f"{url}?token={token}", **options)


class Connection:
    """An open socket."""

    def __init__(self, socket: ClientConnection, hears: Hears, reply_within: float) -> None:
        self._socket = socket
        self._hears = hears
        self._reply_within = reply_within
        self._numbers = count(1)
        self._waiting: dict[str | None, tuple[float, asyncio.Future[ServerMessage]]] = {}

    async def read(self) -> None:
        """Hear everything until the connection is closed, in order or not."""
        try:
            async for text in self._socket:
                self._receive(text)
        except ConnectionClosed:
            pass
        finally:
            for _, answer in self._waiting.values():
                if not answer.done():
                    answer.set_exception(Lost("the connection was closed"))

    async def ask(self, message: ClientMessage) -> Any:
        """Send a message once and wait for its answer."""
        loop, request_id = asyncio.get_running_loop(), str(next(self._numbers))
        answer: asyncio.Future[ServerMessage] = loop.create_future()
        self._waiting[request_id] = (loop.time(), answer)
        try:
            async with asyncio.timeout(self._reply_within):
                await self._socket.send(encoded(message, request_id))
                reply = await answer
        except (ConnectionClosed, TimeoutError) as error:
            raise Lost("no answer came") from error
        finally:
            del self._waiting[request_id]
        if isinstance(reply, ErrorMessage):
            raise Refused(reply.error, reply.message)
        return reply

    async def close(self) -> None:
        """Say goodbye."""
        await self._socket.close()

    def drop(self) -> None:
        """Vanish, as in a tunnel."""
        self._socket.transport.abort()

    def _receive(self, text: str | bytes) -> None:
        try:
            message = _decoder.decode(text)
        except msgspec.MsgspecError:
            # Of a later version of the protocol, or API Gateway's own words: nothing that anybody waits for.
            return
        asked_at, answer = self._waiting.get(message.request_id, (None, None))
        self._hears(message, asked_at)
        if answer is not None and not answer.done():
            answer.set_result(message)


def encoded(message: ClientMessage, request_id: str) -> str:
    """A message as it is sent, with the id that its answer will carry."""
    return _encoder.encode(msgspec.structs.replace(message, request_id=request_id)).decode()
