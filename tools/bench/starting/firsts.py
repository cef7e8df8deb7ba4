"""The first event of every function, with what AWS answers to the calls that follow from it."""

import json
import time
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from adapters.bank import question_item, quiz_item
from adapters.items import to_item
from adapters.live.participants import participant_item
from adapters.live.rows import game_item
from quiz.live.broadcasts import Job
from quiz.live.games import Game, Phase, new_game
from quiz.live.participants import new_participant
from quiz.questions import Definition
from tools.bench.draining.messages import submissions
from tools.bench.starting import pool, program
from tools.stack import bank

_NOW = int(time.time() * 1000)
_STREAM = "arn:aws:dynamodb:us-east-1:123456789012:table/{}/stream/2026-11-20T00:00:00.000"


class First(Struct, frozen=True):
    """`answers` are AWS's, by operation; `url` is what any other address answers."""

    event: Mapping[str, Any]
    answers: Mapping[str, Any] = {}
    variables: Mapping[str, str] = {}
    url: str = ""


def firsts() -> dict[str, First]:
    """By the entry of the function."""
    row = {"Item": game_item(_game())}
    player = participant_item(new_participant(_game(), "student", "Student", _NOW))
    return {
        "handlers.alarms.notify.handler": First({"Records": [_alarm()]}, {"Publish": _PUBLISHED}),
        "handlers.api.http.handler": First(_request("GET /quizzes/{quiz_id}", {"quiz_id": "quiz"}), bank_answers()),
        "handlers.api.socket.handler": First(
            _answer(), {"GetItem": {"Item": {**row["Item"], **_frozen()}}, "UpdateItem": {"Attributes": player}}
        ),
        "handlers.authorizer.token.handler": First(pool.event(), {}, pool.VARIABLES, pool.published()),
        "handlers.cache.leaderboard.handler": First(
            _request("GET /leaderboard/{quiz_id}", {"quiz_id": _game().game_id}), {"GetItem": row, "Query": _NOTHING}
        ),
        "handlers.cache.projector.handler": First(
            _changed("participants", player), {"GetItem": row, "Query": _NOTHING, "BatchGetItem": _NONE}
        ),
        "handlers.intake.ledger.handler": First(_request("POST /intake/{proxy+}", {"proxy": "homework"})),
        "handlers.queue.submissions.handler": First(submission(), bank_answers()),
        "handlers.scheduler.broadcast.handler": First(_records(_job()), {"Query": _NOTHING}),
        "handlers.scheduler.clock.handler": First(_control(), {"GetItem": row, "SendMessage": {"MessageId": "1"}}),
        "handlers.scheduler.health.handler": First(
            {}, {**bank_answers(), **_HEALTHY}, {"HEALTH_THRESHOLDS": json.dumps(_THRESHOLDS)}
        ),
        "handlers.scheduler.reconcile.handler": First(
            {}, {"Scan": _NOTHING, "BatchGetItem": _NONE, "BatchWriteItem": _NONE, **_HEALTHY}
        ),
        "handlers.tables.stream.handler": First(
            _changed("submissions", _result()),
            {"PutEvents": {"FailedEntryCount": 0, "Entries": [{"EventId": "1"}]}, "BatchWriteItem": _NONE},
            {"SUBMISSIONS_TABLE": "submissions", "PROGRESS_TABLE": "progress", "RESULTS_TABLE": "results"},
        ),
    }


