"""A live quiz on the local stack: fifty players over WebSockets, and a leaderboard that moves while they answer."""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack, suppress
from itertools import cycle, islice
from typing import Any, NamedTuple

from rich.console import Console

from quiz.live.messages import ServerMessage
from quiz.live.standings import Row
from quiz.live.wishes import NextQuestion, ShowLeaderboard, StartQuiz
from quiz.questions import Question
from tools.api_client import ApiClient
from tools.demo.live_check import Check, check
from tools.demo.live_screen import Screen
from tools.live.client import LiveClient
from tools.live.connection import Lost, Refused
from tools.live.people import Person, sign_up
from tools.live.player import SimulatedPlayer, knows
from tools.live.truth import Points

PLAYERS = 50

_QUIZ = "live-demo"
_ROWS = 10
# A player thinks this long; the host looks at the leaderboard this often, and at an answer this long.
_DELAYS = (0.3, 3.0)
_SECONDS_BETWEEN_LOOKS = 0.3
_REVEAL_SECONDS = 1.5
_JOINING_AT_ONCE = 16
# There are fewer names than players: who wants one that is taken gets a number behind it.
_NAMES = (
    "Ada Ben Chiara Dragan Eve Farah Gustavo Hana Ilse Jamal Kofi Léa Mateo Nour Olga Priya Quentin Rosa Søren Tomoko "
    "Uma Viktor Wanjiru Xiadani Yusuf Zoë Amir Bao Clara Dmitri Elif Femi Grace Hugo Inés Jonas Kavya Liam Mei Nils"
)


class LiveFailed(Exception):
    """The API refused something that a host may do."""


class Ended(NamedTuple):
    """A game after its end: the points of all accepted answers by player, and the best as they were announced."""

    game_id: str
    accepted: Points
    rows: tuple[Row, ...]


def play(known: dict[str, Any], bank: Mapping[str, Question], run: str, console: Console) -> Check:
    """Everybody signs up, joins by the code and plays; then all points are compared."""
    host = ApiClient(known).sign_in(**known["users"]["instructor"])
    people = sign_up(known, [f"live-{run}-{number:02}@example.com" for number in range(PLAYERS)])
    opened = host.call("POST", f"/live/{_QUIZ}", {"action": "open"})
    if opened.status >= 300:
        raise LiveFailed(f"POST /live/{_QUIZ} answered {opened.status}: {opened.body}")
    code = opened.body["join_code"]
    console.print(f"\nA live quiz: {PLAYERS} players join with the code [bold]{code}[/]")
    with Screen(console) as screen:
        ended = asyncio.run(Game(known["websocket_url"], bank, screen).play(people, host.token or "", code))
    screen.finish(ended.rows, len(people))
    return check(known, host, ended.game_id, ended.accepted)


class Game:
    """One game from joining to its end."""

    def __init__(self, url: str, bank: Mapping[str, Question], screen: Screen) -> None:
        self._url, self._bank, self._screen = url, bank, screen
        self.delays, self.reveal_seconds = _DELAYS, _REVEAL_SECONDS
        self._players: list[SimulatedPlayer] = []

    async def play(self, people: list[Person], host_token: str, code: str) -> Ended:
        """Everybody joins, answers and stays to the end."""
        async with AsyncExitStack() as tabs:
            host = await tabs.enter_async_context(LiveClient(self._url, lambda: host_token, code))
            host.listen(self._look)
            await self._join(tabs, people, code)
            await host.insist(StartQuiz(quiz_id=host.view.game_id, version=host.view.version))
            for index in range(host.view.total):
                await host.until(lambda view, asked=index: (view.index, view.phase) == (asked, "open"))  # type: ignore[misc]
                await self._ask(host)
                await host.insist(NextQuestion(quiz_id=host.view.game_id, version=host.view.version))
            for client in [host, *(player.client for player in self._players)]:
                await client.until(lambda view: view.phase == "ended")
            await asyncio.gather(*(player.settle() for player in self._players))
        accepted = {player.participant_id: player.total for player in self._players}
        return Ended(host.view.game_id, accepted, host.view.leaderboard)

    async def _join(self, tabs: AsyncExitStack, people: list[Person], code: str) -> None:
        gate = asyncio.Semaphore(_JOINING_AT_ONCE)

        async def join(number: int, person: Person, name: str) -> SimulatedPlayer:
            async with gate:
                client = await tabs.enter_async_context(LiveClient(self._url, lambda: person.token, code, name))
            talent = 0.25 + 0.75 * number / len(people)
            player = SimulatedPlayer(client, knows(self._bank, talent, name), self.delays, person.username)
            tabs.push_async_callback(player.stop)
            return player

        names = islice(cycle(_NAMES.split()), len(people))
        self._players = await asyncio.gather(
            *(join(n, *each) for n, each in enumerate(zip(people, names, strict=True)))
        )

    async def _ask(self, host: LiveClient) -> None:
        """Show the open question and the leaderboard, and close it early once everybody has answered."""
        asked = host.view
        question = asked.question.id if asked.question else ""
        self._screen.open(asked, {player.participant_id: player.client.view.score for player in self._players})
        hurried = False
        while host.view.phase == "open":
            answered = sum(question in player.earned for player in self._players)
            with suppress(Lost, Refused):
                shown = await host.ask(ShowLeaderboard(quiz_id=asked.game_id, top=_ROWS))
                self._screen.move(shown.rows, answered, host.clock.until(host.view.closes_at or asked.closes_at or ""))
            if answered == len(self._players) and not hurried:
                hurried = True
                await host.insist(NextQuestion(quiz_id=asked.game_id, version=asked.version))
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
        await asyncio.sleep(self.reveal_seconds if self._screen.is_watched else 0)

    def _look(self, message: ServerMessage, is_news: bool) -> None:
        if is_news:
            self._screen.told(message)
