"""Live quizzes: `live/websocket_handler.py`, `answer_validator.py`, `leaderboard_handler.py`, `quiz_scheduler.py`."""

from collections import Counter
from collections.abc import Iterator
from itertools import count
from typing import Any

from redis import Redis

from tools.bench.baseline import tables
from tools.bench.baseline.place import Place, answered
from tools.bench.operations.asked import Operation
from tools.bench.operations.world import PLAYERS, closed_port
from tools.cost.measure import bank
from tools.cost.measure.asking import message, request

_TABLES = {
    "QUESTIONS_TABLE": "questions",
    "ANSWERS_TABLE": "answers",
    "PARTICIPANTS_TABLE": "participants",
    "API_ID": "api",
    "STAGE": "prod",
}
_HERE = {"REDIS_ENDPOINT": "127.0.0.1"}


def operations(place: Place) -> Iterator[Operation]:
    """In the order of a game."""
    yield from _connections(place)
    yield from _controlled(place, "start", "tell 100 players of a question")
    with place.loaded("live/answer_validator.py", **_TABLES, **_HERE) as answer:
        answers = map(_answer, count())
        yield Operation("answer over HTTP", answer, lambda: next(answers), answered)
    yield from _leaderboards(place)
    yield from _controlled(place, "end", "end a game of 100 players")


def _connections(place: Place) -> Iterator[Operation]:
    with place.loaded("live/websocket_handler.py", **_TABLES) as socket:
        connecting = message("$connect", tables.player(PLAYERS), "player")
        yield Operation("connect", socket, lambda: connecting, answered)
        said = {"action": "join_quiz", "quiz_id": bank.LIVE_QUIZ, "user_info": {"name": "Player"}}
        joining = message("$default", tables.player(1), "player", said)
        yield Operation("join", socket, lambda: joining, answered)
        going = message("$disconnect", tables.player(PLAYERS), "player")
        yield Operation("disconnect", socket, lambda: going, answered)


def _controlled(place: Place, action: str, name: str) -> Iterator[Operation]:
    detail = {"quiz_id": bank.LIVE_QUIZ, "action": action}
    event = {"id": "bench", "source": "quiz.platform", "detail-type": "Quiz Control", "detail": detail}
    with place.loaded("live/quiz_scheduler.py", **_TABLES) as schedule:
        yield Operation(name, schedule, lambda: event, told)


def told(response: Any, calls: Counter[str]) -> str:
    """Whether everybody heard of it."""
    posted = calls["apigatewaymanagementapi.PostToConnection"]
    return answered(response, calls) or ("" if posted >= PLAYERS else f"{posted} of {PLAYERS} players are told")


def _leaderboards(place: Place) -> Iterator[Operation]:
    board = {tables.player(number): number for number in range(PLAYERS)}
    with Redis(port=place.redis_port) as redis:
        redis.delete(f"leaderboard:{bank.LIVE_QUIZ}")
        redis.zadd(f"leaderboard:{bank.LIVE_QUIZ}", board)
    reading = {**request("GET /leaderboard/{quiz_id}", quiz_id=bank.LIVE_QUIZ), "queryStringParameters": {"top": "10"}}
    with place.loaded("live/leaderboard_handler.py", **_TABLES, **_HERE) as leaderboard:
        yield Operation("leaderboard, best 10", leaderboard, lambda: reading, answered)
    port = str(closed_port())
    with place.loaded("live/leaderboard_handler.py", **_TABLES, **_HERE, REDIS_PORT=port) as leaderboard:
        yield Operation("leaderboard, Redis down", leaderboard, lambda: reading, answered)


def _answer(number: int) -> dict[str, Any]:
    said = {"quiz_id": bank.LIVE_QUIZ, "question_id": tables.LIVE_QUESTION, "answer": "a"}
    return request("POST /answer", {**said, "participant_id": tables.player(number)})
