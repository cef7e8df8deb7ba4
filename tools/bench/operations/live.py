"""A live quiz of a hundred players, from the event that opens it to its end."""

import os
import time
from collections.abc import Iterator
from functools import partial
from typing import Any
from unittest.mock import patch

from handlers.api import http, socket
from handlers.cache import leaderboard, projector
from handlers.scheduler import broadcast, clock
from tools.bench.operations.asked import Operation, answered, done, in_turn, returned
from tools.bench.operations.game import Game, connection, control, player
from tools.bench.operations.world import CONTEXT, PLAYERS, World, closed_port
from tools.cost.measure.asking import message, request
from tools.cost.measure.furniture import stored, stream_record

# Two more come and go, so that a hundred are left.
_GOING = (PLAYERS, PLAYERS + 1)


def operations(world: World) -> Iterator[Operation]:
    """In the order of a game."""
    game = Game(world, "bench")
    with world.network.unnoticed():
        game.begin()
    yield Operation("ask for a game by an event", clock.handler, lambda: control("next", "bench-next"), returned)
    yield from _connections(world, game)
    yield Operation("open a question", clock.handler, partial(game.until, "new_question"), done)
    yield Operation("tell 100 players of a question", broadcast.handler, partial(game.job, "new_question"), done)
    yield from _answers(game)
    yield Operation("close a question", clock.handler, partial(game.until, "question_closed"), done)
    told = partial(game.job, "question_closed")
    yield Operation("tell 100 players the answer and their rank", broadcast.handler, told, done)
    yield from _boards(game)
    yield Operation("end a game of 100 players", clock.handler, partial(game.until, "quiz_ended"), done, warm=0)


def _connections(world: World, game: Game) -> Iterator[Operation]:
    connecting = message("$connect", connection(PLAYERS), player(PLAYERS))
    yield Operation("connect", socket.handler, lambda: connecting, answered)
    yield Operation("join", socket.handler, in_turn(map(game.joining, range(PLAYERS))), answered)
    with world.network.unnoticed():
        for number in range(PLAYERS + len(_GOING)):
            socket.handler(game.joining(number), CONTEXT)
    going = [message("$disconnect", connection(number), player(number)) for number in _GOING]
    yield Operation("disconnect", socket.handler, in_turn(going), answered)


def _answers(game: Game) -> Iterator[Operation]:
    told = game.told()
    said = {"quiz_id": told["game_id"], "question_id": told["question"]["id"], "answer": "a"}
    heard = [message("answer", connection(number), player(number), {"action": "answer", **said}) for number in range(2)]
    yield Operation("answer over the socket", socket.handler, in_turn(heard), answered)
    posted = [request("POST /answer", said, player(number)) for number in range(2, 4)]
    yield Operation("answer over HTTP", http.handler, in_turn(posted), answered)


def _boards(game: Game) -> Iterator[Operation]:
    game_id = game.told()["game_id"]
    changes = {"Records": [_change(game_id, number) for number in range(PLAYERS)]}
    yield Operation("project 100 changes of players", projector.handler, lambda: changes, done)
    best, around = _reading(game_id, "10"), _reading(game_id, "0", around="me")
    yield Operation("leaderboard, best 10", leaderboard.handler, lambda: best, answered)
    yield Operation("leaderboard, around me", leaderboard.handler, lambda: around, answered)
    with patch.dict(os.environ, {"REDIS_PORT": str(closed_port())}):
        leaderboard.bootstrap.cache_clear()
        yield Operation("leaderboard, Redis down", leaderboard.handler, lambda: best, answered)
    leaderboard.bootstrap.cache_clear()


def _reading(game_id: str, top: str, **around: str) -> dict[str, Any]:
    event = request("GET /leaderboard/{quiz_id}", None, player(PLAYERS // 2), quiz_id=game_id)
    return {**event, "queryStringParameters": {"top": top, **around}}


def _change(game_id: str, number: int) -> dict[str, Any]:
    now = stored("participants", {"participant_id": {"S": player(number)}, "game_id": {"S": game_id}})
    record = stream_record(number, "participants", None, now)
    record["dynamodb"]["ApproximateCreationDateTime"] = time.time()
    return record
