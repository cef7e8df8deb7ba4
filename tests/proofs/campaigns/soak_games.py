"""Live games of the soak, one after the other: players over WebSockets, and their points by every place afterwards."""

import asyncio
import random
import time
from typing import Any

from quiz.live.wishes import NextQuestion, StartQuiz
from tests.proofs.campaigns.soak_book import Book, TimedApi, TimedPlayer
from tests.proofs.campaigns.soak_people import Newest
from tests.stack.live import QUESTIONS, hosted, instructor, new_people, new_quiz, run, tabs, until_true
from tests.stack.support import Stack
from tools.demo.live_check import check
from tools.live.client import LiveClient
from tools.live.people import Person
from tools.live.player import SimulatedPlayer, knows
from tools.live.timing import Timing
from tools.stack import bank

_DELAYS = (0.3, 2.5)
_SECONDS_A_GAME = 180


class Evening:
    """Plays games until the end; the last one is played to its end."""

    def __init__(self, stack: Stack, book: Book, newest: Newest, players: int) -> None:
        self._stack, self._book, self._newest, self._players = stack, book, newest, players
        self.games: list[str] = []

    def play(self, until: float, seed: str) -> None:
        """One game after the other."""
        quiz_id = new_quiz(self._stack)
        chance = random.Random(seed)
        while time.monotonic() < until:
            game_id = hosted(self._stack, quiz_id, "open")["game_id"]
            self._newest.game_id = game_id
            self.games.append(game_id)
            people = new_people(self._stack, self._players)
            accepted = run(self._game(game_id, people, chance), within=_SECONDS_A_GAME)
            points = check(
                self._stack.known, TimedApi(self._stack.known, self._book).sign_in(**self._host), game_id, accepted
            )
            self._book.expect(not points.differing, f"{game_id}: {points.line}")

    @property
    def _host(self) -> dict[str, str]:
        user: dict[str, str] = self._stack.known["users"]["instructor"]
        return user

    async def _game(self, game_id: str, people: list[Person], chance: random.Random) -> dict[str, int]:
        questions = bank.read().by_id()
        host, *clients = [
            self._tab(person, game_id, name)
            for person, name in [
                (instructor(self._stack), None),
                *((one, f"Player {n}") for n, one in enumerate(people)),
            ]
        ]
        async with tabs([host, *clients]):
            players = [
                SimulatedPlayer(client, knows(questions, chance.random(), client_name), _DELAYS, client_name)
                for client, client_name in zip(clients, (person.username for person in people), strict=True)
            ]
            await host.insist(StartQuiz(quiz_id=game_id, version=host.view.version))
            for index in range(len(QUESTIONS)):
                await _ask(host, players, index)
            for client in clients:
                await client.until(lambda view: view.phase == "ended")
            await asyncio.gather(*(player.settle() for player in players))
        for player in players:
            complete = player.client.times_joined == 1 and set(player.earned) == set(QUESTIONS)
            self._book.expect(complete, f"{game_id}: a player joined or answered otherwise: {player.refused}")
        return {player.participant_id: player.total for player in players}

    def _tab(self, person: Person, game_id: str, name: str | None) -> TimedPlayer:
        patient: Any = Timing(reply_within=30, connect_within=30)
        client = TimedPlayer(self._stack.known["websocket_url"], lambda: person.token, game_id, name, timing=patient)
        client.book = self._book
        return client


async def _ask(host: LiveClient, players: list[SimulatedPlayer], index: int) -> None:
    """Wait until everybody has answered, and go on."""
    view = await host.until(lambda view: (view.index, view.phase) == (index, "open"))
    question = view.question.id if view.question else ""
    await until_true(lambda: all(question in {**player.earned, **player.refused} for player in players))
    await host.insist(NextQuestion(quiz_id=view.game_id, version=host.view.version))
    await host.until(lambda view: (view.index, view.phase) == (index, "closed"))
    await host.insist(NextQuestion(quiz_id=view.game_id, version=host.view.version))
