"""Submissions of an LMS: a full batch of ten students who answered twenty questions each."""

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

from handlers.queue import submissions
from handlers.tables import stream
from tools.bench.operations.asked import Event, Operation, done
from tools.bench.operations.world import CONTEXT, World
from tools.cost.measure import bank, work
from tools.cost.measure.asking import queued
from tools.cost.measure.furniture import stored, stream_record

# An LMS that knows the key sends it along. It is honoured only where its environment is told to.
_KEY = {one.question_id: "a" for one in bank.questions()[: bank.ASKED]}


def batches() -> Event:
    """Ten messages of ten new students, again and again."""
    runs = (batch(f"run-{number}") for number in count())
    return lambda: next(runs)


def batch(run: str) -> dict[str, Any]:
    """The messages of one run."""
    return {"Records": [_record(run, number) for number in range(work.BATCH)]}


def operations(world: World) -> Iterator[Operation]:
    """Scored, sent again, and announced."""
    yield Operation("score 10 submissions", submissions.handler, batches(), done)
    again = batch("again")
    yield Operation("score 10 submissions again", submissions.handler, lambda: again, done)
    yield Operation("follow 10 submissions", stream.handler, _followed(world), done)


def _record(run: str, number: int) -> dict[str, Any]:
    student = f"{run}-{number:04}"
    body = json.dumps({**json.loads(work.submission(student)), "correct_answers": _KEY})
    return queued(body, number, f"school-42-student-{student}")


def _followed(world: World) -> Event:
    runs = (f"follow-{number}" for number in count())
    return lambda: {"Records": list(_stored(world, next(runs)))}


def _stored(world: World, run: str) -> Iterator[dict[str, Any]]:
    event = batch(run)
    with world.network.unnoticed():
        submissions.handler(event, CONTEXT)
    for number, record in enumerate(event["Records"]):
        said = json.loads(record["body"])
        key = {name: {"S": said[name]} for name in ("student_id", "submission_id")}
        yield stream_record(number, "submissions", None, stored("submissions", key))
