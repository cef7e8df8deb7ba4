"""One player: a person with a device or two, a connection that drops, and an impatient finger."""

import json
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Any

from tests.proofs.live.truth import Attempt
from tests.proofs.live.wire import Connection, Told

if TYPE_CHECKING:
    from tests.proofs.live.world import World

# What may go well another time.
PASSING = ("unavailable", "internal_error")

_AGAIN_MS = 300
_MOST_TRIES = 40


@dataclass(frozen=True)
class Habits:
    """How often, for each question, a player does what."""

    silent: float = 0.04
    late: float = 0.05
    at_the_last_moment: float = 0.04
    twice: float = 0.15
    two_answers: float = 0.05
    drops: float = 0.06
    away: float = 0.03


def moment(wire_time: str) -> int:
    """A time of the protocol in milliseconds."""
    return round(datetime.fromisoformat(wire_time).timestamp() * 1000)


class Player:
    """Joins, answers what it is asked, and comes back. Everything it does is an event of the world."""

    def __init__(self, world: "World", game_id: str, user_id: str, habits: Habits, luck: str) -> None:
        self.world = world
        self.game_id = game_id
        self.user_id = user_id
        self.chance = Random(f"{luck} {user_id}")
        self.habits = habits
        self.connections: list[Connection] = []
        self.attempts: list[Attempt] = []
        self.asked: set[str] = set()
        self.has_joined = False
        self.refused: str | None = None
        self._requests = count()

    def join(self, tries: int = 0) -> None:
        """Connect and come in, or back in."""
        connection = self.world.connect(self.user_id, self.hear)
        answer = self.say(connection, "join_quiz", quiz_id=self.game_id, user_info={"name": self.user_id[:9]})
        if answer["type"] == "quiz_joined":
            connection.since[self.game_id] = answer["version"]
            self.has_joined |= "participant_id" in answer
            self.connections.append(connection)
            self._see(answer)
        elif answer["error"] in PASSING and tries < _MOST_TRIES:
            self.world.hang_up(connection, politely=True)
            self.world.at(self.world.time.now + _AGAIN_MS, lambda: self.join(tries + 1))
        else:
            self.refused = answer["error"]

    def drop(self, away_ms: int) -> None:
        """Lose every connection, with or without a word, and come back."""
        lost, self.connections = self.connections, []
        for connection in lost:
            self.world.hang_up(connection, politely=self.chance.random() < 0.5)
        self.world.at(self.world.time.now + away_ms, self.join)

    def hear(self, connection: Connection, told: Told) -> None:
        """A message was posted."""
        if told["game_id"] == self.game_id and told["type"] == "new_question":
            self._see(told)

    def _see(self, told: Told) -> None:
        question = told.get("question")
        if question is None or question["id"] in self.asked or told.get("answered"):
            return
        self.asked.add(question["id"])
        self._plan(question["id"], moment(told["opens_at"]), moment(told["closes_at"]))

    def _plan(self, question_id: str, opens_at: int, closes_at: int) -> None:
        """Decide what to do about a question."""
        chance, habits = self.chance, self.habits
        answer = chance.choices("abc", (6, 2, 2))[0]
        if chance.random() < habits.silent:
            return
        at = self._when(max(opens_at - 100, self.world.time.now), max(closes_at, self.world.time.now), closes_at)
        self._later(at, question_id, answer)
        if chance.random() < habits.twice:
            for _ in range(chance.randint(1, 2)):
                self._later(at + chance.choice([0, 0, 10, 900, 15_000, 60_000]), question_id, answer)
        if chance.random() < habits.two_answers:
            self._later(at, question_id, chance.choice("abcd"))
        self._leave(at)

    def _when(self, first: int, last: int, closes_at: int) -> int:
        chance, habits = self.chance, self.habits
        too_late = closes_at + self.world.grace_ms + 1
        if chance.random() < habits.late:
            return too_late + chance.randint(0, 3_000)
        if chance.random() < habits.at_the_last_moment:
            return too_late - chance.randint(0, 5)
        return chance.randint(first, last)

    def _leave(self, at: int) -> None:
        chance, habits = self.chance, self.habits
        if chance.random() < habits.drops:
            self.world.at(at + chance.randint(-500, 50), lambda: self.drop(chance.randint(10, 3_000)))
        if chance.random() < habits.away:
            self.world.at(at + 1, lambda: self.drop(chance.randint(5_000, 60_000)))

    def _later(self, at: int, question_id: str, answer: str) -> None:
        self.world.at(at, lambda: self.answer(question_id, answer))

    def answer(self, question_id: str, answer: str, tries: int = 0) -> None:
        """Send it over any connection that there is; where it failed for now, send it again."""
        at = self.world.time.now
        told = self._give({"quiz_id": self.game_id, "question_id": question_id, "answer": answer})
        error = told.get("error")
        self.attempts.append(Attempt(self.user_id, question_id, answer, at, error, told.get("score_earned")))
        if error in PASSING and tries < _MOST_TRIES:
            self.world.at(at + _AGAIN_MS, lambda: self.answer(question_id, answer, tries + 1))

    def _give(self, answer: dict[str, str]) -> Told:
        """What comes back. Without a connection there is still the other API."""
        connection = next(iter(self.connections), None)
        if connection is not None:
            return self.say(connection, "answer", **answer)
        told: Told = self.world.request("POST /answer", self.user_id, answer)[1]
        return told

    def say(self, connection: Connection, action: str, **fields: Any) -> Told:
        """Send a message and give back the answer, which carries the message's id."""
        request_id = f"r{next(self._requests)}"
        text = json.dumps({"action": action, "request_id": request_id, **fields})
        told = self.world.send(connection, action, text)
        assert told["request_id"] == request_id
        return told
