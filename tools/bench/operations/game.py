"""A game that is played as far as somebody wants it: its players join, and its clock moves it on."""

import json
from collections import deque
from typing import Any

from handlers.scheduler import clock
from tools.bench.operations.world import CONTEXT, World
from tools.cost.measure import bank
from tools.cost.measure.asking import message, queued

_SENT = "sqs.SendMessage"


class Game:
    """The triggers that its clock has set itself and the jobs that it has given out are what the queues were sent."""

    def __init__(self, world: World, event_id: str) -> None:
        self._world = world
        self._triggers: deque[dict[str, Any]] = deque()
        self._jobs: deque[str] = deque()
        self._heard = len(world.network.sent)
        self._event_id = event_id

    def begin(self) -> None:
        """Open it by a control event; it waits in its lobby."""
        self._invoke(control("start", self._event_id))

    def turn(self) -> dict[str, Any]:
        """The event of the next turn of the clock, at the time that it is due."""
        self._listen()
        trigger = self._triggers.popleft()
        self._world.sleep(trigger["DelaySeconds"])
        return _batch(trigger["MessageBody"])

    def until(self, kind: str) -> dict[str, Any]:
        """The turn after which everybody is told this; what comes before it is done."""
        while True:
            event = self.turn()
            before = self._world.now_ms
            if self._leads_to() == kind:
                return event
            self._world.now_ms = before
            self._invoke(event)

    def job(self, kind: str) -> dict[str, Any]:
        """The event of the latest broadcast of this kind."""
        self._listen()
        found = [job for job in self._jobs if json.loads(job)["message"]["type"] == kind]
        return _batch(found[-1])

    def told(self) -> dict[str, Any]:
        """The question that is open, as players have heard of it."""
        found: dict[str, Any] = json.loads(self.job("new_question")["Records"][0]["body"])["message"]
        return found

    def joining(self, number: int) -> dict[str, Any]:
        """The message of one of its players."""
        said = {"action": "join_quiz", "quiz_id": bank.LIVE_QUIZ, "user_info": {"name": f"Player {number}"}}
        return message("join_quiz", connection(number), player(number), said)

    def _leads_to(self) -> str:
        """Questions are opened and closed in turns, and after the last one the game ends."""
        last = json.loads(self._jobs[-1])["message"] if self._jobs else {"type": ""}
        if last["type"] == "new_question":
            return "question_closed"
        return "quiz_ended" if last.get("index") == bank.ASKED - 1 else "new_question"

    def _invoke(self, event: dict[str, Any]) -> None:
        with self._world.network.unnoticed():
            answer = clock.handler(event, CONTEXT)
        if answer not in (None, {"batchItemFailures": []}):
            raise AssertionError(answer)

    def _listen(self) -> None:
        for body in self._world.sent(_SENT, self._heard):
            sent = json.loads(body)
            if sent["QueueUrl"].endswith("/jobs"):
                self._jobs.append(sent["MessageBody"])
            elif json.loads(sent["MessageBody"])["action"] == "tick":
                self._triggers.append(sent)
        self._heard = len(self._world.network.sent)


def control(action: str, event_id: str) -> dict[str, Any]:
    """An event as the bus delivers it."""
    detail = {"quiz_id": bank.LIVE_QUIZ, "action": action}
    return {"id": event_id, "source": "quiz.platform", "detail-type": "Quiz Control", "detail": detail}


def player(number: int) -> str:
    """A player's id, as Cognito makes them."""
    return f"{number:08x}-89ab-4def-8123-456789abcdef"


def connection(number: int) -> str:
    """The id of a player's connection."""
    return f"L0SM9cOF{number:08x}="


def _batch(body: str) -> dict[str, Any]:
    return {"Records": [queued(body, 1)]}
