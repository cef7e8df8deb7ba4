"""Events as AWS hands them to functions, with the rows and messages that are in them."""

import json
import time
from collections.abc import Mapping
from typing import Any

import msgspec

from adapters.items import to_item
from quiz.live.broadcasts import Job
from quiz.live.games import Game, Phase, new_game
from quiz.questions import Definition
from tools.stack import bank

NOW = int(time.time() * 1000)

_STREAM = "arn:aws:dynamodb:us-east-1:123456789012:table/{}/stream/2026-11-20T00:00:00.000"


def records(body: str) -> dict[str, Any]:
    """A batch of one message."""
    attributes = {"MessageGroupId": "cold", "SentTimestamp": str(NOW)}
    return {"Records": [{"messageId": "cold", "body": body, "attributes": attributes}]}


def request(key: str, parameters: Mapping[str, str]) -> dict[str, Any]:
    """A request of an instructor over the HTTP API."""
    claims = {"sub": "student", "cognito:groups": "[instructors]"}
    method, _, path = key.partition(" ")
    return {
        "version": "2.0",
        "routeKey": key,
        "rawPath": path,
        "rawQueryString": "",
        "pathParameters": parameters,
        "headers": {"content-type": "application/json"},
        "requestContext": {
            "requestId": "cold",
            "timeEpoch": NOW,
            "http": {"method": method, "path": path, "sourceIp": "192.0.2.1"},
            "authorizer": {"jwt": {"claims": claims}},
        },
    }


def game() -> Game:
    """A live quiz whose first question is open."""
    quiz = bank.read().quizzes[0]
    lobby = new_game(Definition(quiz, ()), "host", f"game-{'0' * 20}", "123456", NOW)
    return msgspec.structs.replace(lobby, phase=Phase.OPEN, index=0, opened_at=NOW, closes_at=NOW + 600_000)


def answer() -> dict[str, Any]:
    """An answer over the WebSocket."""
    played = game()
    said = {"action": "answer", "quiz_id": played.game_id, "question_id": played.question_ids[0], "answer": "a"}
    place = {
        "routeKey": "answer",
        "eventType": "MESSAGE",
        "connectionId": "cold",
        "messageId": "cold",
        "authorizer": {"user_id": "student", "groups": ""},
    }
    return {"requestContext": place, "body": json.dumps(said), "isBase64Encoded": False}


def frozen_question() -> dict[str, Any]:
    """The open question as the game holds it."""
    sample = bank.read()
    return to_item({"question": msgspec.json.encode(sample.asked(sample.quizzes[0])[0]).decode()})


def job() -> str:
    """One job of a broadcast."""
    told = Job(game_id=game().game_id, shard=0, version=1, made_at=NOW, message=msgspec.Raw(b'{"type":"paused"}'))
    return msgspec.json.encode(told).decode()


def control() -> dict[str, Any]:
    """A wish over the event bus."""
    detail = {"quiz_id": game().game_id, "action": "next"}
    return {"id": "cold", "source": "quiz.platform", "detail-type": "Quiz Control", "detail": detail}


def changed(table: str, image: Mapping[str, Any]) -> dict[str, Any]:
    """A new row, as a stream tells of it."""
    change = {"SequenceNumber": "1", "ApproximateCreationDateTime": NOW / 1000, "NewImage": image}
    return {"Records": [{"eventName": "INSERT", "eventSourceARN": _STREAM.format(table), "dynamodb": change}]}


def result() -> dict[str, Any]:
    """A row of a submission that was scored."""
    names = ("submission_id", "student_id", "quiz_id", "submitted_at", "scored_at")
    numbers = ("quiz_version", "score", "max_score", "percentage")
    return to_item({**dict.fromkeys(names, "cold"), **dict.fromkeys(numbers, 1)})


def alarm() -> dict[str, Any]:
    """An alarm that goes off, as a topic tells of it."""
    told = {
        "AlarmName": "none-submissions-late",
        "NewStateValue": "ALARM",
        "OldStateValue": "OK",
        "NewStateReason": "Threshold Crossed",
        "StateChangeTime": "2026-11-20T08:00:00.000+0000",
        "Region": "US East (N. Virginia)",
        "AlarmArn": "arn:aws:cloudwatch:us-east-1:123456789012:alarm:none-submissions-late",
    }
    return {"Sns": {"Message": json.dumps(told), "MessageId": "cold", "Timestamp": "2026-11-20T08:00:01.000Z"}}
