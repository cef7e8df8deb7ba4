"""Two hundred players over real sockets: nobody misses a message, and every point is where it belongs."""

import asyncio
import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import msgspec
import pytest

from quiz.live.messages import QuizEnded
from quiz.live.participants import Participant
from quiz.live.wishes import NextQuestion, StartQuiz
from tests.stack.live import QUESTIONS, RIGHT, instructor, new_game, new_people, run, tab, tabs, until_true
from tests.stack.support import Stack, eventually, new_id
from tools.live import truth
from tools.live.client import LiveClient
from tools.live.player import SimulatedPlayer, knows
from tools.live.truth import Export
from tools.stack import bank

_PLAYERS = 200
_LIMIT = 20
_BONUS = 100


class Evening(msgspec.Struct, frozen=True):
    """A game that has been played, and what everybody says of it."""

    game: dict[str, Any]
    players: list[SimulatedPlayer]
    table: dict[str, Participant]
    leaderboard: list[dict[str, Any]]
    export: Export
    announced: list[dict[str, Any]]
    winners: list[dict[str, Any]]

    def ended(self, player: SimulatedPlayer) -> QuizEnded:
        [last] = {told.version: told for told in player.client.announcements if isinstance(told, QuizEnded)}.values()
        return last


@pytest.fixture(scope="module")
def evening(stack: Stack) -> Iterator[Evening]:
    name = new_id("live-listener")
    game = new_game(stack, time_limit=_LIMIT, streak_bonus=_BONUS, expected_players=1000)
    sns, events, bus = stack.client("sns"), stack.client("events"), stack.known["event_bus_name"]
    with stack.queue(name) as (url, arn), stack.queue(f"{name}-winners") as (winners_url, winners_arn):
        pattern = {"detail-type": ["SessionCompleted"], "detail": {"game_id": [game["game_id"]]}}
        events.put_rule(Name=name, EventBusName=bus, EventPattern=json.dumps(pattern))
        events.put_targets(Rule=name, EventBusName=bus, Targets=[{"Id": "queue", "Arn": arn}])
        subscribed = sns.subscribe(
            TopicArn=stack.known["winners_topic_arn"],
            Protocol="sqs",
            Endpoint=winners_arn,
            Attributes={"RawMessageDelivery": "true"},
            ReturnSubscriptionArn=True,
        )["SubscriptionArn"]
        players = run(_play(stack, game["game_id"]), within=120)
        ids = [player.participant_id for player in players]
        table = {one.participant_id: one for one in truth.participants(stack.known, game["game_id"], ids)}
        api = stack.api("instructor")
        best = [table[one].score for one in sorted(table, key=lambda one: -table[one].score)[:100]]
        rows = eventually(
            lambda: truth.leaderboard(api, game["game_id"]), lambda rows: [row["score"] for row in rows] == best
        )
        announced = eventually(lambda: stack.heard(url))
        winners = eventually(lambda: [one for one in stack.heard(winners_url) if one["game_id"] == game["game_id"]])
        yield Evening(game, players, table, rows, truth.export(api, game["game_id"]), announced, winners)
        sns.unsubscribe(SubscriptionArn=subscribed)
        events.remove_targets(Rule=name, EventBusName=bus, Ids=["queue"])
        events.delete_rule(Name=name, EventBusName=bus)


async def _play(stack: Stack, game_id: str) -> list[SimulatedPlayer]:
    people = new_people(stack, _PLAYERS)
    questions = bank.read().by_id()
    clients = [tab(stack, person, game_id, f"Player {number}") for number, person in enumerate(people)]
    async with tab(stack, instructor(stack), game_id) as host, tabs(clients):
        players = [
            SimulatedPlayer(client, knows(questions, number / _PLAYERS, str(number)), (0, 2), str(number))
            for number, client in enumerate(clients)
        ]
        await host.insist(StartQuiz(quiz_id=game_id, version=host.view.version))
        for index in range(len(QUESTIONS)):
            await _ask(host, players, index)
        for client in clients:
            await client.until(lambda view: view.phase == "ended")
        await asyncio.gather(*(player.settle() for player in players))
    return players


