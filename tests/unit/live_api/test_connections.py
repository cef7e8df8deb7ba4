"""Connections come and go, and whatever comes over them gets an answer."""

import json
from base64 import b64encode
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from handlers.api import socket
from tests.unit.builders import Calls, context, refused
from tests.unit.live_api.conftest import connections
from tests.unit.live_api.support import Person, frame, send
from tests.unit.strategies import json_values

HOST = "abcdefghij.execute-api.eu-central-1.amazonaws.com"
HEADERS = {
    "Host": HOST,
    "Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits",
    "Sec-WebSocket-Key": "+W5xw47OHh3OTFsWKjGu9Q==",
    "Sec-WebSocket-Version": "13",
    "X-Forwarded-For": "192.0.2.1",
}
MANY = {name: [value] for name, value in HEADERS.items()}
RECORDED = {
    "extendedRequestId": "BFHPhFe3IAMF95g=",
    "requestTime": "11/Nov/2024:11:35:24 +0000",
    "messageDirection": "IN",
    "stage": "live",
    "connectedAt": 1731324924553,
    "requestTimeEpoch": 1731324924561,
    "identity": {"sourceIp": "192.0.2.1"},
    "requestId": "BFHPhFe3IAMF95g=",
    "domainName": HOST,
    "connectionId": "BFHPhfCWIAMCKlQ=",
    "apiId": "abcdefghij",
}


def _event(route: str, connection: str = "c1", **more: Any) -> dict[str, Any]:
    return {"requestContext": {"routeKey": route, "connectionId": connection, "requestId": "r"}, **more}


class TestConnecting:
    @pytest.mark.parametrize(
        "offered",
        [
            {"headers": {"Sec-WebSocket-Protocol": "bearer, token"}},
            {"headers": {"sec-websocket-protocol": "bearer,token"}},
            {"multiValueHeaders": {"SEC-WEBSOCKET-PROTOCOL": ["bearer", "token"]}, "headers": {}},
        ],
    )
    def test_takes_up_the_subprotocol(self, offered: dict[str, Any], calls: Calls) -> None:
        answer = socket.handler(_event("$connect", **offered), context())
        assert answer == {"statusCode": 200, "headers": {"Sec-WebSocket-Protocol": "bearer"}}

    @pytest.mark.parametrize(
        "offered",
        [
            {},
            {"headers": None, "multiValueHeaders": None},
            {"headers": {"Sec-WebSocket-Protocol": "mqtt"}},
            {"headers": {}, "queryStringParameters": {"token": "t"}},
        ],
    )
    def test_takes_up_none_that_was_not_offered(self, offered: dict[str, Any]) -> None:
        assert socket.handler(_event("$connect", **offered), context()) == {"statusCode": 200}

    def test_needs_no_table(self, live: Calls) -> None:
        with live.counted() as names:
            socket.handler(_event("$connect"), context())
        assert names == []


class TestDisconnecting:
    def test_forgets_the_connection_everywhere(
        self, lobby: str, ann: Person, bob: Person, database: Any, live: Calls
    ) -> None:
        ann.join("Ann")
        bob.join("Bob")
        with live.counted() as names:
            assert socket.handler(_event("$disconnect", ann.connection), context()) == {"statusCode": 200}
        assert names == ["Query", "DeleteItem"]
        assert connections(database) == {(lobby, bob.connection)}

    def test_of_somebody_who_never_joined_is_one_call(self, live: Calls) -> None:
        with live.counted() as names:
            socket.handler(_event("$disconnect"), context())
        assert names == ["Query"]

    def test_is_no_error_where_the_table_is_throttled(self, live: Calls) -> None:
        live.answers["Query"] = lambda call: refused("ThrottlingException")
        assert socket.handler(_event("$disconnect"), context()) == {"statusCode": 200}


class TestPing:
    def test_tells_the_time_and_asks_nobody(self, ann: Person, live: Calls) -> None:
        with live.counted() as names:
            reply = send(frame({"action": "ping", "request_id": "r1"}, "ann"))
        assert reply == {"type": "pong", "request_id": "r1", "server_time": "2026-09-21T14:13:20.000Z"}
        assert names == []

    def test_needs_somebody_who_was_let_in(self, live: Calls) -> None:
        reply = send(frame({"action": "ping", "request_id": "r1"}, None))
        assert reply == {"type": "error", "request_id": "r1", "error": "unauthenticated", "message": "sign in first"}

    @pytest.mark.parametrize("authorizer", [None, {}, {"user_id": ""}, {"principalId": "ann"}])
    def test_an_authorizer_that_names_nobody(self, authorizer: Any, live: Calls) -> None:
        event = frame({"action": "ping"}, "ann")
        event["requestContext"]["authorizer"] = authorizer
        assert send(event)["error"] == "unauthenticated"


