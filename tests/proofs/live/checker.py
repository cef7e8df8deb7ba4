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
from tests.proofs.live.player import PASSING
from tests.proofs.live.truth import Attempt, Earned, Window, earned
from tests.proofs.violation import Violation


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
    truth = check_answers(game, table)
    check_table(game, table, truth)
    check_export(game, table)
    check_board(game, table)
    return verdict(game, truth)


def check_answers(game: Game, table: Mapping[str, Participant]) -> dict[str, Earned]:
    """In time and first: accepted. Late, or against what was accepted: refused. So each player has what they have.

    The table is believed in one thing alone: which of a player's equal attempts it was, where the earlier failed for
    now and may have counted all the same.
    """
    windows = {window.question_id: window for window in game.windows()}
    tried: dict[str, dict[str, list[Attempt]]] = {player.user_id: {} for player in game.players if player.has_joined}
    for player in game.players:
        for one in player.attempts if player.has_joined else ():
            tried[player.user_id].setdefault(one.question_id, []).append(one)
    return {name: _earned(game, by_question, windows, table.get(name)) for name, by_question in tried.items()}


def _earned(
    game: Game, tried: Mapping[str, list[Attempt]], windows: Mapping[str, Window], stored: Participant | None
) -> Earned:
    accepted = {}
    for question_id, attempts in tried.items():
        record = stored.answers.get(question_id) if stored else None
        counted = _counted(game, windows[question_id], attempts, record.at if record else 0)
        if counted is not None:
            accepted[question_id] = counted
    return earned(windows.values(), accepted, game.settings)


def _counted(game: Game, window: Window, tried: list[Attempt], stored_at: int) -> Attempt | None:
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
    told_at = min(one.at for one in good)
    perhaps = [one for one in tried if one.answer in texts and one.error in (None, *PASSING) and one.at <= told_at]
    first = min(perhaps, key=lambda one: (one.at != stored_at, one.at))
    if first.at > last:
        raise Violation(f"{first} came after {last} and counts")
    return first


def _check_answer(game: Game, one: Attempt, in_time: bool, accepted: set[str]) -> None:
    if one.error is None or one.error in PASSING:
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
    sent: dict[str, list[Attempt]] = defaultdict(list)
    for one in game.players:
        sent[one.user_id] += one.attempts
    for name, player in table.items():
        wanted = truth[name]
        _check_told(sent[name], wanted)
        parts = sum(record.points for record in player.answers.values())
        stored = {question: json.loads(record.answer) for question, record in player.answers.items()}
        if (player.score, parts, stored) != (wanted.score, wanted.score, wanted.answers):
            raise Violation(f"{name} has {player.score}, parts {parts}, {stored}; and should have {wanted}")
        if player.kicked is not (name in game.kicked):
            raise Violation(f"{name} was sent away: {player.kicked}")
        if not player.kicked and split(player.rank_score)[0] != rank(wanted.score, wanted.hundredths * 10):
            raise Violation(f"{name} is ranked by {split(player.rank_score)}, and should be by {wanted}")


def _check_told(sent: list[Attempt], wanted: Earned) -> None:
    """What an answer told that it earned is what it earned."""
    for attempt in sent:
        if attempt.told not in (None, wanted.points.get(attempt.question_id)):
            raise Violation(f"{attempt} is worth {wanted.points.get(attempt.question_id)}")


def verdict(game: Game, truth: Mapping[str, Earned]) -> Verdict:
    """What was looked at."""
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
