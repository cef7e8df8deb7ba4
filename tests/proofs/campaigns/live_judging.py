"""Judges the games of a campaign: each claim on its own, so that a table can say which are broken."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from quiz.live.participants import Participant
from tests.proofs.live.checker import Verdict, check_answers, check_table, verdict
from tests.proofs.live.evening import check_all_ways_to_read, rebuild
from tests.proofs.live.game import Game
from tests.proofs.live.listening import check_messages
from tests.proofs.live.outcomes import check_board, check_export, participants
from tests.proofs.live.truth import Earned

ENDING = "Both games come to their end"
LISTENING = "Who listens to the end is told of each phase while that is of use, of no other game, and of their place"
ANSWERS = "An answer in time counts once, a late one never, and of two different ones one"
TABLE = "Points of the answers that count = parts in the table = total in the table = what players were told"
EXPORT = "results.json and players.csv hold the same points, in the same order"
BOARD = "So does Redis, which died in the middle of the game"
READING = "Redis, the table without Redis, and a Redis restored by the operator's tool show the same rows"
CLAIMS = (LISTENING, ANSWERS, TABLE, EXPORT, BOARD, READING)


class Judgement(NamedTuple):
    """What was looked at, and by the claim what is wrong."""

    verdict: Verdict
    asked: int
    broken: dict[str, list[str]]


def judged(games: Sequence[Game]) -> list[Judgement]:
    """Every claim, whether or not another is broken. Reading comes last, for it takes Redis away again."""
    found = [_judged(game) for game in games]
    for game, judgement in zip(games, found, strict=True):
        _hold(game, judgement.broken, READING, partial(_check_reading, game))
    return found


def _judged(game: Game) -> Judgement:
    table: Mapping[str, Participant] = participants(game)
    broken: dict[str, list[str]] = {claim: [] for claim in CLAIMS}
    truth: dict[str, Earned] = {}
    checks: dict[str, Callable[[], Any]] = {
        LISTENING: lambda: check_messages(game, table),
        ANSWERS: lambda: truth.update(check_answers(game, table)),
        TABLE: lambda: check_table(game, table, truth),
        EXPORT: lambda: check_export(game, table),
        BOARD: lambda: check_board(game, table),
    }
    for claim, check in checks.items():
        _hold(game, broken, claim, check)
    return Judgement(verdict(game, truth), len(game.windows()), broken)


def _hold(game: Game, broken: dict[str, list[str]], claim: str, check: Callable[[], Any]) -> None:
    try:
        check()
    except Exception as error:  # noqa: BLE001  # a claim that cannot even be looked at is broken
        broken[claim].append(f"{game.quiz_id}: {type(error).__name__}: {error}")


def _check_reading(game: Game) -> None:
    rebuild(game)
    check_board(game, participants(game))
    check_all_ways_to_read(game)
