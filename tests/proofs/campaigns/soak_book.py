"""What the people of the soak asked of the stack, how long each answer took, and what was wrong with it."""

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from tools.api_client import ApiClient, Reply
from tools.live.client import LiveClient
from tools.live.connection import Lost, Refused

_GOOD = {200, 201, 202}
_WORDS = re.compile(r"[a-z]+")


class Call(NamedTuple):
    """One call: when it began, what it was, its seconds, and what was wrong, if anything was."""

    began: float
    what: str
    seconds: float
    trouble: str = ""


class Book:
    """Shared by everybody; appending to a list needs no lock."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.differences: list[str] = []

    @contextmanager
    def timed(self, what: str) -> Iterator[list[str]]:
        """Write a call down; what is put into the list is wrong with it, and so is what is raised."""
        began, troubles = time.monotonic(), list[str]()
        try:
            yield troubles
        except (OSError, Lost, Refused) as error:
            troubles.append(repr(error))
            raise
        finally:
            self.calls.append(Call(began, what, time.monotonic() - began, "; ".join(troubles)))

    def expect(self, holds: bool, what: str) -> None:
        """Note something that contradicts something else."""
        if not holds:
            self.differences.append(what)


class TimedApi(ApiClient):
    """A client of the HTTP API whose calls are written down."""

    def __init__(self, known: dict[str, Any], book: Book) -> None:
        super().__init__(known)
        self._book = book

    def call(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Reply:
        """Send one request."""
        with self._book.timed(f"{method} {route(path)}") as troubles:
            reply = super().call(method, path, body, headers)
            if reply.status not in _GOOD:
                troubles.append(f"{reply.status} {reply.body}")
        return reply


class TimedPlayer(LiveClient):
    """A tab whose questions to the server are written down."""

    book: Book

    async def ask(self, message: Any) -> Any:
        """Send a message once and wait for its answer."""
        with self.book.timed(f"socket {type(message).__name__}"):
            return await super().ask(message)


def route(path: str) -> str:
    """The path with the ids taken out."""
    parts = path.partition("?")[0].split("/")
    return "/".join(part if not part or _WORDS.fullmatch(part) else "{id}" for part in parts)


class Pace:
    """One turn in so many seconds until the end; who is late is not hurried afterwards."""

    def __init__(self, every: float, until: float, first: float = 0) -> None:
        self._every, self.until = every, until
        self._next = time.monotonic() + first * every

    def __iter__(self) -> Iterator[None]:
        while self.wait():
            yield

    def wait(self) -> bool:
        """Wait for the next turn; False, at once, where the end comes before it."""
        if self._next >= self.until:
            return False
        time.sleep(max(0.0, self._next - time.monotonic()))
        self._next = max(self._next + self._every, time.monotonic())
        return True
