"""Control events, as the bus and schedules deliver them."""

import json
from typing import Any

import pytest
from botocore.exceptions import ConnectTimeoutError

from quiz.errors import Unavailable
from quiz.live.games import Phase
from tests.unit.builders import stored
from tests.unit.scheduler.world import BEGINNING, World, control_event, made, metrics


def games(world: World) -> set[str]:
    rows = made("dynamodb").scan(TableName="games")["Items"]
    return {row["game_id"]["S"] for row in rows if "phase" in row}


def test_the_same_event_twice_opens_one_game(world: World) -> None:
    world.bank(lobby_seconds=60)
    world.event("start")
    world.now += 30_000
    world.event("start")
    assert len(games(world)) == 1
    # Nor does the second one cut the lobby short.
    world.step(2)
    assert world.game().opened_at >= BEGINNING + 60_000
    world.run()
    world.event("start")
    assert (len(games(world)), world.game().phase) == (1, Phase.ENDED)


def test_the_lobby_is_as_long_as_the_event_says(world: World) -> None:
    world.bank(lobby_seconds=60)
    world.event("start", lobby_seconds=5)
    assert world.game().due_at == BEGINNING + 5_000


def test_without_a_lobby_the_quiz_starts_at_once(world: World) -> None:
    world.bank(lobby_seconds=60)
    world.event("start", lobby_seconds=0)
    world.event("start", lobby_seconds=0)
    world.step()
    assert (world.game().phase, world.now) == (Phase.OPEN, BEGINNING)
    before = world.game()
    world.step()
    assert world.game() == before


def test_an_event_does_not_start_what_was_held_up_since(world: World) -> None:
    world.bank()
    world.event("start", lobby_seconds=60)
    world.event("pause", "event-2")
    world.event("start", lobby_seconds=60)
    while world.waiting:
        world.step()
    assert (world.game().phase, world.game().paused) == (Phase.LOBBY, True)


def test_another_event_starts_the_game_that_is_waiting(world: World) -> None:
    world.bank(lobby_seconds=600)
    world.event("start")
    world.event("start", "event-2")
    world.step()
    assert len(games(world)) == 1
    assert (world.game().phase, world.now) == (Phase.OPEN, BEGINNING)


def test_a_quiz_is_played_again_as_it_is_by_then(world: World) -> None:
    world.bank(lobby_seconds=0, questions=1)
    world.event("start")
    world.run()
    world.bank(lobby_seconds=0, questions=2)
    world.now += 1_000
    world.event("start", "event-2")
    assert len(games(world)) == 2
    assert world.game().total == 2


@pytest.mark.parametrize("by", ["quiz_id", "game_id", "join_code"])
def test_a_game_goes_by_any_of_its_names(world: World, by: str) -> None:
    world.bank(lobby_seconds=600)
    world.event("start")
    name = getattr(world.game(), by)
    world.event("start", "event-2", name)
    world.event("pause", "event-3", name)
    world.step(2)
    assert (world.game().phase, world.game().paused) == (Phase.OPEN, True)


def test_an_event_for_another_version_changes_nothing(world: World) -> None:
    world.bank(lobby_seconds=600)
    world.event("start")
    world.event("start", "event-2", version=7)
    world.step()
    assert world.game().phase is Phase.LOBBY


def _without(name: str) -> dict[str, Any]:
    return {key: value for key, value in control_event().items() if key != name}


@pytest.mark.parametrize(
    "event",
    [
        {},
        _without("id"),
        _without("detail"),
        {**control_event(), "id": ""},
        {**control_event(), "source": "\ud800"},
        {**control_event(), "id": "\ud800"},
        {**control_event(), "id": 7},
        {**control_event(), "source": "aws.events"},
        {**control_event(), "detail-type": "Scheduled Event"},
        {**control_event(), "detail": "{}"},
        {**control_event(), "detail": {}},
        control_event("tick"),
        control_event("dance"),
        control_event("start", lobby_seconds=-1),
        control_event("start", lobby_seconds=901),
        control_event("start", lobby_seconds="soon"),
        control_event("start", lobbyseconds=1),
        control_event("start", version="1"),
        control_event("start", quiz_id=""),
        control_event("start", quiz_id="\ud800"),
        control_event("end", quiz_id="\ud800"),
        control_event("start", quiz_id="unknown"),
        control_event("start", quiz_id="broken"),
        control_event("start", quiz_id="game-00000000000000000000"),
        control_event("end", quiz_id="unknown"),
        control_event("end", quiz_id="000000"),
        control_event("end", quiz_id="quiz"),
    ],
)
def test_what_can_never_be_done_is_counted_and_not_tried_again(
    world: World, capsys: pytest.CaptureFixture[str], event: dict[str, Any]
) -> None:
    # GIVEN a quiz that was never played, and one whose question is gone
    broken = world.bank(quiz_id="broken").quiz
    world.bank()
    made("dynamodb").put_item(TableName="quizzes", Item={**stored(broken), "question_ids": {"L": [{"S": "gone"}]}})
    assert world.invoke(event) is None
    assert metrics(capsys)["ControlRejected"] == [1.0]
    assert (games(world), world.waiting) == (set(), [])


@pytest.mark.parametrize(
    "operation", ["GetItem", "BatchGetItem", "BatchWriteItem", "TransactWriteItems", "SendMessage"]
)
def test_what_may_pass_is_raised_and_comes_again(world: World, operation: str) -> None:
    world.bank(lobby_seconds=0)
    world.refuse[operation] = ConnectTimeoutError(endpoint_url="there")
    with pytest.raises(Unavailable):
        world.event("start")
    world.refuse.clear()
    world.event("start")
    world.step()
    assert world.game().phase is Phase.OPEN
    assert len(games(world)) == 1


def test_the_log_of_a_rejected_event_says_why(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.event("end", "event-9", "unknown")
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    [line] = [line for line in lines if line.get("level") == "ERROR"]
    assert line["event_id"] == "event-9"
    assert "unknown" in line["reason"]
