"""Just as much of HTTP as botocore and our workers speak, without the price of a library for each of many calls."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

_END = b"\r\n\r\n"
_LENGTH = b"content-length:"
_TARGET = b"x-amz-target:"


class Request:
    """One request, which is answered at once, later, never, or by hanging up."""

    def __init__(self, head: bytes, body: bytes, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._head = head
        self.path = head.split(b" ", 2)[1].decode()
        self.target = _header(head, _TARGET).decode()
        self.body: Any = json.loads(body)

    @property
    def repeats(self) -> bool:
        """Whether botocore asks for the second time."""
        return b"attempt=2" in self._head

    def reply(self, status: int, content: Any) -> None:
        """Answer, if somebody still listens."""
        body = json.dumps(content).encode()
        head = f"HTTP/1.1 {status} -\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: {len(body)}\r\n\r\n"
        if not self._transport.is_closing():
            self._transport.write(head.encode() + body)

    def drop(self) -> None:
        """Hang up."""
        self._transport.abort()


class Connection(asyncio.Protocol):
    """One connection of a worker, kept alive as long as the worker likes."""

    def __init__(self, take: Callable[[Request], None], lost: Callable[[Request], None]) -> None:
        self._take = take
        self._lost = lost
        self._last: Request | None = None
        self._buffer = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Told by asyncio."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, _: Exception | None) -> None:
        """Told by asyncio: hung up, or dead."""
        if self._last:
            self._lost(self._last)

    def data_received(self, data: bytes) -> None:
        """Told by asyncio: a request, or a piece of one."""
        self._buffer += data
        while (end := self._buffer.find(_END)) >= 0:
            head, body = bytes(self._buffer[:end]), end + len(_END)
            until = body + int(_header(head, _LENGTH) or 0)
            if len(self._buffer) < until:
                return
            content = bytes(self._buffer[body:until])
            del self._buffer[:until]
            self._last = Request(head, content, self._transport)
            self._take(self._last)


def _header(head: bytes, name: bytes) -> bytes:
    found = head.lower().find(b"\r\n" + name)
    if found < 0:
        return b""
    return head[found + 2 + len(name) :].split(b"\r\n", 1)[0].strip()
