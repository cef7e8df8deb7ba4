"""Leaderboards at the size of the largest game: reads against a bare ZREVRANGE, and changes per second of CPU.

`python -m tools.bench.leaderboard` runs it alone.
"""

import contextlib
import io
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any
from unittest.mock import patch

from botocore.client import BaseClient
from msgspec import Struct
from redis import Redis
from rich.console import Console

from adapters.cache.connecting import RedisSettings, client
from adapters.cache.places import Place
from adapters.live.board import Board
from adapters.live.participants import participant_item
from adapters.live.rows import game_item
from handlers.cache import leaderboard, projector
from quiz.live.games import Game, new_game
from quiz.live.participants import AnswerRecord, Participant, new_participant
from quiz.live.points import rank, rank_score, tie
from quiz.questions import Definition, Quiz
from tools.bench.cold_start import VARIABLES
from tools.leaderboard import scratch

MOST_TIMES_A_BARE_RANGE = 2.0
LEAST_CHANGES_PER_SECOND = 20_000

_PLAYERS = 1_000_000
_ROUNDS, _READS_IN_A_ROUND = 15, 100
_QUESTIONS = 20
_BATCHES, _BATCH = 40, 500
_NOW = 1_790_000_000_000


class Measured(Struct, frozen=True):
    """Times are medians of one read as multiples of a bare ZREVRANGE with as many rows, in the same run."""

    best: float
    around: float
    best_and_around: float
    changes_per_second: float
    calls: Counter[str]

    @property
    def holds(self) -> bool:
        """Whether every bound is kept."""
        slowest = max(self.best, self.around, self.best_and_around)
        fast = self.changes_per_second >= LEAST_CHANGES_PER_SECOND
        return slowest <= MOST_TIMES_A_BARE_RANGE and fast and not self.calls


class _Context:
    aws_request_id = "bench"

    def get_remaining_time_in_millis(self) -> int:
        return 10_000


def measure() -> Measured:
    """Everything, against a Redis of its own."""
    with scratch.server() as port:
        redis = client(RedisSettings(redis_host="127.0.0.1", redis_port=port))
        variables = {**VARIABLES, "REDIS_HOST": "127.0.0.1", "REDIS_PORT": str(port)}
        variables |= {"GAMES_TABLE": "games", "PARTICIPANTS_TABLE": "participants"}
        with patch.dict(os.environ, variables), contextlib.redirect_stdout(io.StringIO()):
            return Measured(*reads(redis), projections(), warm_calls())


def reads(redis: Redis) -> tuple[float, float, float]:
    """The best hundred, the eleven around a player, and both; each as a multiple of a bare range of as many."""
    game, board = _game(), Board(lambda: redis)
    board.write(
        Place(game.game_id, f"player-{number:06d}", f"Player {number}", rank(number, number % 5000), tie(_NOW, "p"))
        for number in range(_PLAYERS)
    )
    board.complete(game.game_id)
    key, me = f"{{{game.game_id}}}:ranks", f"player-{_PLAYERS // 3:06d}"

    def bare(first: int, last: int) -> Callable[[], object]:
        return lambda: redis.zrevrange(key, first, last, withscores=True)

    middle = _PLAYERS // 2
    return (
        _ratio(lambda: board.read(game.game_id, None, 100, 5), bare(0, 99), rows=100),
        _ratio(lambda: board.read(game.game_id, me, 0, 5), bare(middle, middle + 10), rows=11),
        _ratio(lambda: board.read(game.game_id, me, 100, 5), bare(0, 99), rows=100),
    )


def projections() -> float:
    """Changes that the handler brings into Redis, for each second of its CPU time."""
    game = _game(expected_players=1)
    batches = [[_record(game, batch * _BATCH + number) for number in range(_BATCH)] for batch in range(_BATCHES)]
    first = [_record(game, 0)]

    def answer(_: BaseClient, operation: str, __: dict[str, Any]) -> dict[str, Any]:
        if operation == "BatchGetItem":
            return {"Responses": {"participants": [first[0]["dynamodb"]["NewImage"]]}, "UnprocessedKeys": {}}
        return {"Item": game_item(game)} if operation == "GetItem" else {"Items": []}

    with patch.object(BaseClient, "_make_api_call", answer):
        _project(first)
        begun = time.process_time()
        for batch in batches:
            _project(batch)
        return _BATCHES * _BATCH / (time.process_time() - begun)


