"""Changes of the participants' stream into Redis, by the CPU time of the function that brings them there."""

import contextlib
import io
import os
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

from botocore.client import BaseClient
from msgspec.structs import replace

from adapters import clients, dynamo
from adapters.live.participants import participant_item
from adapters.live.rows import game_item
from handlers.cache import projector
from quiz.live.games import Game, new_game
from quiz.live.participants import AnswerRecord, new_participant
from quiz.live.points import rank, rank_score, tie
from quiz.questions import Definition, Quiz
from tools.leaderboard import scratch
from tools.report import Row, Section

_LEAST_PER_SECOND = 20_000
_QUESTIONS = 20
_BATCHES, _BATCH = 40, 500
_ROUNDS = 5
_NOW = 1_790_000_000_000

_ABOUT = f"""\
{_BATCHES} batches of {_BATCH} players, each with all {_QUESTIONS} answers of their game, through the projector into a
Redis on this machine; the tables answer at once. CPU time is that of the function, Redis has its own. Median of
{_ROUNDS} rounds."""


class _Context:
    aws_request_id = "bench"

    def get_remaining_time_in_millis(self) -> int:
        return 10_000


def sections(_: Path | None) -> list[Section]:
    """What one processor carries."""
    with scratch.server() as port, _environment(port), contextlib.redirect_stdout(io.StringIO()):
        rates = [_rate(number) for number in range(_ROUNDS)]
    rate = median(rates)
    bound = f"at least {_LEAST_PER_SECOND:,}"
    row = Row(("changes for each second of CPU", f"{rate:,.0f}", bound), rate >= _LEAST_PER_SECOND)
    return [Section("Changes into the leaderboard", _ABOUT, ("projector", "measured", "bound"), (row,))]


@contextlib.contextmanager
def _environment(port: int) -> Iterator[None]:
    """The function's, as if it had just been started; nothing of it is left behind."""
    cached: tuple[Any, ...] = (projector.bootstrap, dynamo.client, clients.create)
    variables = {
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
        "AWS_DEFAULT_REGION": "us-east-1",
        "GAMES_TABLE": "games",
        "PARTICIPANTS_TABLE": "participants",
        "POWERTOOLS_SERVICE_NAME": "bench",
        "REDIS_HOST": "127.0.0.1",
        "REDIS_PORT": str(port),
    }
    with patch.dict(os.environ, variables):
        for each in cached:
            each.cache_clear()
        try:
            yield
        finally:
            for each in cached:
                each.cache_clear()


def _rate(number: int) -> float:
    """Changes for each second, in a game that the board has not heard of."""
    game = _game(number)
    batches = [[_record(game, batch * _BATCH + player) for player in range(_BATCH)] for batch in range(_BATCHES)]
    first = [_record(game, 0)]

    def answer(_: BaseClient, operation: str, __: dict[str, Any]) -> dict[str, Any]:
        if operation == "BatchGetItem":
            return {"Responses": {"participants": [first[0]["dynamodb"]["NewImage"]]}, "UnprocessedKeys": {}}
        return {"Item": game_item(game)} if operation == "GetItem" else {"Items": []}

    with patch.object(BaseClient, "_make_api_call", answer):
        # The board is restored once.
        _project(first)
        begun = time.process_time()
        for batch in batches:
            _project(batch)
        taken = time.process_time() - begun
    if (there := len(projector.bootstrap().board.members(game.game_id))) != _BATCHES * _BATCH:
        raise AssertionError(f"{there} of {_BATCHES * _BATCH} are on the board")
    return _BATCHES * _BATCH / taken


def _project(records: list[dict[str, Any]]) -> None:
    if projector.handler({"Records": records}, _Context())["batchItemFailures"]:
        raise AssertionError("a batch failed")


def _game(number: int) -> Game:
    ids = tuple(f"question-{number}" for number in range(_QUESTIONS))
    quiz = Quiz(quiz_id="bench", question_ids=ids, title="A quiz")
    return new_game(Definition(quiz, ()), "host", f"game-{number:020d}", "123456", int(time.time() * 1000))


def _record(game: Game, number: int) -> dict[str, Any]:
    """A player who has answered everything, as the stream tells of them."""
    player = new_participant(game, f"9f1b2c3d-0000-4000-8000-{number:012d}", f"Player Nr. {number} ü", _NOW + number)
    answers = {question_id: AnswerRecord('"a"', 750, Decimal(1), 5_000, _NOW) for question_id in game.question_ids}
    score = rank_score(rank(15_000 + number, 100_000), tie(player.joined_at, player.participant_id))
    image = participant_item(replace(player, answers=answers, score=15_000 + number, rank_score=score))
    return {
        "eventName": "MODIFY",
        "eventSourceARN": "arn:aws:dynamodb:eu-central-1:123456789012:table/participants/stream/2026-03-04T05:06:07",
        "dynamodb": {
            "ApproximateCreationDateTime": time.time(),
            "SequenceNumber": str(1_000_000 + number),
            "NewImage": image,
        },
    }
