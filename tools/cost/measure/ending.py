"""What the end of a large game asks of the clock's one invocation: computing time and memory for each player."""

import json
import time
import tracemalloc
from decimal import Decimal
from typing import Any

import msgspec
from msgspec.structs import replace

from adapters.live.participants import participant_item, read_participant
from quiz.live.broadcasts import jobs
from quiz.live.games import Game, Phase, new_game
from quiz.live.messages import encode
from quiz.live.participants import AnswerRecord, new_participant
from quiz.live.results import ResultFile
from quiz.live.reveal import quiz_ended, you
from quiz.live.settings import LiveSettings
from quiz.live.sheets import files
from quiz.live.standings import ordered
from quiz.live.tally import game_results, standing_of
from quiz.questions import Definition, Quiz
from tools.cost.measure import bank

_NOW = 1_790_000_000_000
# The quickest of the rounds: others are slowed down by what else the machine does.
_ROUNDS, _TIMED, _WEIGHED = 5, 2_000, 1_000


def seconds_and_bytes() -> tuple[float, float]:
    """Of computing, and of the most memory at once; for one player."""
    game = _ended()
    seconds = min(_seconds(game) for _ in range(_ROUNDS)) / _TIMED
    tracemalloc.start()
    _conclude(game, _WEIGHED)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return seconds, most / _WEIGHED


def _seconds(game: Game) -> float:
    begun = time.process_time()
    _conclude(game, _TIMED)
    return time.process_time() - begun


def _ended() -> Game:
    asked = bank.questions()[: bank.ASKED]
    quiz = Quiz(bank.LIVE_QUIZ, tuple(one.question_id for one in asked), live=LiveSettings(expected_players=_TIMED))
    lobby = new_game(Definition(quiz, tuple(asked)), "host", f"game-{'0' * 20}", "123456", _NOW)
    return replace(lobby, phase=Phase.ENDED, index=bank.ASKED - 1, ended_at=_NOW + 580_000)


def _conclude(game: Game, players: int) -> dict[ResultFile, int]:
    """As handlers/scheduler/ending.py does, but for the calls."""
    item = json.dumps(_item(game))
    found = [read_participant(_named(item, number)) for number in range(players)]
    results = game_results(game, bank.questions()[: bank.ASKED], found)
    written = {name: len(text) for name, text in files(results).items()}
    best = ordered(map(standing_of, found))
    for job in jobs(game, encode(quiz_ended(game, best)), 0, you(game, best)):
        msgspec.json.encode(job)
    return written


def _item(game: Game) -> Any:
    """A player who has answered everything, and right."""
    answer = AnswerRecord('"a"', 987, Decimal("1.0000"), 1_234, _NOW)
    answers = dict.fromkeys(game.question_ids, answer)
    last = {"last_index": bank.ASKED - 1, "last_answer": '"a"', "last_points": 987, "last_share": Decimal(1)}
    player = new_participant(game, "player", "Player", _NOW)
    return participant_item(replace(player, answers=answers, score=19_740, **last))


def _named(item: str, number: int) -> Any:
    return {**json.loads(item), "participant_id": {"S": f"{number:08x}-89ab-4def-8123-456789abcdef"}}
