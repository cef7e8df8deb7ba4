"""The broadcast workers: who gets what, and what follows from each answer."""

from typing import Any

import pytest
from msgspec import json, structs

from adapters.live import posting
from handlers.scheduler import broadcast
from quiz.live.messages import You
from tests.unit.builders import refused
from tests.unit.scheduler.endpoint import HANG_UP, LAST_WORDS, SILENCE, Endpoint
from tests.unit.scheduler.workers import GAME, MESSAGE, OTHER, Workers, job, now
from tests.unit.scheduler.world import metrics


def test_everybody_in_the_shard_gets_the_message(workers: Workers, endpoint: Endpoint) -> None:
    ids = [f"L0SM9cOFvHcC{number:03d}=" for number in range(100)]
    workers.listen(*ids)
    assert workers.work(job()) == []
    assert endpoint.bodies() == dict.fromkeys(ids, MESSAGE)
    assert len(endpoint.posts) == 100
    # Lines are kept: there are no more of them than threads.
    assert endpoint.lines <= 32
    workers.work(job())
    assert endpoint.lines <= 32


def test_each_player_is_told_where_they_stand_on_all_their_connections(workers: Workers, endpoint: Endpoint) -> None:
    workers.listen("phone", "laptop", player="ann")
    workers.listen("host")
    workers.work(job(you={"ann": You(1, 975, 975, True), "ben": You(2, 0, 0, None)}))
    told = {name: json.decode(body) for name, body in endpoint.bodies().items()}
    assert told["phone"] == told["laptop"]
    assert told["phone"]["you"] == {"rank": 1, "score": 975, "earned": 975, "correct": True}
    assert "you" not in told["host"]


def test_nothing_crosses_to_another_game_or_shard(workers: Workers, endpoint: Endpoint) -> None:
    workers.listen("here")
    workers.listen("next-door", shard=1)
    workers.listen("elsewhere", game_id=OTHER)
    # One connection may listen to both.
    workers.listen("here", game_id=OTHER)
    endpoint.statuses["here"] = [410]
    assert workers.work(job()) == []
    assert endpoint.asked() == [("POST", "here")]
    assert workers.listening() == {f"{GAME}#1 next-door", f"{OTHER}#0 elsewhere", f"{OTHER}#0 here"}


def test_the_parts_of_a_shard_make_up_the_whole(workers: Workers, endpoint: Endpoint) -> None:
    ids = [f"c{number}" for number in range(40)]
    workers.listen(*ids)
    assert workers.work(job(part=0, parts=3)) == []
    some = set(endpoint.bodies())
    assert 0 < len(some) < 40
    assert workers.work(job(part=1, parts=3), job(part=2, parts=3)) == []
    assert sorted(post.connection_id for post in endpoint.posts) == sorted(ids)


def test_a_closed_connection_is_forgotten_and_no_other(
    workers: Workers, endpoint: Endpoint, capsys: pytest.CaptureFixture[str]
) -> None:
    workers.listen("there", "gone")
    endpoint.statuses["gone"] = [410]
    assert workers.work(job()) == []
    assert workers.listening() == {f"{GAME}#0 there"}
    assert workers.handed_on() == []
    written = metrics(capsys)
    assert (written["MessagesPosted"], written["ConnectionsGone"]) == ([1.0], [1.0])
    assert 0 <= written["BroadcastLatency"][0] < 60_000