async def _ask(host: LiveClient, players: list[SimulatedPlayer], index: int) -> None:
    view = await host.until(lambda view: (view.index, view.phase) == (index, "open"))
    question = view.question.id if view.question else ""
    await until_true(lambda: all(question in {**player.earned, **player.refused} for player in players))
    await host.insist(NextQuestion(quiz_id=view.game_id, version=host.view.version))
    await host.until(lambda view: (view.index, view.phase) == (index, "closed"))
    await host.insist(NextQuestion(quiz_id=view.game_id, version=host.view.version))


def test_nobody_misses_a_message(evening: Evening) -> None:
    last = max(told.version for told in evening.players[0].client.announcements)
    for player in evening.players:
        joined = player.client.joined
        assert joined
        heard = {told.version for told in player.client.announcements}
        # Opened, closing, closed, for each question; and the end.
        assert heard == set(range(evening.game["version"] + 1, last + 1)), joined.participant_id
        assert len(heard) == 3 * len(QUESTIONS) + 1
        assert player.client.times_joined == 1


def test_every_answer_counts_once_with_the_points_of_its_time(evening: Evening) -> None:
    for player in evening.players:
        stored = evening.table[player.participant_id]
        assert set(stored.answers) == set(player.earned) == set(player.sent)
        score = streak = 0
        for question_id in QUESTIONS:
            record = stored.answers[question_id]
            assert json.loads(record.answer) == player.sent[question_id]
            assert 0 <= record.elapsed_ms <= _LIMIT * 1000
            right = player.sent[question_id] == RIGHT[question_id]
            points = (
                round(1000 * (1 - Fraction(record.elapsed_ms, _LIMIT * 1000) / 2)) + _BONUS * streak if right else 0
            )
            streak = streak + 1 if right else 0
            assert record.points == player.earned[question_id] == points
            score += points
        assert stored.score == player.total == score
    assert sum(player.total for player in evening.players) > 0


def test_everybody_is_told_their_own_place(evening: Evening) -> None:
    ranks = []
    for player in evening.players:
        ended = evening.ended(player)
        assert ended.you
        assert ended.players == _PLAYERS
        assert ended.you.score == evening.table[player.participant_id].score
        ranks.append(ended.you.rank)
    assert sorted(ranks) == list(range(1, _PLAYERS + 1))


def test_the_leaderboard_is_the_table_in_order(evening: Evening) -> None:
    told = {player.participant_id: evening.ended(player).you for player in evening.players}
    assert [row["rank"] for row in evening.leaderboard] == list(range(1, 101))
    for row in evening.leaderboard:
        assert row["score"] == evening.table[row["participant_id"]].score
        assert row["rank"] == told[row["participant_id"]].rank  # type: ignore[union-attr]
        assert row["user_info"] == {"name": evening.table[row["participant_id"]].name}
    orders = [_order(evening.table[row["participant_id"]]) for row in evening.leaderboard]
    assert orders == sorted(orders)


def _order(player: Participant) -> tuple[int, int, int]:
    """More points, then less time for what earned any, then who came first."""
    time = sum(record.elapsed_ms // 10 for record in player.answers.values() if record.points)
    return -player.score, time, player.joined_at


def test_the_export_is_the_table(evening: Evening) -> None:
    rows = evening.export.players
    assert {row["participant_id"]: int(row["score"]) for row in rows} == {
        name: player.score for name, player in evening.table.items()
    }
    assert [row["participant_id"] for row in rows[:100]] == [row["participant_id"] for row in evening.leaderboard]
    for number, question in enumerate(evening.export.questions, start=1):
        answered = [player.sent[question["question_id"]] for player in evening.players]
        right = sum(answer == RIGHT[question["question_id"]] for answer in answered)
        assert (int(question["number"]), int(question["answered"]), int(question["correct"])) == (
            number,
            _PLAYERS,
            right,
        )
    result = json.loads(evening.export.result)
    assert result["game_id"] == evening.game["game_id"]
    assert {one["participant_id"]: one["score"] for one in result["players"]} == {
        row["participant_id"]: int(row["score"]) for row in rows
    }


def test_the_end_and_its_winners_are_announced(evening: Evening) -> None:
    detail = evening.announced[0]["detail"]
    assert (detail["game_id"], detail["players"]) == (evening.game["game_id"], _PLAYERS)
    assert (detail["participation_rate"], detail["completion_rate"]) == (1, 1)
    winners = evening.winners[0]["winners"]
    assert winners == evening.leaderboard[: len(winners)]
    assert len(winners) == 3
