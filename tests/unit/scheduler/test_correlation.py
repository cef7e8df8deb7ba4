"""The clock and the workers go on under the id of what set them off, and hand it on."""

import json
from typing import Any

import msgspec
import pytest

from handlers.scheduler import broadcast, clock
from quiz.live.games import Phase
from tests.unit.builders import context
from tests.unit.log_support import ids, lines, metrics_of, said
from tests.unit.scheduler.endpoint import Endpoint
from tests.unit.scheduler.workers import GAME, OTHER, Workers, job
from tests.unit.scheduler.world import World

Capture = pytest.CaptureFixture[str]


def _record(number: int, body: str, correlation_id: str) -> dict[str, Any]:
    return {
        "messageId": f"m{number}",
        "receiptHandle": "handle",
        "body": body,
        "attributes": {"ApproximateReceiveCount": "1"},
        "messageAttributes": {"correlation_id": {"dataType": "String", "stringValue": correlation_id}},
    }


def test_an_event_of_the_bus_gives_its_id_to_what_follows(world: World, capsys: Capture) -> None:
    world.bank(lobby_seconds=0)
    world.event("start", "event-7")
    assert world.correlated == ["event-7"]
    written = lines(capsys)
    line = said(written, "a control event was handed to the clock")
    assert (line["game_id"], line["quiz_id"]) == (world.game().game_id, "quiz")
    assert ids(written) == {"event-7"}


def test_the_clock_hands_the_id_to_the_workers_and_to_itself(world: World, capsys: Capture) -> None:
    world.bank(lobby_seconds=0, expected_players=5_000)
    world.event("start")
    world.correlated.clear()
    lines(capsys)
    assert world.deliver(world.next(), correlation_id="host-1")
    # As many jobs as shards, sent in threads, and the tick that closes the question.
    assert len(world.correlated) == len(world.jobs) + 1 > 10
    assert set(world.correlated) == {"host-1"}
    moved = said(lines(capsys), "a game moved on")
    assert (moved["correlation_id"], moved["phase"], moved["action"]) == ("host-1", "open", "start")
    assert (moved["game_id"], moved["quiz_id"], moved["version"]) == (world.game().game_id, "quiz", 2)
    # The tick keeps it, and so does one that came too early and is sent again.
    tick = world.waiting.pop()[1]
    world.correlated.clear()
    assert world.deliver(tick, correlation_id="host-1")
    assert world.correlated == ["host-1"]
    world.deliver(world.next(), correlation_id="host-1")
    assert world.game().phase is Phase.CLOSED
    assert set(world.correlated) == {"host-1"}


def test_triggers_side_by_side_are_not_mixed_up(world: World, capsys: Capture) -> None:
    names = [f"quiz-{number}" for number in range(5)]
    for name in names:
        world.bank(quiz_id=name, lobby_seconds=600)
        world.event("start", f"event-{name}", name)
    games = {name: world.game(name).game_id for name in names}
    lines(capsys)
    wishes = [{"game_id": games[name], "action": "start", "trigger_id": "t"} for name in names]
    records = [_record(number, json.dumps(wish), f"c-{names[number]}") for number, wish in enumerate(wishes)]
    assert world.invoke({"Records": records}) == {"batchItemFailures": []}
    moved = [line for line in lines(capsys) if line.get("message") == "a game moved on"]
    assert {(line["quiz_id"], line["game_id"], line["correlation_id"]) for line in moved} == {
        (name, games[name], f"c-{name}") for name in names
    }


def test_a_failed_trigger_is_logged_under_its_id(world: World, capsys: Capture) -> None:
    world.bank(lobby_seconds=0)
    world.event("start")
    body = world.next()
    lines(capsys)
    world.refuse["GetItem"] = ValueError("SECRET")
    assert not world.deliver(body, correlation_id="host-2")
    written = lines(capsys)
    assert said(written, "a trigger failed")["correlation_id"] == "host-2"
    assert "SECRET" not in json.dumps(written)
    assert metrics_of(written)["outcome"] == "failed"


def test_a_worker_posts_under_the_id_of_its_job(workers: Workers, endpoint: Endpoint, capsys: Capture) -> None:
    workers.listen("one", "busy")
    workers.listen("two", game_id=OTHER)
    endpoint.statuses["busy"] = [429]
    bodies = [msgspec.json.encode(each).decode() for each in (job(), job(game_id=OTHER))]
    records = [_record(number, body, f"c-{number}") for number, body in enumerate(bodies)]
    lines(capsys)
    assert broadcast.handler({"Records": records}, context()) == {"batchItemFailures": []}
    posted = [line for line in lines(capsys) if line.get("message") == "a message was posted"]
    assert [(line["game_id"], line["correlation_id"], line["posted"], line["later"]) for line in posted] == [
        (GAME, "c-0", 1, 1),
        (OTHER, "c-1", 1, 0),
    ]
    # Whoever could not be reached is told later, under the same id.
    [handed_on] = [made for name, made in workers.calls.made if name == "SendMessage"]
    assert handed_on["MessageAttributes"]["correlation_id"]["StringValue"] == "c-0"


UNREADABLE = {"messageId": "m7", "body": "{", "receiptHandle": "handle", "attributes": {}}


def test_a_trigger_without_an_id_goes_under_its_own(world: World, capsys: Capture) -> None:
    clock.handler({"Records": [UNREADABLE]}, context())
    assert said(lines(capsys), "a trigger cannot be read")["correlation_id"] == "m7"


def test_a_job_without_an_id_goes_under_its_own(workers: Workers, capsys: Capture) -> None:
    broadcast.handler({"Records": [UNREADABLE]}, context())
    assert said(lines(capsys), "a job failed")["correlation_id"] == "m7"
