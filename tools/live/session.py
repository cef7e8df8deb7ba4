"""Keeps one player connected: joins, shows signs of life, comes back after a drop and before the two-hour limit."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from msgspec import Struct
from websockets.exceptions import InvalidHandshake, InvalidStatus

from quiz.live.wishes import JoinQuiz, Ping
from tools.live.connection import Connection, Hears, Lost, Refused, opened
from tools.live.timing import Timing, pause, shortly_before

# Errors after which the same message may succeed.
PASSING = {"unavailable", "internal_error"}
# Answers to a handshake that another attempt would get as well.
_REFUSALS = {400, 401, 403, 404}


class Door(Struct, frozen=True):
    """How to get in. The token is asked for at each connection: since the last one it may have expired."""

    url: str
    token: Callable[[], str]
    join: JoinQuiz
    by_header: bool = False


class Session:
    """Connection after connection, until it is `done` or refused for good."""

    def __init__(self, door: Door, timing: Timing, hears: Hears, changed: Callable[[], None]) -> None:
        self._door, self._timing, self._hears, self._changed = door, timing, hears, changed
        self._tasks: set[asyncio.Task[None]] = set()
        self._newest: Connection | None = None
        # The newest one once it has joined, while it lasts.
        self.connection: Connection | None = None
        self.failure: BaseException | None = None
        self.times_joined = 0

    def begin(self, done: Callable[[], bool]) -> None:
        """Connect, and go on connecting."""
        self._start(self._run(done)).add_done_callback(self._ended)

    async def end(self) -> None:
        """Leave."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def join_again(self) -> None:
        """Ask for the state of the game in a message of its own."""
        self._start(self._join_again())

    async def _run(self, done: Callable[[], bool]) -> None:
        attempt = 0
        while True:
            joined_before = self.times_joined
            try:
                await self._visit()
            except InvalidStatus as error:
                if error.response.status_code in _REFUSALS:
                    raise Refused(f"http_{error.response.status_code}", "the connection was refused") from error
            except (OSError, InvalidHandshake):
                pass
            if done() or self.failure is not None:
                return
            attempt = 0 if self.times_joined > joined_before else attempt + 1
            await asyncio.sleep(pause(attempt, self._timing))

    async def _visit(self) -> None:
        door, timing = self._door, self._timing
        async with opened(door.url, door.token(), timing.connect_within, by_header=door.by_header) as socket:
            connection = self._newest = Connection(socket, self._hears, timing.reply_within)
            tending = self._start(self._tend(connection))
            try:
                await connection.read()
            finally:
                self.connection = None
                tending.cancel()

    async def _tend(self, connection: Connection) -> None:
        clock = asyncio.get_running_loop().time
        try:
            await connection.ask(self._door.join)
            self.times_joined += 1
            self.connection = connection
            self._changed()
            renew_at = clock() + shortly_before(self._timing.renew_after)
            while (left := renew_at - clock()) > 0:
                await asyncio.sleep(min(self._timing.heartbeat, left))
                await connection.ask(Ping())
        except Lost:
            pass
        except Refused as error:
            self.failure = None if error.code in PASSING else error
            self._changed()
        await connection.close()

    async def _join_again(self) -> None:
        connection = self._newest
        if connection is None:
            return
        try:
            await connection.ask(self._door.join)
        except (Lost, Refused):
            # The next connection begins with joining anyway.
            connection.drop()

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and task.exception():
            self.failure = task.exception()
        self._changed()

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
