"""`GET /leaderboard/{quiz_id}` and the message `leaderboard`."""

import json
from base64 import b64encode
from typing import Any

import pytest
from redis import Redis

from adapters.live.board import Board
from handlers.cache.leaderboard import ROUTES, handler
from tests.unit.builders import Calls, context, refused
from tests.unit.cache.support import GAME, GAME_ID, expected, fill, places, player

CLASS = [player(f"player-{number:02d}", score=number) for number in range(30)]
ME = "player-07"


@pytest.fixture(autouse=True)
def game(database: Any, board: Board, functions: Calls) -> None:
    fill(database, CLASS)
    database.put_item(TableName="games", Item={"game_id": {"S": f"quiz#{GAME.quiz_id}"}, "latest": {"S": GAME_ID}})
    board.write(places(CLASS))
    board.complete(GAME_ID)


def get(name: str = GAME_ID, query: str = "", caller: str | None = ME) -> dict[str, Any]:
    pairs = dict(part.split("=") for part in query.split("&")) if query else None
    identity = {"authorizer": {"jwt": {"claims": {"sub": caller}}}} if caller else {}
    event = {
        "routeKey": "GET /leaderboard/{quiz_id}",
        "rawQueryString": query,
        "queryStringParameters": pairs,
        "pathParameters": {"quiz_id": name},
        "requestContext": {"requestId": "request-1", **identity},
    }
    response: dict[str, Any] = handler(event, context())
    return {**response, "body": json.loads(response["body"])}


def say(body: str | None, **changes: Any) -> Any:
    place = {
        "eventType": "MESSAGE",
        "routeKey": "leaderboard",
        "connectionId": "connection-1",
        "authorizer": {"user_id": ME, "groups": ""},
    }
    event = {"requestContext": {**place, **changes}, "body": body, "isBase64Encoded": False}
    response = handler(event, context())
    assert response["statusCode"] == 200
    return json.loads(response["body"])


def message(**fields: Any) -> str:
    return json.dumps({"action": "leaderboard", "quiz_id": GAME_ID, **fields})


def as_json(me: str | None, top: int) -> list[dict[str, Any]]:
    return [
        {
            "rank": row.rank,
            "participant_id": row.participant_id,
            "score": row.score,
            "user_info": {"name": row.user_info.name},
        }
        for row in expected(CLASS, me, top)
    ]


@pytest.mark.parametrize(
    ("query", "me", "top"),
    [("", None, 10), ("top=0", None, 0), ("top=100", None, 100), ("around=me", ME, 10), ("top=0&around=me", ME, 0)],
)
def test_rows_over_http(query: str, me: str | None, top: int) -> None:
    response = get(query=query)
    assert (response["statusCode"], response["body"]) == (200, as_json(me, top))
    assert response["headers"]["Cache-Control"] == "no-store"


def test_a_quiz_means_its_game() -> None:
    assert get(GAME.quiz_id)["body"] == as_json(None, 10)


@pytest.mark.parametrize(
    "query", ["top=101", "top=-1", "top=ten", "top=1.5", "around=you", "around=", "top=", "more=1", "top=1&top=2"]
)
def test_queries_that_mean_nothing(query: str) -> None:
    response = get(query=query)
    assert (response["statusCode"], response["body"]["error"]) == (400, "invalid_input")


@pytest.mark.parametrize("name", ["nothing", "game-" + "f" * 20, "000000", "a b", "", "x" * 129])
def test_nothing_goes_by_the_name(name: str) -> None:
    response = get(name)
    assert (response["statusCode"], response["body"]["error"]) == (404, "not_found")


def test_nobody_is_nobody() -> None:
    assert get(caller=None)["statusCode"] == 401


def test_a_warm_read_makes_no_aws_call(functions: Calls) -> None:
    for name in (GAME_ID, GAME.quiz_id):
        get(name, "around=me")
    with functions.counted() as made:
        for name in (GAME_ID, GAME.quiz_id):
            get(name, "around=me")
        say(message(around="me"))
    assert made == []


