"""A client of one game: keeps its newest state, answers, and lets nobody notice that the connection was lost."""

import asyncio
from collections.abc import Callable
from typing import Any, Self

from quiz.live.messages import AnswerAccepted, QuizJoined, ServerMessage
from quiz.live.names import UserInfo
from quiz.live.wishes import ClientMessage, GiveAnswer, JoinQuiz
from tools.live.connection import Lost, Refused
from tools.live.session import PASSING, Door, Session
from tools.live.timing import ServerClock, Timing, pause
from tools.live.view import Announcement, View, after

# A message, and whether it told anything new.
Listener = Callable[[ServerMessage, bool], None]


class LiveClient:
    """One tab of a player, or of a host, who needs no name. Use it with `async with`: inside, it has joined."""

    def __init__(
        self,
        url: str,
        token: Callable[[], str],
        quiz_id: str,
        name: str | None = None,
        *,
        timing: Timing | None = None,
        by_header: bool = False,
    ) -> None:
        self._timing = timing or Timing()
        join = JoinQuiz(quiz_id=quiz_id, user_info=UserInfo(name) if name else None)
        self._session = Session(Door(url, token, join, by_header), self._timing, self._heard, self._wake)
        self._watching: set[asyncio.Future[None]] = set()
        self._listeners: list[Listener] = []
        self.clock = ServerClock(lambda: asyncio.get_running_loop().time())
        self.view = View()
        self.joined: QuizJoined | None = None
        self.announcements: list[Announcement] = []

    async def __aenter__(self) -> Self:
        self._session.begin(lambda: self.view.is_over)
        try:
            await self.until(lambda _: self.times_joined > 0)
        except BaseException:
            await self._session.end()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.end()

    @property
    def times_joined(self) -> int:
        """How many connections it took so far."""
        return self._session.times_joined

    @property
    def is_connected(self) -> bool:
        """Whether messages can be sent at this moment."""
        return self._session.connection is not None

    def listen(self, listener: Listener) -> None:
        """Call it with each message from now on."""
        self._listeners.append(listener)

    async def until(self, wanted: Callable[[View], bool], within: float = 60) -> View:
        """Wait for a state of the game."""
        async with asyncio.timeout(within):
            while not wanted(self.view):
                if self._session.failure is not None:
                    raise self._session.failure
                change: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                self._watching.add(change)
                await change
        return self.view

    async def ask(self, message: ClientMessage) -> Any:
        """Send a message once and wait for its answer."""
        if self._session.connection is None:
            raise Lost("not connected at the moment")
        return await self._session.connection.ask(message)

    async def insist(self, message: ClientMessage, within: float = 60) -> Any:
        """Send a message that may safely be repeated, until it is answered."""
        attempt = 0
        async with asyncio.timeout(within):
            while True:
                try:
                    return await self.ask(message)
                except Lost:
                    await self.until(lambda _: self.is_connected, within)
                except Refused as error:
                    if error.code not in PASSING:
                        raise
                await asyncio.sleep(pause(attempt, self._timing))
                attempt += 1

    async def answer(self, question_id: str, answer: Any) -> AnswerAccepted:
        """Answer a question. The same answer again counts once, so a lost reply costs nothing."""
        message = GiveAnswer(quiz_id=self.view.game_id, question_id=question_id, answer=answer)
        accepted: AnswerAccepted = await self.insist(message)
        return accepted

    def drop(self) -> None:
        """Lose the connection; the client comes back by itself."""
        if self._session.connection is not None:
            self._session.connection.drop()

    def _heard(self, message: ServerMessage, asked_at: float | None) -> None:
        if server_time := getattr(message, "server_time", None):
            self.clock.heard(server_time, asked_at)
        if isinstance(message, QuizJoined):
            self.joined = message
        if isinstance(message, Announcement):
            self.announcements.append(message)
        before, self.view = self.view, after(self.view, message)
        if self.view.is_stale and (isinstance(message, QuizJoined) or not before.is_stale):
            self._session.join_again()
        for listener in self._listeners:
            listener(message, self.view is not before)
        self._wake()

    def _wake(self) -> None:
        for change in self._watching:
            if not change.done():
                change.set_result(None)
        self._watching.clear()