class TestGarbage:
    @pytest.mark.parametrize(
        ("body", "code", "message"),
        [
            ("", "malformed_json", "truncated"),
            ("{", "malformed_json", "truncated"),
            ("nonsense", "malformed_json", "malformed"),
            ('{"action": "\ud800"}', "malformed_json", "surrogate"),
            ("[]", "invalid_input", "Expected `object`, got `array`"),
            ("{}", "invalid_input", "required field `action`"),
            ({"action": "dance"}, "invalid_input", "'dance' - at `$.action`"),
            ({"action": "leaderboard", "quiz_id": "quiz"}, "invalid_input", "at `$.action`"),
            ({"action": 1}, "invalid_input", "at `$.action`"),
            ({"action": "ping", "surprise": 1}, "invalid_input", "unknown field `surprise`"),
            ({"action": "ping", "request_id": "x" * 65}, "invalid_input", "at `$.request_id`"),
            ({"action": "join_quiz"}, "invalid_input", "required field `quiz_id`"),
            ({"action": "join_quiz", "quiz_id": ""}, "invalid_input", "at `$.quiz_id`"),
            ({"action": "join_quiz", "quiz_id": "q", "user_info": "Ann"}, "invalid_input", "at `$.user_info`"),
            ({"action": "join_quiz", "quiz_id": "q", "user_info": {"name": 1}}, "invalid_input", "user_info.name"),
            ({"action": "answer", "quiz_id": "q", "question_id": "q1"}, "invalid_input", "required field `answer`"),
            ({"action": "start_quiz", "quiz_id": "q", "version": "1"}, "invalid_input", "at `$.version`"),
            ('{"action":"ping","request_id":' + "[" * 4000, "invalid_input", "at `$.request_id`"),
            ('{"action":"ping"}' + "}", "malformed_json", "malformed"),
            ({"action": "answer", "quiz_id": "q", "question_id": "q1", "answer": "x" * 9000}, "too_large", "8192"),
        ],
    )
    def test_is_refused_with_the_path_of_the_fault(self, body: Any, code: str, message: str, live: Calls) -> None:
        with live.counted() as names:
            reply = send(frame(body, "ann", "instructors"))
        assert (reply["type"], reply["error"]) == ("error", code)
        assert message in reply["message"]
        assert names == []

    @pytest.mark.parametrize("body", ['{"action":"dance","request_id":"r1"}', '{"request_id":"r1","surprise":[]}'])
    def test_is_answered_to_its_id_where_that_can_be_read(self, body: str, live: Calls) -> None:
        assert send(frame(body, "ann"))["request_id"] == "r1"

    @pytest.mark.parametrize("raw", [b'{"action":"\xff"}', b'{"action":"ping","request_id":"\xed\xa0\x80"}'])
    def test_may_be_bytes_that_are_no_text(self, raw: bytes, live: Calls) -> None:
        reply = send({**frame(b64encode(raw).decode(), "ann"), "isBase64Encoded": True})
        assert (reply["error"], reply.get("request_id")) == ("malformed_json", None)

    @pytest.mark.parametrize("request_id", [1, None, {}, "x" * 65])
    def test_has_no_id_where_that_is_none(self, request_id: Any, live: Calls) -> None:
        assert "request_id" not in send(frame({"action": "dance", "request_id": request_id}, "ann"))

    def test_the_limit_of_bytes(self, live: Calls) -> None:
        exact = json.dumps({"action": "ping"}).ljust(8 * 1024)
        assert send(frame(exact, "ann"))["type"] == "pong"
        assert send(frame(exact + " ", "ann"))["error"] == "too_large"

    def test_binary_frames_are_decoded(self, live: Calls) -> None:
        good = b64encode(b'{"action": "ping"}').decode()
        for body, kind in ((good, "pong"), ("%", "error"), ("é", "error"), (b64encode(b"\xff").decode(), "error")):
            assert send({**frame(body, "ann"), "isBase64Encoded": True})["type"] == kind

    @pytest.mark.parametrize("lacking", ["body", "isBase64Encoded"])
    def test_what_api_gateway_leaves_out(self, lacking: str, live: Calls) -> None:
        event = frame({"action": "ping"}, "ann")
        del event[lacking]
        assert send(event)["type"] in ("pong", "error")
        assert send({**event, lacking: None})["type"] in ("pong", "error")

    @tuned(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
    @given(body=st.text())
    def test_any_text(self, body: str, live: Calls) -> None:
        assert send(frame(body, "ann", "instructors"))["error"] != "internal_error"

    @tuned(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
    @given(value=json_values, action=st.sampled_from(["join_quiz", "answer", "kick", "start_quiz", "ping"]))
    def test_any_value_anywhere(self, value: Any, action: str, lobby: str) -> None:
        good = {"action": action, "quiz_id": "quiz", "question_id": "q1", "answer": 1, "participant_id": "p"}
        fields = {"join_quiz": {"quiz_id"}, "answer": {"quiz_id", "question_id", "answer"}, "ping": set()}
        mine = fields.get(action, {"quiz_id", "participant_id"} if action == "kick" else {"quiz_id"})
        for name in ("action", "user_info", "version", "request_id", *mine):
            body = {**{each: good[each] for each in ("action", *mine)}, name: value}
            reply = send(frame(json.dumps(body, default=str), "teacher", "instructors"))
            assert reply.get("error") != "internal_error", body

    def test_nothing_of_a_message_is_logged(self, live: Calls, capsys: pytest.CaptureFixture[str]) -> None:
        for body in ('{"action":"answer","answer":"secret-thing"', {"action": "ping", "surprise": "secret-thing"}):
            send(frame(body, "ann"))
        assert "secret-thing" not in capsys.readouterr().out


class TestRecordedEvents:
    """In the shape of events that a real WebSocket API has sent."""

    @pytest.mark.parametrize(
        ("place", "more"),
        [
            ({"routeKey": "$connect", "eventType": "CONNECT"}, {"headers": HEADERS, "multiValueHeaders": MANY}),
            (
                {"routeKey": "$disconnect", "eventType": "DISCONNECT", "disconnectStatusCode": 1005},
                {"headers": {"Host": HOST, "x-restapi": ""}, "multiValueHeaders": {"Host": [HOST], "x-restapi": [""]}},
            ),
            (
                {"routeKey": "ping", "eventType": "MESSAGE", "messageId": "BFaVtfGSIAMCKug="},
                {"body": '{"action": "ping"}'},
            ),
        ],
    )
    def test_are_understood(self, place: dict[str, Any], more: dict[str, Any], live: Calls) -> None:
        event = {"requestContext": {**RECORDED, **place}, "isBase64Encoded": False, **more}
        assert socket.handler(event, context())["statusCode"] == 200
