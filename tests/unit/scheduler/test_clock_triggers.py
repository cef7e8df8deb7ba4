"""Triggers that come twice, early, late, in the middle of another's work, or not as triggers at all."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError

from adapters.live.turns import Turns
from handlers.scheduler import clock
from quiz.live.clock import Action, Trigger, advance
from quiz.live.games import Game, Phase
from tests.unit.builders import context
from tests.unit.scheduler.world import World, metrics

EFFECTS = {"UpdateItem", "TransactWriteItems", "SendMessage", "PutObject", "Publish", "PutEvents"}


def opened(world: World, **live: Any) -> Game:
    """A game with its first question open, and the timer of that waiting."""
    world.bank(**{"questions": 2, "lobby_seconds": 0, **live})
    world.event("start")
    world.step()
    assert world.game().phase is Phase.OPEN
    return world.game()


def test_every_trigger_twice_is_every_transition_once(world: World) -> None:
    world.bank(questions=2, lobby_seconds=5)
    world.event("start")
    world.event("start")
    while world.waiting:
        body = world.next()
        assert world.deliver(body)
        before, calls = world.game(), len(world.calls)
        assert world.deliver(body)
        assert world.game() == before
        assert not EFFECTS & set(world.calls[calls:])
    assert world.game().phase is Phase.ENDED
    assert len({(job.version, job.shard, job.part) for job in world.jobs}) == len(world.jobs) == 5


def test_a_tick_that_is_a_little_early_waits_for_its_moment(world: World) -> None:
    before = opened(world)
    body = world.next()
    world.now = before.due_at - 900
    world.slept.clear()
    assert world.deliver(body)
    assert world.slept[0] == 0.9
    assert world.game().phase is Phase.CLOSED


def test_a_tick_that_is_far_too_early_goes_back_into_the_queue(world: World) -> None:
    before = opened(world, time_limit=600)
    body = world.next()
    world.now = before.due_at - 400_700
    world.slept.clear()
    assert world.deliver(body)
    assert world.game() == before
    assert (world.slept, world.waiting) == ([], [(world.now + 400_000, body)])


def test_no_timer_is_set_further_ahead_than_a_queue_can(world: World) -> None:
    before = opened(world, time_limit=600)
    body = world.next()
    world.now = before.due_at - 1_000_000
    assert world.deliver(body)
    assert world.waiting == [(world.now + 900_000, body)]


def test_a_late_tick_closes_the_question_all_the_same(world: World) -> None:
    before = opened(world)
    body = world.next()
    world.now = before.due_at + 3_600_000
    assert world.deliver(body)
    assert world.game().phase is Phase.CLOSED


def test_a_tick_for_another_version_changes_nothing(world: World) -> None:
    before = opened(world)
    world.now = before.due_at + 10
    assert world.send("tick", version=before.version - 1)
    assert world.send("tick", version=before.version + 1)
    assert world.game() == before


def test_a_host_who_saw_another_version_changes_nothing(world: World) -> None:
    before = opened(world)
    assert world.send("next", trigger_id="t", version=before.version - 1)
    assert world.game() == before


def test_a_trigger_that_makes_no_sense_is_counted_and_forgotten(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.bank(lobby_seconds=60)
    world.event("start")
    assert world.send("next", trigger_id="t")
    assert metrics(capsys)["ControlRejected"] == [1.0]
    assert world.game().phase is Phase.LOBBY


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        '{"game_id": "g"}',
        '{"game_id": "g", "action": "dance"}',
        '{"game_id": "g", "action": "tick", "more": 1}',
        '{"game_id": "\ud800", "action": "tick"}',
        '{"game_id": "game-00000000000000000000", "action": "start"}',
        "x" * 5000,
    ],
)
def test_what_is_no_trigger_of_a_game_is_counted_and_forgotten(
    world: World, capsys: pytest.CaptureFixture[str], body: str
) -> None:
    assert world.deliver(body)
    assert metrics(capsys)["ControlRejected"] == [1.0]


def rival(world: World, monkeypatch: pytest.MonkeyPatch, moves: int, action: Action) -> None:
    """Somebody who moves the game on, so many times, between the reading of it and the writing."""
    advance_in_store = Turns.advance
    left = [moves]

    def late(turns: Turns, before: Game, after: Game) -> bool:
        if left[0]:
            left[0] -= 1
            other = advance(before, Trigger(before.game_id, action, f"rival-{left[0]}"), world.now)
            assert other is not None
            assert advance_in_store(turns, before, other)
            action_after = Action.RESUME if action is Action.PAUSE else Action.PAUSE
            rival_actions.append(action_after)
        return advance_in_store(turns, before, after)

    rival_actions: list[Action] = []
    monkeypatch.setattr(Turns, "advance", late)


def test_a_lost_race_is_decided_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a host's next that loses against a pause
    opened(world, time_limit=60)
    rival(world, monkeypatch, 1, Action.PAUSE)
    assert world.send("next", trigger_id="t")
    # THEN both have happened, and the pause was announced before the next
    told = [message["type"] for message in world.messages()]
    assert told == ["new_question", "quiz_paused", "question_closing"]
    assert (world.game().paused, world.game().announced) == (True, world.game().version)


def test_a_tick_that_lost_a_race_leaves_the_winner_its_own_timer(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    game = opened(world)
    body = world.next()
    world.now = game.due_at
    rival(world, monkeypatch, 1, Action.PAUSE)
    assert world.deliver(body)
    # The pause does not move the end of the question, and its timer brings that.
    world.step()
    assert (world.game().phase, world.game().paused) == (Phase.CLOSED, True)


def test_races_that_are_lost_every_time_come_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(world, time_limit=60)
    monkeypatch.setattr(Turns, "advance", lambda *_: False)
    assert not world.send("next", trigger_id="t")
    assert world.hurried == [2]


@pytest.mark.parametrize(("receives", "seconds"), [(1, 2), (2, 4), (5, 32), (6, 60), (900, 60)])
def test_what_failed_comes_again_soon_but_not_forever_as_soon(world: World, receives: int, seconds: int) -> None:
    game = opened(world)
    body = world.next()
    world.now = game.due_at
    world.refuse["SendMessage"] = ConnectTimeoutError(endpoint_url="there")
    assert not world.deliver(body, receives)
    assert world.hurried == [seconds]
    # The transition is made, and what is missing is done when the trigger comes again.
    assert (world.game().phase, world.game().announced) == (Phase.CLOSED, game.version)
    world.refuse.clear()
    assert world.deliver(body)
    assert world.game().announced == world.game().version
    world.run()


def test_a_queue_that_does_not_hurry_is_no_further_failure(world: World) -> None:
    game = opened(world)
    world.now = game.due_at
    refusal: Any = {"Error": {"Code": "AccessDenied", "Message": ""}, "ResponseMetadata": {"HTTPStatusCode": 403}}
    world.refuse["SendMessage"] = ConnectTimeoutError(endpoint_url="there")
    world.refuse["ChangeMessageVisibility"] = ClientError(refusal, "ChangeMessageVisibility")
    assert not world.deliver(world.next())


def test_one_bad_trigger_holds_back_no_other(world: World) -> None:
    game = opened(world)
    world.now = game.due_at
    good = {"messageId": "good", "body": world.next(), "receiptHandle": "h", "attributes": {}}
    bad = {**good, "messageId": "bad", "body": "{"}
    gone = {**good, "messageId": "gone", "body": json.dumps({"game_id": "game-" + "0" * 20, "action": "next"})}
    assert world.invoke({"Records": [bad, good, gone]}) == {"batchItemFailures": []}
    assert world.game().phase is Phase.CLOSED


def test_without_time_left_triggers_wait_for_the_next_delivery(world: World) -> None:
    game = opened(world)
    record = {"messageId": "m1", "body": world.next(), "receiptHandle": "h", "attributes": {}}
    response = clock.handler({"Records": [record]}, context(4_000))
    assert response == {"batchItemFailures": [{"itemIdentifier": "m1"}]}
    assert world.game() == game


def test_no_records_are_no_failures(world: World) -> None:
    assert world.invoke({"Records": []}) == {"batchItemFailures": []}


def test_two_games_at_once_cross_nothing(world: World) -> None:
    # GIVEN two games that are played in the same moments
    for quiz, player in (("quiz", "ann"), ("other", "ben")):
        world.bank(quiz_id=quiz, questions=1, lobby_seconds=0)
        world.event("start", f"event-{quiz}", quiz)
        world.join(player, quiz=quiz)
    world.step(2)
    world.answer("ann", quiz="quiz")
    while world.waiting:
        world.step()
    # THEN each has messages, players and results of its own
    for quiz, player, score in (("quiz", "ann", 975), ("other", "ben", 0)):
        game = world.game(quiz)
        assert [m["type"] for m in world.messages(quiz=quiz)] == ["new_question", "question_closed", "quiz_ended"]
        assert {name for job in world.jobs if job.game_id == game.game_id for name in job.you} == {f"id-{player}"}
        results = json.loads(world.objects()[f"live-results/{game.game_id}/results.json"])
        assert [(each["name"], each["score"]) for each in results["players"]] == [(player, score)]
