"""What a warm answer to a live question costs: AWS calls and CPU time, through the socket function."""

import contextlib
import io
import json
import os
import statistics
import time
from collections import Counter
from typing import Any, NamedTuple
from unittest.mock import patch

import msgspec
from botocore.client import BaseClient

from adapters import clients, dynamo
from adapters.items import to_item
from adapters.live.rows import game_item
from adapters.live.times import now_ms
from handlers.api import socket
from handlers.api.live import environment
from quiz.keys import SingleChoice
from quiz.live.games import Game, Phase, new_game
from quiz.questions import Definition, Option, Question, Quiz
from tools.bench.cold_start import VARIABLES

_ANSWERS = 500
_QUESTION = Question("q", "Which?", SingleChoice("a"), options=(Option("a", "this"), Option("b", "that")))


class Measured(NamedTuple):
    """The calls of one answer, and the median milliseconds of CPU."""

    calls: Counter[str]
    cpu_ms: float


class _Context:
    aws_request_id = "bench"

    def get_remaining_time_in_millis(self) -> int:
        return 10_000


def measure() -> Measured:
    """Answers of many players to one question."""
    calls: Counter[str] = Counter()
    game = _open_game()

    def answer(_: BaseClient, operation: str, asked: dict[str, Any]) -> dict[str, Any]:
        calls[operation] += 1
        if operation == "UpdateItem":
            return {"Attributes": to_item({"score": 1000})}
        if "#question#" in asked["Key"]["game_id"]["S"]:
            return {"Item": to_item({"question": msgspec.json.encode(_QUESTION).decode()})}
        return {"Item": game_item(game)}

    tables = {f"{name}_TABLE": "none" for name in ("CONNECTIONS", "GAMES", "PARTICIPANTS")}
    variables = {**VARIABLES, **tables}
    with patch.dict(os.environ, variables), patch.object(BaseClient, "_make_api_call", answer):
        _forget()
        try:
            return _run(game, calls)
        finally:
            _forget()


def _run(game: Game, calls: Counter[str]) -> Measured:
    spent, fewest = [], Counter[str]()
    with contextlib.redirect_stdout(io.StringIO()):
        for number in range(_ANSWERS):
            calls.clear()
            begun = time.process_time()
            response = socket.handler(_event(game, f"player-{number}"), _Context())
            spent.append(time.process_time() - begun)
            if json.loads(response["body"])["type"] != "answer_accepted":
                raise AssertionError(response)
            fewest = min(calls.copy(), fewest or calls.copy(), key=Counter.total)
    return Measured(fewest, statistics.median(spent) * 1000)


def _open_game() -> Game:
    now = now_ms()
    lobby = new_game(Definition(Quiz("quiz", ("q",)), (_QUESTION,)), "host", f"game-{'0' * 20}", "123456", now)
    return msgspec.structs.replace(lobby, phase=Phase.OPEN, index=0, opened_at=now, closes_at=now + 600_000)


def _event(game: Game, player: str) -> dict[str, Any]:
    said = {"action": "answer", "quiz_id": game.game_id, "question_id": "q", "answer": "a"}
    place = {
        "routeKey": "answer",
        "eventType": "MESSAGE",
        "connectionId": "bench",
        "messageId": player,
        "authorizer": {"user_id": player, "groups": ""},
    }
    return {"requestContext": place, "body": json.dumps(said), "isBase64Encoded": False}


def _forget() -> None:
    cached: tuple[Any, ...] = (socket.bootstrap, environment.bootstrap, dynamo.client, clients.create)
    for each in cached:
        each.cache_clear()
