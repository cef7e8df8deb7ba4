"""People with connections, and the clock that moves their game: everything through the real handlers."""

import json
from decimal import Decimal
from itertools import count
from typing import Any

from msgspec import structs

from adapters.live.games import Games
from adapters.live.turns import Turns
from handlers.api import socket
from quiz.keys import Matching, SingleChoice, TextAnswer, TrueFalse
from quiz.keys import ShortText as Short
from quiz.live.clock import Action, Trigger, advance
from quiz.live.games import Game
from quiz.live.settings import LiveSettings
from quiz.questions import Definition, Option, Question, Quiz
from tests.unit.builders import context

SECRET = "xylophone"
HINT = "an instrument of wood"

_messages = count()


def questions() -> tuple[Question, ...]:
    return (
        Question(question_id="q1", text="Say it.", key=Short((TextAnswer(SECRET),)), explanation=HINT),
        Question(
            question_id="q2",
            text="Choose.",
            key=SingleChoice("b", feedback={"a": HINT}),
            options=tuple(Option(one, one.upper()) for one in "abc"),
            media_key=f"media/{'0' * 32}.png",
        ),
        Question(
            question_id="q3",
            text="Match.",
            key=Matching({"x": "1", "y": "2"}, distractors=("3", "4", "5")),
            options=(Option("x", "X"), Option("y", "Y")),
        ),
        Question(question_id="q4", text="True?", key=TrueFalse(correct=True), points=Decimal(2)),
    )


def live_quiz(**settings: Any) -> Definition:
    asked = questions()
    quiz = Quiz("quiz", tuple(one.question_id for one in asked), "Music", LiveSettings(**settings))
    return Definition(quiz, asked)


def frame(
    body: Any, user_id: str | None, groups: str = "", connection: str = "c1", message: str | None = None
) -> dict[str, Any]:
    """A message as API Gateway hands it over, by whoever the authorizer let in."""
    identity = {"principalId": user_id, "user_id": user_id, "groups": groups, "expires_at": "1800000000"}
    return {
        "requestContext": {
            "routeKey": "$default",
            "messageId": message or f"message-{next(_messages)}",
            "eventType": "MESSAGE",
            "stage": "live",
            "connectionId": connection,
            "requestId": "BFaVtH2HoAMFZEQ=",
            "apiId": "api",
            **({} if user_id is None else {"authorizer": identity}),
        },
        "body": body if isinstance(body, str) else json.dumps(body),
        "isBase64Encoded": False,
    }


def send(event: dict[str, Any]) -> dict[str, Any]:
    """The answer of the function, as the client gets it."""
    answer = socket.handler(event, context())
    assert answer.keys() == {"statusCode", "body"}
    assert answer["statusCode"] == 200
    told: dict[str, Any] = json.loads(answer["body"])
    return told


class Person:
    """Somebody with one connection."""

    def __init__(self, user_id: str, groups: str = "", connection: str = "") -> None:
        self.user_id = user_id
        self.groups = groups
        self.connection = connection or f"connection-of-{user_id}"

    def say(self, action: str, **fields: Any) -> dict[str, Any]:
        message = {"action": action, "quiz_id": "quiz", **fields}
        return send(frame(message, self.user_id, self.groups, self.connection))

    def join(self, name: str | None = None, **fields: Any) -> dict[str, Any]:
        info = {} if name is None else {"user_info": {"name": name}}
        return self.say("join_quiz", **info, **fields)

    def answer(self, question_id: str, answer: Any, **fields: Any) -> dict[str, Any]:
        return self.say("answer", question_id=question_id, answer=answer, **fields)


class Clock:
    """Time, and what the clock function does with it."""

    def __init__(self, client: Any) -> None:
        self.ms = 1_790_000_000_000
        self._games = Games(client, "games", lambda: self.ms)
        self._turns = Turns(client, "games", lambda: self.ms)

    def time_ns(self) -> int:
        return self.ms * 1_000_000

    def game(self, name: str = "quiz") -> Game:
        return self._games.fresh(name)

    def move(self, action: Action, name: str = "quiz") -> Game:
        """Carry out a wish. Environments may not have noticed, and so a second passes."""
        before = self.game(name)
        after = advance(before, Trigger(before.game_id, action), self.ms)
        assert after is not None
        assert self._turns.advance(before, after)
        self.ms += 1000
        return after

    def start(self) -> Game:
        return self.move(Action.START)

    def close(self) -> Game:
        """Let the time of the open question run out."""
        self.ms = max(self.ms, self.game().accepts_until)
        return self.move(Action.TICK)

    def next(self) -> Game:
        """The question after the one that is closed."""
        return self.move(Action.NEXT)

    def end(self, name: str = "quiz") -> Game:
        return self.move(Action.END, name)


def replaced(definition: Definition, **settings: Any) -> Definition:
    """The quiz played by other settings."""
    live = structs.replace(definition.quiz.live, **settings)
    return structs.replace(definition, quiz=structs.replace(definition.quiz, live=live))