def warm_calls() -> Counter[str]:
    """The AWS calls of a leaderboard that has been read before, by its game and by its quiz."""
    calls: Counter[str] = Counter()
    game = _game()

    def answer(_: BaseClient, operation: str, asked: dict[str, Any]) -> dict[str, Any]:
        calls[operation] += 1
        if asked["Key"]["game_id"]["S"].startswith("quiz#"):
            return {"Item": {"game_id": {"S": "quiz"}, "latest": {"S": game.game_id}}}
        return {"Item": game_item(game)}

    with patch.object(BaseClient, "_make_api_call", answer):
        for name in (game.game_id, game.quiz_id):
            _show(name)
        calls.clear()
        for name in (game.game_id, game.quiz_id):
            _show(name)
    return calls


def _show(name: str) -> None:
    event = {
        "routeKey": "GET /leaderboard/{quiz_id}",
        "pathParameters": {"quiz_id": name},
        "queryStringParameters": {"top": "100", "around": "me"},
        "requestContext": {"requestId": "bench", "authorizer": {"jwt": {"claims": {"sub": "player-000005"}}}},
    }
    if (response := leaderboard.handler(event, _Context()))["statusCode"] != 200:
        raise AssertionError(response)


def _project(records: list[dict[str, Any]]) -> None:
    if projector.handler({"Records": records}, _Context())["batchItemFailures"]:
        raise AssertionError("a batch failed")


def _ratio(read: Callable[[], Any], bare: Callable[[], object], rows: int) -> float:
    found = read()
    if found is None or len(found) != rows:
        raise AssertionError(f"{found and len(found)} rows instead of {rows}")
    times = [(_time(read), _time(bare)) for _ in range(_ROUNDS)]
    return statistics.median(ours for ours, _ in times) / statistics.median(floor for _, floor in times)


def _time(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    for _ in range(_READS_IN_A_ROUND):
        work()
    return time.perf_counter() - begun


def _game(expected_players: int = 100_000) -> Game:
    ids = tuple(f"question-{number}" for number in range(_QUESTIONS))
    quiz = Quiz(quiz_id="bench", question_ids=ids, title="A quiz")
    game_id = f"game-{expected_players:020d}"
    return new_game(Definition(quiz, ()), "host", game_id, "123456", int(time.time() * 1000))


def _record(game: Game, number: int) -> dict[str, Any]:
    """A player who has answered everything, as the stream tells of them."""
    answers = dict(_answers(game))
    player = new_participant(game, f"9f1b2c3d-0000-4000-8000-{number:012d}", f"Player Nr. {number} ü", _NOW + number)
    image = participant_item(_scored(player, answers, number))
    return {
        "eventName": "MODIFY",
        "eventSourceARN": "arn:aws:dynamodb:eu-central-1:123456789012:table/participants/stream/2026-03-04T05:06:07",
        "dynamodb": {
            "ApproximateCreationDateTime": time.time(),
            "SequenceNumber": str(1_000_000 + number),
            "NewImage": image,
        },
    }


def _scored(player: Participant, answers: dict[str, AnswerRecord], number: int) -> Participant:
    values = {name: getattr(player, name) for name in player.__struct_fields__}
    score = rank_score(rank(15_000 + number, 100_000), tie(player.joined_at, player.participant_id))
    return Participant(**{**values, "answers": answers, "score": 15_000 + number, "rank_score": score})


def _answers(game: Game) -> Iterator[tuple[str, AnswerRecord]]:
    for question_id in game.question_ids:
        yield question_id, AnswerRecord('"a"', 750, Decimal(1), 5_000, _NOW)


def main() -> int:
    """Measure and show; exits with 1 if a bound is not kept."""
    measured = measure()
    Console(highlight=False, soft_wrap=True).print(
        f"leaderboard of {_PLAYERS:,} players, as multiples of a bare ZREVRANGE of the same size: "
        f"the best hundred {measured.best:.2f}, around me {measured.around:.2f}, both {measured.best_and_around:.2f}; "
        f"{measured.changes_per_second:,.0f} changes into Redis per second of CPU; "
        f"{measured.calls.total()} AWS calls of a warm read"
    )
    return 0 if measured.holds else 1


if __name__ == "__main__":
    sys.exit(main())