def test_redis_down_shows_nothing_of_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("REDIS_PORT", "1")
    assert get(query="around=me")["body"] == as_json(ME, 10)
    assert say(message(around="me"))["rows"] == as_json(ME, 10)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["LeaderboardFallback"] for line in lines if "_aws" in line] == [[1], [1]]


def test_both_down(monkeypatch: pytest.MonkeyPatch, functions: Calls) -> None:
    monkeypatch.setenv("REDIS_PORT", "1")
    functions.answers["Query"] = lambda _: refused("ThrottlingException")
    response = get()
    assert (response["statusCode"], response["body"]["error"]) == (503, "unavailable")
    assert say(message(request_id="r")) == {
        "type": "error",
        "request_id": "r",
        "error": "unavailable",
        "message": "Please try again in a moment.",
    }


def test_an_error_of_ours_tells_nothing(monkeypatch: pytest.MonkeyPatch, functions: Calls, redis: Redis) -> None:
    redis.flushall()
    functions.answers["Query"] = lambda _: refused("AccessDeniedException")
    assert get()["statusCode"] == 500
    assert say(message())["error"] == "internal_error"
    assert "AccessDenied" not in json.dumps([get()["body"], say(message())])


def test_rows_over_the_socket() -> None:
    assert say(message()) == {"type": "leaderboard", "game_id": GAME_ID, "rows": as_json(None, 10)}
    answer = say(message(request_id="r", top=3, around="me", quiz_id=GAME.quiz_id))
    assert answer == {"type": "leaderboard", "request_id": "r", "game_id": GAME_ID, "rows": as_json(ME, 3)}


def test_a_message_in_base64() -> None:
    event = {
        "requestContext": {"eventType": "MESSAGE", "authorizer": {"user_id": ME}},
        "body": b64encode(message().encode()).decode(),
        "isBase64Encoded": True,
    }
    assert json.loads(handler(event, context())["body"])["type"] == "leaderboard"
    event["body"] = "?"
    assert json.loads(handler(event, context())["body"])["error"] == "malformed_json"


@pytest.mark.parametrize(
    ("body", "error", "request_id"),
    [
        (None, "malformed_json", None),
        ("", "malformed_json", None),
        ("{", "malformed_json", None),
        ("[" * 5000, "invalid_input", None),
        ('{"action":"leaderboard","quiz_id":"q","x":' + "[" * 5000, "invalid_input", None),
        ('"\ud800"', "malformed_json", None),
        ("[]", "invalid_input", None),
        ('{"action":"ping","request_id":"r"}', "invalid_input", "r"),
        ('{"action":"leaderboard","request_id":"r"}', "invalid_input", "r"),
        (message(top=101, request_id="r"), "invalid_input", "r"),
        (message(around="you", request_id="r"), "invalid_input", "r"),
        (message(user_id="somebody", request_id="r"), "invalid_input", "r"),
        (message(request_id="r" * 65), "invalid_input", None),
        (message(request_id=7), "invalid_input", None),
        (message(quiz_id="nothing", request_id="r"), "not_found", "r"),
        (message(quiz_id=" " * 9_000, request_id="r"), "too_large", None),
    ],
)
def test_messages_that_cannot_be_answered(body: str | None, error: str, request_id: str | None) -> None:
    answer = say(body)
    assert (answer["type"], answer["error"], answer.get("request_id")) == ("error", error, request_id)


@pytest.mark.parametrize("identity", [None, {}, {"user_id": ""}])
def test_a_connection_without_a_person(identity: Any) -> None:
    assert say(message(), authorizer=identity)["error"] == "unauthenticated"


def test_the_route_is_there_for_the_description_of_the_api() -> None:
    assert [route.key for route in ROUTES] == ["GET /leaderboard/{quiz_id}"]
