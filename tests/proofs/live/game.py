"""One game of a world: its host, who has a plan, and its players."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from adapters import clients
from quiz.live.settings import LiveSettings
from tests.proofs.live.events import HOST
from tests.proofs.live.place import Place
from tests.proofs.live.player import PASSING, Habits, Player, moment
from tests.proofs.live.truth import Window
from tests.proofs.live.wire import Connection, Told
from tests.proofs.live.world import World
from tests.proofs.violation import Violation

_requests = count()
_MOST_TRIES = 40

Act = Callable[["Game"], object]
Plan = dict[int, list[tuple[int, Act]]]


@dataclass
class Game:
    """`plan` says what the host does so many milliseconds after the announcement of a question, by its index.

    With manual pacing the host asks for the next question a moment after each.
    """

    world: World
    place: Place
    quiz_id: str
    questions: int
    settings: LiveSettings
    plan: Plan = field(default_factory=dict)
    players: list[Player] = field(default_factory=list)
    kicked: set[str] = field(default_factory=set)
    game_id: str = ""
    luck: str = ""
    told: list[Told] = field(default_factory=list)
    host: Connection | None = None

    def open(self) -> None:
        """Publish the quiz, open a game of it, and let its host in."""
        self.luck = self.luck or f"{self.world.seed} {self.quiz_id}"
        self.place.publish(self.quiz_id, self.questions, self.settings)
        status, opened = self.world.request(
            "POST /live/{quiz_id}", HOST, {"action": "open"}, pathParameters={"quiz_id": self.quiz_id}
        )
        assert status == 202, opened
        self.game_id = opened["game_id"]
        self.host = self.world.connect(HOST, self._hear)
        told = self.say("join_quiz")
        self.host.since[self.game_id] = told["version"]

    def admit(self, names: Iterable[str], habits: Habits, within_ms: int, tabs: float = 0.05) -> None:
        """Players come in, one after the other or at once, some of them twice."""
        luck = f"{self.luck} {within_ms}"
        chance = Random(luck)
        for name in names:
            player = Player(self.world, self.game_id, name, habits, luck)
            self.players.append(player)
            at = self.world.time.now + chance.randint(0, within_ms)
            self.world.at(at, player.join)
            if chance.random() < tabs:
                self.world.at(at + chance.choice([0, 0, 5_000]), player.join)

    def say(self, action: str, **fields: object) -> Told:
        """The host says something; whether it is heard twice is up to the queue."""
        return self.say_as(f"{HOST}-{next(_requests)}", action, **fields)

    def say_as(self, delivery: str, action: str, **fields: object) -> Told:
        """The same, by the same delivery if it is said again."""
        assert self.host is not None
        text = _text(action, self.game_id, fields)
        for _ in range(_MOST_TRIES):
            told = self.world.send(self.host, action, text, delivery)
            if told.get("error") not in PASSING:
                break
        # Only that the game has moved on meanwhile, or is over, may come between.
        assert told.get("error") in (None, "conflict"), told
        return told

    def start(self) -> None:
        self.say("start_quiz")

    def next(self, version: int | None = None) -> None:
        if version is None or version == max(told["version"] for told in self.told if "version" in told):
            self.say("next_question", version=version)

    def kick(self, player: Player) -> None:
        self.kicked.add(player.user_id)
        self.say("kick", participant_id=player.user_id)

    def windows(self) -> list[Window]:
        """When each question was open, as the host was told."""
        found: dict[int, Window] = {}
        for told in sorted((told for told in self.told if "version" in told), key=lambda told: told["version"]):
            if told["type"] == "new_question":
                opened, closes = moment(told["opens_at"]), moment(told["closes_at"])
                found[told["index"]] = Window(told["index"], told["question"]["id"], opened, closes)
            elif told["type"] == "question_closing":
                before = found[told["index"]]
                closes = moment(told["closes_at"])
                found[told["index"]] = Window(before.index, before.question_id, before.opened_at, closes)
        return [found[index] for index in sorted(found)]

    def closing_moment(self, question_id: str) -> int:
        """The very last millisecond of a question, in which the clock may have been faster."""
        [window] = [window for window in self.windows() if window.question_id == question_id]
        return window.closes_at + self.settings.grace_ms

    def closings(self) -> set[int]:
        """The versions in which a question was closed early."""
        return {told["version"] for told in self.told if told["type"] == "question_closing"}

    def shards(self) -> int:
        """Into how many parts its players are divided."""
        return int(self._stored()["shards"]["N"])

    def final_version(self) -> int:
        """The version in which the game is over."""
        stored = self._stored()
        if stored["phase"] != {"S": "ended"} or stored["announced"] != stored["version"]:
            raise Violation(f"{self.quiz_id} never ended, or nobody was told: it is {stored['phase']}")
        return int(stored["version"]["N"])

    def _stored(self) -> Any:
        key = {"game_id": {"S": self.game_id}}
        return clients.make("dynamodb").get_item(TableName=f"{self.place.prefix}games", Key=key)["Item"]

    def _hear(self, connection: Connection, told: Told) -> None:
        again = told["version"] in {one["version"] for one in self.told}
        self.told.append(told)
        if again:
            return
        if told["type"] == "new_question":
            for after_ms, act in self.plan.get(told["index"], ()):
                self.later(after_ms, act)
        elif told["type"] == "question_closed" and self.settings.pacing == "manual":
            self.later(1_500, lambda game: game.next(told["version"]))

    def later(self, after_ms: int, act: Act) -> None:
        self.world.at(self.world.time.now + after_ms, lambda: act(self))


def _text(action: str, game_id: str, fields: dict[str, object]) -> str:
    return json.dumps({"action": action, "quiz_id": game_id, **fields})