def test_a_closed_connection_that_cannot_be_forgotten_holds_up_nothing(workers: Workers, endpoint: Endpoint) -> None:
    workers.listen("there", "gone")
    endpoint.statuses["gone"] = [410]
    workers.calls.answers["DeleteItem"] = lambda _: refused("ThrottlingException")
    assert workers.work(job()) == []
    assert workers.listening() == {f"{GAME}#0 there", f"{GAME}#0 gone"}


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, HANG_UP, SILENCE])
def test_who_cannot_be_reached_for_now_gets_a_job_of_their_own(
    workers: Workers, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    monkeypatch.setattr(posting, "_ANSWER_SECONDS", 0.1)
    workers.listen("ann", "ben")
    endpoint.statuses["ben"] = [status]
    standings = {f"player-of-{name}": You(1, 1, 1, True) for name in ("ann", "ben")}
    given = job(you=standings, useless_after=now() + 60_000)
    assert workers.work(given) == []
    [(delay, rest)] = workers.handed_on()
    assert delay == 1
    theirs = {"player-of-ben": standings["player-of-ben"]}
    assert rest == structs.replace(given, only=("ben",), attempt=2, you=theirs)
    assert bytes(rest.message) == MESSAGE
    assert workers.listening() == {f"{GAME}#0 ann", f"{GAME}#0 ben"}
    # The job of their own reaches them alone.
    endpoint.posts.clear()
    endpoint.statuses.clear()
    assert workers.work(rest) == []
    assert endpoint.asked() == [("POST", "ben")]


def test_after_five_attempts_a_connection_is_given_up(
    workers: Workers, endpoint: Endpoint, capsys: pytest.CaptureFixture[str]
) -> None:
    workers.listen("deaf")
    endpoint.statuses["deaf"] = [429]
    given, delays = job(), []
    while True:
        before = len(workers.handed_on())
        assert workers.work(given) == []
        if len(workers.handed_on()) == before:
            break
        delay, given = workers.handed_on()[-1]
        delays.append(delay)
    assert (delays, len(endpoint.posts)) == ([1, 2, 3, 4], 5)
    assert metrics(capsys)["BroadcastDropped"] == [1.0]
    assert workers.listening() == {f"{GAME}#0 deaf"}


@pytest.mark.parametrize("status", [400, 403, 404, 413])
def test_what_is_refused_is_reported_and_deletes_nobody(
    workers: Workers, endpoint: Endpoint, capsys: pytest.CaptureFixture[str], status: int
) -> None:
    workers.listen("ann", "ben", "cem")
    endpoint.statuses |= {"ann": [status], "ben": [status]}
    assert workers.work(job()) == []
    assert len(workers.listening()) == 3
    assert workers.handed_on() == []
    lines = [json.decode(line) for line in capsys.readouterr().out.splitlines()]
    [error] = [line for line in lines if line.get("level") == "ERROR"]
    assert error["statuses"] == {str(status): 2}
    [written] = [line for line in lines if "_aws" in line]
    assert (written["BroadcastFailed"], written["MessagesPosted"]) == ([2.0], [1.0])


def test_a_player_who_is_sent_away_hears_it_and_is_cut_off(workers: Workers, endpoint: Endpoint) -> None:
    workers.listen("phone", "laptop", player="ann")
    workers.listen("other")
    assert workers.work(job(kick="ann")) == []
    assert endpoint.asked() == [("DELETE", "laptop"), ("DELETE", "phone"), ("POST", "laptop"), ("POST", "phone")]
    assert workers.listening() == {f"{GAME}#0 other"}
    # Again, as a queue may deliver it: there is nobody left.
    endpoint.posts.clear()
    assert workers.work(job(kick="ann")) == []
    assert endpoint.posts == []


@pytest.mark.parametrize("statuses", [[410], [200, 410]])
def test_who_is_sent_away_and_gone_already_is_forgotten(
    workers: Workers, endpoint: Endpoint, statuses: list[int]
) -> None:
    workers.listen("phone", player="ann")
    endpoint.statuses["phone"] = statuses
    assert workers.work(job(kick="ann")) == []
    assert workers.listening() == set()


@pytest.mark.parametrize("statuses", [[429, 200], [200, 503]])
def test_sending_somebody_away_is_tried_again(workers: Workers, endpoint: Endpoint, statuses: list[int]) -> None:
    workers.listen("phone", player="ann")
    endpoint.statuses["phone"] = statuses
    assert workers.work(job(kick="ann")) == []
    [(_, rest)] = workers.handed_on()
    assert (rest.kick, rest.only) == ("ann", ("phone",))
    endpoint.statuses.clear()
    assert workers.work(rest) == []
    assert workers.listening() == set()


def test_a_message_that_nobody_needs_any_more_is_not_sent(workers: Workers, endpoint: Endpoint) -> None:
    workers.listen("ann")
    assert workers.work(job(useless_after=now() - 1)) == []
    assert (endpoint.posts, workers.calls.made) == ([], [])
    assert workers.work(job(useless_after=now() + 60_000)) == []
    assert len(endpoint.posts) == 1


def test_a_line_that_was_closed_meanwhile_costs_nobody_the_message(workers: Workers, endpoint: Endpoint) -> None:
    workers.listen("ann")
    endpoint.statuses["ann"] = [LAST_WORDS, 200]
    assert workers.work(job()) == []
    assert workers.work(job()) == []
    assert [post.connection_id for post in endpoint.posts] == ["ann", "ann"]
    assert (endpoint.lines, workers.handed_on()) == (2, [])


def test_an_endpoint_that_is_not_there_is_tried_again_later(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    workers.listen("ann")
    assert workers.work(job()) == []
    assert [(delay, rest.only) for delay, rest in workers.handed_on()] == [(1, ("ann",))]


@pytest.mark.parametrize("operation", ["Query", "SendMessage"])
def test_a_job_that_cannot_be_done_for_now_fails_alone(workers: Workers, endpoint: Endpoint, operation: str) -> None:
    workers.listen("ann")
    workers.listen("ben", game_id=OTHER)
    endpoint.statuses["ann"] = [429]

    def trouble(call: dict[str, Any]) -> Any:
        return refused("ThrottlingException") if GAME in str(call) else None

    workers.calls.answers[operation] = trouble
    assert workers.work(job(), job(game_id=OTHER)) == ["0"]
    assert "ben" in endpoint.bodies()


def test_a_job_that_cannot_be_read_fails_alone(workers: Workers, endpoint: Endpoint) -> None:
    workers.listen("ann")
    good = json.encode(job()).decode()
    assert workers.work_on("{", good, "[]", "\ud800") == ["0", "2", "3"]
    assert endpoint.asked() == [("POST", "ann")]


def test_without_time_left_jobs_wait(workers: Workers, endpoint: Endpoint) -> None:
    workers.listen("ann")
    assert workers.work(job(), remaining_ms=5_000) == ["0"]
    assert (endpoint.posts, workers.calls.made) == ([], [])


def test_posts_that_time_has_not_sufficed_for_are_handed_on(workers: Workers, endpoint: Endpoint) -> None:
    workers.listen("ann", "ben")
    left = iter([True, False])
    broadcast.bootstrap().deliver(job(), lambda: next(left))
    [(_, rest)] = workers.handed_on()
    assert len(rest.only) == len(endpoint.posts) == 1


def test_a_warm_job_makes_one_call(workers: Workers) -> None:
    workers.listen("ann", "ben")
    workers.work(job())
    with workers.calls.counted() as made:
        workers.work(job())
    assert made == ["Query"]