_NOTHING = {"Items": [], "Count": 0, "ScannedCount": 0}
_NONE: dict[str, Any] = {"Responses": {}, "UnprocessedKeys": {}, "UnprocessedItems": {}}
_PUBLISHED = "<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>"
_LOAD = {"ApproximateNumberOfMessages": "0", "ApproximateNumberOfMessagesNotVisible": "0"}
_CANARY = {"submission_id": program.SENT, "submitted_at": "2026-11-20T08:00:00.000Z", "percentage": 100}
# Queues are named by the variables of all functions together.
_HEALTHY = {
    "GetMetricData": {"MetricDataResults": [{"Id": f"q{n}", "StatusCode": "Complete", "Values": []} for n in range(9)]},
    "GetQueueAttributes": {"Attributes": _LOAD},
    "Invoke": {"reachable": True, "milliseconds": 1},
    "Query": {"Items": [to_item(_CANARY)], "Count": 1, "ScannedCount": 1},
}
_THRESHOLDS = {
    "waiting": 1000,
    "oldest_seconds": 900,
    "in_flight_percent": 80,
    "dead_letters": 0,
    "table_milliseconds": 10_000,
    "cache_milliseconds": 500,
    "canary_seconds": 5,
}


def submission() -> dict[str, Any]:
    """A batch of one."""
    [message] = submissions("cold", students=1, each=1)
    return _records(message.body)


def bank_answers() -> dict[str, Any]:
    """A quiz and its questions, whichever are asked for."""
    sample = bank.read()
    quiz = sample.quizzes[0]
    questions = [question_item(question) for question in sample.asked(quiz)]
    return {
        "GetItem": {"Item": quiz_item(quiz)},
        "BatchGetItem": {"Responses": {"none": questions}, "UnprocessedKeys": {}},
    }


def _records(body: str) -> dict[str, Any]:
    attributes = {"MessageGroupId": "cold", "SentTimestamp": str(_NOW)}
    return {"Records": [{"messageId": "cold", "body": body, "attributes": attributes}]}


def _request(key: str, parameters: Mapping[str, str]) -> dict[str, Any]:
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
            "timeEpoch": _NOW,
            "http": {"method": method, "path": path, "sourceIp": "192.0.2.1"},
            "authorizer": {"jwt": {"claims": claims}},
        },
    }


def _game() -> Game:
    quiz = bank.read().quizzes[0]
    lobby = new_game(Definition(quiz, ()), "host", f"game-{'0' * 20}", "123456", _NOW)
    return msgspec.structs.replace(lobby, phase=Phase.OPEN, index=0, opened_at=_NOW, closes_at=_NOW + 600_000)


def _answer() -> dict[str, Any]:
    game = _game()
    said = {"action": "answer", "quiz_id": game.game_id, "question_id": game.question_ids[0], "answer": "a"}
    place = {
        "routeKey": "answer",
        "eventType": "MESSAGE",
        "connectionId": "cold",
        "messageId": "cold",
        "authorizer": {"user_id": "student", "groups": ""},
    }
    return {"requestContext": place, "body": json.dumps(said), "isBase64Encoded": False}


def _frozen() -> dict[str, Any]:
    sample = bank.read()
    return to_item({"question": msgspec.json.encode(sample.asked(sample.quizzes[0])[0]).decode()})


def _job() -> str:
    job = Job(game_id=_game().game_id, shard=0, version=1, made_at=_NOW, message=msgspec.Raw(b'{"type":"paused"}'))
    return msgspec.json.encode(job).decode()


def _control() -> dict[str, Any]:
    detail = {"quiz_id": _game().game_id, "action": "next"}
    return {"id": "cold", "source": "quiz.platform", "detail-type": "Quiz Control", "detail": detail}


def _changed(table: str, image: Mapping[str, Any]) -> dict[str, Any]:
    change = {"SequenceNumber": "1", "ApproximateCreationDateTime": _NOW / 1000, "NewImage": image}
    return {"Records": [{"eventName": "INSERT", "eventSourceARN": _STREAM.format(table), "dynamodb": change}]}


def _result() -> dict[str, Any]:
    names = ("submission_id", "student_id", "quiz_id", "submitted_at", "scored_at")
    numbers = ("quiz_version", "score", "max_score", "percentage")
    return to_item({**dict.fromkeys(names, "cold"), **dict.fromkeys(numbers, 1)})


def _alarm() -> dict[str, Any]:
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
