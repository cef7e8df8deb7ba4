"""Judges a game that is over: what players know, what the table holds, what Redis shows and what was exported."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from quiz.live.participants import Participant
from quiz.live.points import rank, split
from tests.proofs.live.game import Game
from tests.proofs.live.listening import check_messages
from tests.proofs.live.outcomes import check_board, check_export, participants
from tests.proofs.live.truth import Attempt, Earned, Window, earned
from tests.proofs.violation import Violation

_PASSING = ("unavailable", "internal_error")


@dataclass(frozen=True)
class Verdict:
    """What was looked at, so that a game in which nothing happened proves nothing."""

    players: int
    counted: int
    repeated: int
    late: int
    conflicts: int
    messages: int


def check(game: Game) -> Verdict:
    """Every invariant of a game that has ended, once the projector has caught up."""
    table = participants(game)
    # First of all, because the host's own record of the game is what the rest is judged by.
    check_messages(game, table)
    truth = check_answers(game)
    check_table(game, table, truth)
    check_export(game, table)
    check_board(game, table)
    return _verdict(game, truth)


def check_answers(game: Game) -> dict[str, Earned]:
    """In time and first: accepted. Late, or against what was accepted: refused. So each player has what they have."""
    windows = {window.question_id: window for window in game.windows()}
    return {player.user_id: _earned(game, player.attempts, windows) for player in game.players if player.has_joined}


def _earned(game: Game, attempts: list[Attempt], windows: Mapping[str, Window]) -> Earned:
    by_question: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        by_question[attempt.question_id].append(attempt)
    accepted = {}
    for question_id, tried in by_question.items():
        counted = _counted(game, windows[question_id], tried)
        if counted is not None:
            accepted[question_id] = counted
    return earned(windows.values(), accepted, game.settings)


def _counted(game: Game, window: Window, tried: list[Attempt]) -> Attempt | None:
    """The attempt that counts."""
    last = window.closes_at + game.settings.grace_ms
    good = [one for one in tried if one.error is None]
    texts = {one.answer for one in good}
    if len(texts) > 1:
        raise Violation(f"{tried[0].player} was told that {texts} count, of {window.question_id}")
    for one in tried:
        _check_answer(game, one, one.at <= last, texts)
    if not good:
        return None
    # What failed for now may have counted, too; the first that was told of is not earlier.
    first = min(
        (one for one in tried if one.answer in texts and one.error in (None, *_PASSING)), key=lambda one: one.at
    )
    if first.at > last:
        raise Violation(f"{first} came after {last} and counts")
    return first


def _check_answer(game: Game, one: Attempt, in_time: bool, accepted: set[str]) -> None:
    if one.error is None or one.error in _PASSING:
        return
    expected = {"conflict"} if one.answer not in accepted and accepted else set()
    expected |= {"forbidden"} if one.player in game.kicked else set()
    if not in_time or one.at == game.closing_moment(one.question_id):
        expected |= {"too_late"}
    if one.error not in expected:
        raise Violation(f"{one} was refused with {one.error}, and in time it was {in_time}")


def check_table(game: Game, table: Mapping[str, Participant], truth: Mapping[str, Earned]) -> None:
    """Each player's total is what their answers earned, and nobody else is there."""
    if table.keys() != truth.keys():
        raise Violation(f"the table has other players: {sorted(table.keys() ^ truth.keys())}")
    for name, player in table.items():
        wanted = truth[name]
        _check_told(game, name, wanted)
        parts = sum(record.points for record in player.answers.values())
        stored = {question: json.loads(record.answer) for question, record in player.answers.items()}
        if (player.score, parts, stored) != (wanted.score, wanted.score, wanted.answers):
            raise Violation(f"{name} has {player.score}, parts {parts}, {stored}; and should have {wanted}")
        if player.kicked is not (name in game.kicked):
            raise Violation(f"{name} was sent away: {player.kicked}")
        if not player.kicked and split(player.rank_score)[0] != rank(wanted.score, wanted.hundredths * 10):
            raise Violation(f"{name} is ranked by {split(player.rank_score)}, and should be by {wanted}")


def _check_told(game: Game, name: str, wanted: Earned) -> None:
    """What an answer told that it earned is what it earned."""
    for attempt in (one for player in game.players if player.user_id == name for one in player.attempts):
        if attempt.told not in (None, wanted.points.get(attempt.question_id)):
            raise Violation(f"{attempt} is worth {wanted.points.get(attempt.question_id)}")


def _verdict(game: Game, truth: Mapping[str, Earned]) -> Verdict:
    attempts = [one for player in game.players for one in player.attempts]
    counted = sum(len(one.answers) for one in truth.values())
    return Verdict(
        players=len(truth),
        counted=counted,
        repeated=sum(one.error is None for one in attempts) - counted,
        late=sum(one.error == "too_late" for one in attempts),
        conflicts=sum(one.error == "conflict" for one in attempts),
        messages=sum(len(one.told) for one in game.world.wire.connections.values()),
    )
