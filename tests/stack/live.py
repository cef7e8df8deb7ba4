"""What the tests of live quizzes share: quizzes that are quickly played, people, and their tabs."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any

from tests.stack.support import Stack, new_id
from tools.live.client import LiveClient
from tools.live.people import Person, sign_up, user_id
from tools.live.timing import Timing

# Right or wrong, nothing in between: a test can tell their points without the platform's own rules.
RIGHT = {"geo-001": "c", "sci-002": False, "hist-001": "b"}
QUESTIONS = list(RIGHT)

_QUICK = {"pacing": "manual", "time_limit": 20, "lead_ms": 0, "grace_ms": 0, "reveal_seconds": 1}
# The emulator answers a crowd one after the other.
_PATIENT = Timing(first_pause=0.1, longest_pause=1, reply_within=30, connect_within=30)
_AT_ONCE = 20


def run(evening: Coroutine[Any, Any, Any], within: float = 60) -> Any:
    """Run a test's own evening, and not for ever."""

    async def limited() -> Any:
        async with asyncio.timeout(within):
            return await evening

    return asyncio.run(limited())


def new_quiz(stack: Stack, **settings: Any) -> str:
    """A quiz that nobody has played, with these settings."""
    quiz_id = new_id("live")
    live = {**_QUICK, "expected_players": 10, **settings}
    body = {"quiz_id": quiz_id, "title": "Three questions", "question_ids": QUESTIONS, "live": live}
    reply = stack.api("instructor").call("POST", "/quizzes", body)
    assert reply.status == 201, reply.body
    return quiz_id


def new_game(stack: Stack, **settings: Any) -> dict[str, Any]:
    """A game of a new quiz, in its lobby."""
    return hosted(stack, new_quiz(stack, **settings), "open")


def hosted(stack: Stack, name: str, action: str) -> dict[str, Any]:
    """The game, as the answer to a host's wish tells of it."""
    reply = stack.api("instructor").call("POST", f"/live/{name}", {"action": action})
    assert reply.status == 202, reply.body
    game: dict[str, Any] = reply.body
    return game


def new_people(stack: Stack, number: int, *, instructors: bool = False) -> list[Person]:
    """People whom nobody has seen before."""
    name = new_id("player")
    return sign_up(stack.known, [f"{name}-{n:03}@example.com" for n in range(number)], instructors=instructors)


def instructor(stack: Stack) -> Person:
    """The demo instructor."""
    token = stack.api("instructor").token or ""
    return Person("instructor", user_id(token), token)


def tab(stack: Stack, person: Person, game: str, name: str | None = None) -> LiveClient:
    """A tab of somebody; without a name, of a host."""
    return LiveClient(stack.known["websocket_url"], lambda: person.token, game, name, timing=_PATIENT)


@asynccontextmanager
async def tabs(clients: Sequence[LiveClient]) -> AsyncIterator[Sequence[LiveClient]]:
    """Many tabs, all of them joined."""
    gate = asyncio.Semaphore(_AT_ONCE)

    async def enter(client: LiveClient) -> None:
        async with gate:
            await client.__aenter__()

    try:
        await asyncio.gather(*map(enter, clients))
        yield clients
    finally:
        await asyncio.gather(*(client.__aexit__() for client in clients))


async def until_true(look: Callable[[], bool], within: float = 30) -> None:
    """Look again and again, and let the others work meanwhile."""
    async with asyncio.timeout(within):
        while not look():
            await asyncio.sleep(0.05)


async def in_thread(call: Callable[[], Any]) -> Any:
    """A call over HTTP, which must not stop the sockets."""
    return await asyncio.get_running_loop().run_in_executor(None, call)
