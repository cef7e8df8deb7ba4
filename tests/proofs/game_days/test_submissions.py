"""Faults on the way of a submission."""

import json
import time
from collections.abc import Iterator
from typing import Any

from quiz.operations.canary import STUDENT_ID
from tests.proofs.game_days import faults, process, wire
from tests.proofs.game_days.conftest import Days
from tests.proofs.game_days.readings import Reading, reading
from tests.proofs.game_days.sources import Invoked, Log, Queue
from tests.stack.support import Stack, new_id, submission
from tests.unit.builders import sqs_record


def test_an_lms_posts_what_can_never_be_scored(days: Days, stack: Stack) -> None:
    set_aside = Queue(stack, stack.known["dead_letters"]["submissions"]["url"])
    with days("An LMS posts what can never be scored", Log(stack, "submissions"), set_aside) as day:
        with faults.poison(stack, 12):
            day.shows("submissions-quarantined", 12)
            day.shows("submissions-dead-letters", 12)
            day.goes_off("submissions-dead-letters")
            day.goes_off("submissions-quarantined")
        day.is_over()


def test_dynamodb_throttles_a_table(days: Days, stack: Stack) -> None:
    """The emulator throttles nothing: the refusals are made on the way to it, and meet the SDK as AWS's would."""
    table = stack.known["tables"]["submissions"]
    student = new_id("student")
    batch = {"Records": [_record(submission(student), student)]}
    with (
        wire.laid(stack.known["endpoint_url"], table) as line,
        process.started(
            stack, "submissions", "handlers.queue.submissions", AWS_ENDPOINT_URL_DYNAMODB=line.url
        ) as function,
        days("DynamoDB throttles a table", function, line) as day,
    ):
        with line.throttled():
            # Once in each visibility timeout.
            day.every(60, lambda: function.invoke(batch))
            day.goes_off("submissions-redelivered")
            day.goes_off("table-throttled-submissions")
        day.is_over()
    assert [row["score"] for row in stack.results(student)] == [3]


def test_nobody_takes_submissions_out_of_their_queue(days: Days, stack: Stack) -> None:
    """How old a message is SQS alone knows; here it is the one that came with the fault."""
    student, check = new_id("student"), Invoked(stack, "health")
    queue = Queue(stack, stack.known["submissions_queue_url"])

    def age() -> Iterator[Reading]:
        seconds = day.clock.now if queue.waiting() else 0
        yield reading("AWS/SQS", "ApproximateAgeOfOldestMessage", seconds, QueueName=queue.name)

    with days("Nobody takes submissions out of their queue", check.log, age) as day:
        with faults.idle(stack, "submissions"):
            stack.post(submission(student), student)
            # The run before was just over.
            day.every(300, lambda: day.is_told_once(check()), after=300)
            day.goes_off("canary-failing")
            day.goes_off("submissions-late")
        stack.drained()
        day.is_over()
    assert len(stack.results(student)) == 1
    _clear_canaries(stack)


def _record(body: dict[str, Any], group: str) -> dict[str, Any]:
    return sqs_record(json.dumps(body), new_id("message"), group, int(time.time() * 1000))


def _clear_canaries(stack: Stack) -> None:
    """Those that were scored after all; the health check would do so only when they are some minutes old."""
    for row in stack.results(STUDENT_ID):
        key = {name: {"S": row[name]} for name in ("student_id", "submission_id")}
        stack.dynamodb.delete_item(TableName=stack.known["tables"]["submissions"], Key=key)
