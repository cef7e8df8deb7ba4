"""The environment dies after each call that it makes, and the event comes again: nothing is lost, nothing differs."""

import json
from typing import Any

import pytest
from moto import mock_aws

from quiz.live.games import Phase
from tests.unit.scheduler.world import Crash, World, forget

# More calls than one game makes.
_ENOUGH = 100


def play(world: World, crash_after: int | None) -> bool:
    """A whole game; whether the crash came."""
    world.bank(lobby_seconds=5)
    world.crash_after = crash_after
    again(world, lambda: world.event("start"))
    world.join("ann", "ben")
    game_id = world.game().game_id
    # Joining takes time here, and the lobby's is to be the same in every run.
    while world.waiting:
        game = world.game(game_id)
        if game.phase is Phase.OPEN and game.announced == game.version:
            world.answer("ann", True, after_ms=1_000, game=game)
            world.answer("ben", False, after_ms=2_000, game=game)
        body = world.next()
        again(world, lambda body=body: world.deliver(body))
    return crash_after is not None and world.crash_after is not None and world.crash_after <= 0


def again(world: World, deliver: Any) -> None:
    """As the queue does it, but in no time, so that what comes of it can be compared to the digit."""
    begun = world.now
    try:
        deliver()
    except Crash:
        world.now = begun
        deliver()


def outcome(world: World) -> dict[str, Any]:
    """Everything that anybody could see of the game, each message once; what names a run is left out."""
    game = world.game()
    jobs = {(job.version, job.shard, job.part): job for job in world.jobs}
    seen = {
        "game": repr(game),
        "jobs": {key: (bytes(job.message).decode(), repr(sorted(job.you.items()))) for key, job in jobs.items()},
        "objects": world.objects(),
        "told": {json.dumps(each.get("detail") or each["Message"]) for each in world.told()},
    }
    return {name: repr(value).replace(game.join_code, "CODE") for name, value in seen.items()}


@pytest.mark.long
def test_a_crash_after_any_call_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    expected, crashed_at, calls = None, [], []
    for number in (None, *range(1, _ENOUGH)):
        with mock_aws(), monkeypatch.context() as patched:
            forget()
            world = World(patched)
            crashed = play(world, number)
            game = world.game()
            assert (game.phase, game.announced) == (Phase.ENDED, game.version)
            seen = outcome(world)
            expected = expected or seen
            assert seen == expected, f"after call {number}"
            forget()
        if number is None:
            calls = world.calls
        elif crashed:
            crashed_at.append(number)
        else:
            break
    # One crash after each of the calls of an undisturbed game, and it was undisturbed when there was none left.
    assert crashed_at == list(range(1, len(calls) + 1))
    assert {"UpdateItem", "TransactWriteItems", "SendMessage", "PutObject"} < set(calls)
    assert {"Publish", "PutEvents", "BatchWriteItem"} < set(calls)


@pytest.mark.parametrize("action", ["pause", "next", "end"])
def test_a_crash_before_the_announcement_is_made_up_for_by_whoever_comes_next(world: World, action: str) -> None:
    # GIVEN a question that was opened, and an environment that died before it told anybody
    world.bank(questions=2, lobby_seconds=0, time_limit=60)
    world.event("start")
    world.calls.clear()
    world.crash_after = 2
    body = world.next()
    with pytest.raises(Crash):
        world.deliver(body)
    assert world.calls == ["GetItem", "UpdateItem"]
    assert (world.game().phase, world.messages(), world.waiting) == (Phase.OPEN, [], [])
    # WHEN a host does something else, before the trigger comes again
    assert world.send(action, trigger_id="t")
    assert world.deliver(body)
    # THEN players have heard of the question, and then of what the host did
    told = [message["type"] for message in world.messages()]
    assert told == ["new_question", "quiz_paused" if action == "pause" else "question_closing"]
    assert [message["version"] for message in world.messages()] == [2, 3]
    assert world.game().announced == 3
    world.run(Phase.CLOSED)
