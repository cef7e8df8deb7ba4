"""Whatever comes over a WebSocket and whatever goes wrong then, no log line holds a token, an answer or a key."""

import json
from typing import Any

import pytest

from handlers.api import socket
from handlers.authorizer import token as authorizer
from quiz.keys import ShortText, TextAnswer
from quiz.questions import Definition, Question
from tests.unit.builders import Calls, context, definition
from tests.unit.canaries import ANSWER, FAULTS, HEADERS, KEY, TOKEN, found_in, let_fail
from tests.unit.live_api.support import Clock, Person, frame
from tests.unit.log_support import lines

_OPEN = {"action": "answer", "quiz_id": "quiz", "question_id": "q1"}
_MESSAGES: list[Any] = [
    {"action": "join_quiz", "quiz_id": "quiz", "user_info": {"name": "Ann"}},
    {**_OPEN, "answer": ANSWER},
    {**_OPEN, "answer": ANSWER},
    {**_OPEN, "answer": [ANSWER, KEY]},
    {**_OPEN, "answer": {"deep": {"deeper": ANSWER}}, "token": TOKEN},
    {**_OPEN, "question_id": "q9", "answer": ANSWER},
    {"action": "kick", "quiz_id": "quiz", "participant_id": "ann"},
    {"action": "answer", "answer": ANSWER},
    f'{{"action": "answer", "answer": {ANSWER}',
    f"{TOKEN}",
    json.dumps([ANSWER]),
]


@pytest.fixture
def quiz() -> Definition:
    """One question, whose key is a canary."""
    key = ShortText((TextAnswer(KEY, feedback=KEY),))
    return definition(Question(question_id="q1", text="Say it.", key=key, explanation=KEY))


@pytest.mark.parametrize("fault", FAULTS)
def test_no_message_is_logged(
    capsys: pytest.CaptureFixture[str], fault: str, live: Calls, lobby: str, ann: Person, clock: Clock
) -> None:
    ann.join("Ann")
    clock.start()
    lines(capsys)
    for step in (None, fault):
        let_fail(live, step or "none")
        for message in _MESSAGES:
            for groups in ("", "instructors"):
                socket.handler(frame(message, "ann", groups, "c1"), context())
    clock.close()
    socket.handler(frame({**_OPEN, "answer": ANSWER}, "ann", "", "c1"), context())
    assert found_in(capsys, least=20) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_no_connection_is_logged_with_its_token(capsys: pytest.CaptureFixture[str], fault: str, live: Calls) -> None:
    let_fail(live, fault)
    place = {"connectionId": "c1", "requestId": "r1"}
    brought = {"headers": HEADERS, "multiValueHeaders": {"Sec-WebSocket-Protocol": ["bearer", TOKEN]}}
    query = {"queryStringParameters": {"token": TOKEN}, "rawQueryString": f"token={TOKEN}"}
    for route in ("$connect", "$disconnect"):
        event = {"requestContext": {**place, "routeKey": route}, **brought, **query}
        try:
            socket.handler(event, context())
        except Exception as error:  # noqa: BLE001  # Lambda logs what leaves the function
            print(repr(error))  # noqa: T201
    assert found_in(capsys) == []


@pytest.mark.parametrize("fault", ["unreachable", "misconfigured", "ours"])
def test_no_token_is_logged_when_it_is_looked_at(
    capsys: pytest.CaptureFixture[str], fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if fault != "misconfigured":
        for name in ("AWS_REGION", "USER_POOL_ID", "USER_POOL_CLIENT_ID"):
            monkeypatch.setenv(name, "x")
        monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    if fault == "ours":

        def quote(self: Any, given: str) -> Any:
            raise KeyError(given)

        monkeypatch.setattr("adapters.tokens.Tokens.verify", quote)
    signed = "eyJhbGciOiJSUzI1NiIsImtpZCI6ImsifQ." + TOKEN.partition(".")[2]
    for given in (TOKEN, signed, f"x{TOKEN}", TOKEN.replace(".", "")):
        event = {
            "methodArn": "arn",
            "requestContext": {"routeKey": "$connect", "requestId": "r1"},
            "headers": {"Sec-WebSocket-Protocol": f"bearer, {given}"},
            "queryStringParameters": {"token": given},
        }
        try:
            authorizer.handler(event, context())
        except Exception as error:  # noqa: BLE001  # Lambda logs what leaves the function
            print(repr(error))  # noqa: T201
    assert found_in(capsys, least=4) == []
