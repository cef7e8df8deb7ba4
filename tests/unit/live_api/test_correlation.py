"""What hosts and players say has an id, which goes along to the clock and to those who are told."""

from typing import Any

import pytest

from handlers.api import socket
from tests.unit.api.driver import INSTRUCTOR, REQUEST_ID, call
from tests.unit.builders import Calls, context, refused
from tests.unit.live_api.support import Clock, Person
from tests.unit.log_support import ids, lines, metrics_of, said

MESSAGE_ID = "BFaVtH2HoAMFZEQ="


def _sent(live: Calls) -> list[str]:
    """The ids of the messages that were sent to queues."""
    sent = [payload for name, payload in live.made if name == "SendMessage"]
    return [payload["MessageAttributes"]["correlation_id"]["StringValue"] for payload in sent]


def test_a_wish_of_a_host_carries_the_id_of_its_message(
    capsys: pytest.CaptureFixture[str], host: Person, live: Calls, clock: Clock
) -> None:
    host.say("start_quiz", request_id="7")
    assert _sent(live) == [MESSAGE_ID]
    written = lines(capsys)
    assert ids(written) == {MESSAGE_ID}
    line = said(written, "a wish was handed to the clock")
    game = clock.game()
    assert (line["game_id"], line["quiz_id"], line["action"]) == (game.game_id, "quiz", "start")
    assert (line["message_request_id"], line["connection_id"]) == ("7", host.connection)


@pytest.mark.parametrize(("headers", "expected"), [({"x-correlation-id": "c-1"}, "c-1"), ({}, REQUEST_ID)])
def test_a_wish_over_http_carries_the_id_of_its_request(
    capsys: pytest.CaptureFixture[str], headers: dict[str, str], expected: str, live: Calls
) -> None:
    call("POST /live/{quiz_id}", {"action": "open"}, groups=INSTRUCTOR, headers=headers)
    reply = call("POST /live/{quiz_id}", {"action": "start"}, groups=INSTRUCTOR, headers=headers)
    assert _sent(live) == [expected]
    written = lines(capsys)
    assert ids(written) == {expected}
    assert ids(written, "game_id") == {reply.body["game_id"]}


def test_the_job_that_sends_a_player_away_carries_the_id(
    capsys: pytest.CaptureFixture[str], host: Person, ann: Person, lobby: str, live: Calls
) -> None:
    ann.join("Ann")
    live.made.clear()
    lines(capsys)
    host.say("kick", participant_id="ann")
    assert _sent(live) == [MESSAGE_ID]
    assert said(lines(capsys), "a player was sent away")["game_id"] == lobby


def test_an_answer_is_found_by_what_its_player_calls_it(
    capsys: pytest.CaptureFixture[str], ann: Person, lobby: str, clock: Clock
) -> None:
    ann.join("Ann")
    clock.start()
    lines(capsys)
    ann.answer("q1", "drum", request_id="41")
    # The metrics are the one line of an answer that counts: there are many of them.
    [line] = lines(capsys)
    assert line["AnswersAccepted"] == [1]
    assert (line["message_request_id"], line["game_id"], line["quiz_id"]) == ("41", lobby, "quiz")
    assert (line["correlation_id"], line["outcome"]) == (MESSAGE_ID, "ok")


def test_a_refused_message_is_no_failure(capsys: pytest.CaptureFixture[str], ann: Person, lobby: str) -> None:
    lines(capsys)
    ann.say("start_quiz")
    written = lines(capsys)
    line = said(written, "the message was rejected")
    assert (line["error_code"], line["level"]) == ("forbidden", "INFO")
    assert "LiveFailed" not in metrics_of(written)


@pytest.mark.parametrize("fault", ["passing", "ours"])
def test_a_message_that_fails_by_our_fault_is_counted(
    capsys: pytest.CaptureFixture[str], fault: str, ann: Person, live: Calls, lobby: str
) -> None:
    def fail(_: Any) -> Any:
        if fault == "ours":
            raise KeyError("SECRET")
        return refused("ThrottlingException")

    lines(capsys)
    live.answers["GetItem"] = fail
    assert ann.join("Ann")["type"] == "error"
    written = lines(capsys)
    assert metrics_of(written)["LiveFailed"] == [1]
    assert metrics_of(written)["outcome"] == "failed"
    assert said(written, "the message failed")["quiz_id"] == "quiz"
    assert "SECRET" not in str([line.get("stack_trace", {}).get("value") for line in written])


def test_connections_are_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    place = {"routeKey": "$connect", "connectionId": "c1", "requestId": "r1", "eventType": "CONNECT"}
    socket.handler({"requestContext": place, "headers": {"X-Correlation-Id": "phone-1"}}, context())
    [line] = lines(capsys)
    assert line["ConnectionsOpened"] == [1]
    assert (line["correlation_id"], line["connection_id"]) == ("phone-1", "c1")
