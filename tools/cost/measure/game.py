"""What is measured of live quizzes: one game of twenty questions, from its opening to its end, in a time of its own."""

import json
from collections import deque
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from adapters.live import times
from adapters.live.posting import Answer, Outcome, Posting
from handlers.api import socket
from handlers.scheduler import broadcast, clock
from tools.cost import units
from tools.cost.measure import bank
from tools.cost.measure.asking import message, queued
from tools.cost.measure.place import Place
from tools.cost.measure.recorder import Counted

_WORK = ("first", "connect", "join", "live_answer", "disconnect", "clock", "broadcast")
_BEGINNING = 1_790_000_000_000


class Game:
    """Its players all answer everything, and are right; the clock and the broadcasts follow at once."""

    def __init__(self, place: Place, players: int) -> None:
        self.place = place
        self.now = _BEGINNING
        self.players = [f"{number:08x}-89ab-4def-8123-456789abcdef" for number in range(players)]
        self.work = {name: Counted() for name in _WORK}
        self.posts: list[int] = []
        self.jobs = self.turns = 0
        self.began = self.ended = self.connection_row = 0
        self._triggers: deque[tuple[int, str]] = deque()
        self._waiting: deque[str] = deque()

    def play(self) -> "Game":
        """From the control event on to the last goodbye."""
        with (
            patch.object(times, "time", SimpleNamespace(time_ns=lambda: self.now * 1_000_000)),
            patch.object(clock, "time", SimpleNamespace(sleep=self._sleep)),
            patch.object(Posting, "post", self._post),
            patch("adapters.live.posting.credentials", return_value=None),
        ):
            self._play()
        return self

    def _play(self) -> None:
        detail = {"quiz_id": bank.LIVE_QUIZ, "action": "start"}
        event = {"id": "measured", "source": "quiz.platform", "detail-type": "Quiz Control", "detail": detail}
        self._invoke(clock.handler, event, "clock")
        self.began = self.now
        for number, player in enumerate(self.players):
            self._send("$connect", player, "connect")
            said = {"action": "join_quiz", "quiz_id": bank.LIVE_QUIZ, "user_info": {"name": f"Player {number}"}}
            self._send("join_quiz", player, "join", said)
        while self._triggers:
            self._turn()
        self.ended = self.now
        [first, *_] = self.place.database().scan(TableName="connections")["Items"]
        self.connection_row = units.item_bytes(first)
        for player in self.players:
            self._send("$disconnect", player, "disconnect")

    def _turn(self) -> None:
        """The next timer, and all that it makes known."""
        due, trigger = self._triggers.popleft()
        self.now = max(self.now, due)
        self.turns += 1
        self._invoke(clock.handler, {"Records": [queued(trigger, self.turns)]}, "clock")
        while self._waiting:
            self._told(self._waiting.popleft())

    def _told(self, job: str) -> None:
        self.jobs += 1
        self._invoke(broadcast.handler, {"Records": [queued(job, self.jobs)]}, "broadcast")
        told = json.loads(job)
        if told["message"]["type"] == "new_question":
            self.now += 1_000
            for player in self.players:
                self._answer(player, told["message"])

    def _answer(self, player: str, told: dict[str, Any]) -> None:
        said = {"action": "answer", "quiz_id": told["game_id"], "question_id": told["question"]["id"], "answer": "a"}
        self._send("answer", player, "live_answer", said)

    def _send(self, route: str, player: str, work: str, said: Any = None) -> None:
        # The first of them has the game read, which is then known for a second: of thousands one is as good as none.
        work = work if player != self.players[0] else "first"
        answer = self._invoke(socket.handler, message(route, f"L0SM9cOF{player[:8]}=", player, said), work)
        if '"error"' in answer.get("body", ""):
            raise AssertionError(answer)

    def _invoke(self, handler: Any, event: dict[str, Any], work: str) -> Any:
        before = len(self.place.recorder.sent)
        answer = self.place.invoke(handler, event, self.work[work])
        for operation, given in self.place.recorder.sent[before:]:
            if operation == "SendMessage":
                self._sent(given)
        return answer

    def _sent(self, given: dict[str, Any]) -> None:
        if given["QueueUrl"].endswith("/jobs"):
            self._waiting.append(given["MessageBody"])
        else:
            self._triggers.append((self.now + given["DelaySeconds"] * 1000, given["MessageBody"]))

    def _sleep(self, seconds: float) -> None:
        self.now += round(seconds * 1000)

    def _post(self, _: str, data: bytes) -> Answer:
        self.posts.append(len(data))
        return Answer(Outcome.DONE, 200)
