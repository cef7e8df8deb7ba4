"""The first event of every function, with what AWS answers to the calls that follow from it."""

import json
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from adapters.bank import question_item, quiz_item
from adapters.items import to_item
from adapters.live.participants import participant_item
from adapters.live.rows import game_item
from quiz.live.participants import new_participant
from tools.bench.draining.messages import submissions
from tools.bench.starting import events, pool, program
from tools.stack import bank


class First(Struct, frozen=True):
    """`answers` are AWS's, by operation; `url` is what any other address answers."""

    event: Mapping[str, Any]
    answers: Mapping[str, Any] = {}
    variables: Mapping[str, str] = {}
    url: str = ""


def firsts() -> dict[str, First]:
    """By the entry of the function."""
    row = {"Item": game_item(events.game())}
    player = participant_item(new_participant(events.game(), "student", "Student", events.NOW))
    return {
        "handlers.alarms.notify.handler": First({"Records": [events.alarm()]}, {"Publish": _PUBLISHED}),
        "handlers.api.http.handler": First(
            events.request("GET /quizzes/{quiz_id}", {"quiz_id": "quiz"}), bank_answers()
        ),
        "handlers.api.socket.handler": First(
            events.answer(),
            {"GetItem": {"Item": {**row["Item"], **events.frozen_question()}}, "UpdateItem": {"Attributes": player}},
        ),
        "handlers.authorizer.token.handler": First(pool.event(), {}, pool.VARIABLES, pool.published()),
        "handlers.cache.leaderboard.handler": First(
            events.request("GET /leaderboard/{quiz_id}", {"quiz_id": events.game().game_id}),
            {"GetItem": row, "Query": _NOTHING},
        ),
        "handlers.cache.projector.handler": First(
            events.changed("participants", player), {"GetItem": row, "Query": _NOTHING, "BatchGetItem": _NONE}
        ),
        "handlers.intake.ledger.handler": First(events.request("POST /intake/{proxy+}", {"proxy": "homework"})),
        "handlers.queue.submissions.handler": First(submission(), bank_answers()),
        "handlers.scheduler.broadcast.handler": First(events.records(events.job()), {"Query": _NOTHING}),
        "handlers.scheduler.clock.handler": First(
            events.control(), {"GetItem": row, "SendMessage": {"MessageId": "1"}}
        ),
        "handlers.scheduler.health.handler": First(
            {}, {**bank_answers(), **_HEALTHY}, {"HEALTH_THRESHOLDS": json.dumps(_THRESHOLDS)}
        ),
        "handlers.scheduler.reconcile.handler": First(
            {}, {"Scan": _NOTHING, "BatchGetItem": _NONE, "BatchWriteItem": _NONE, **_HEALTHY}
        ),
        "handlers.tables.stream.handler": First(
            events.changed("submissions", events.result()),
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
    return events.records(message.body)


def bank_answers() -> dict[str, Any]:
    """A quiz and its questions, whichever are asked for."""
    sample = bank.read()
    quiz = sample.quizzes[0]
    questions = [question_item(question) for question in sample.asked(quiz)]
    return {
        "GetItem": {"Item": quiz_item(quiz)},
        "BatchGetItem": {"Responses": {"none": questions}, "UnprocessedKeys": {}},
    }
