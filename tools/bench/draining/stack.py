"""Full queues, worked off by their mappings on the local stack."""

import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tools.bench.draining.messages import submissions
from tools.bench.draining.original_stack import Side, original_side
from tools.bench.draining.reports import seconds_at_work
from tools.stack import outputs
from tools.submit.messages import Message
from tools.submit.post import post

STUDENTS = 500
ROUNDS = 5
EACH_IN_A_ROUND = 2

_WARM = 50
_BATCH = 10
_PAUSE_SECONDS = 0.05
_SECONDS_TO_WAIT = 300
_COUNTED = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]


class Spent(NamedTuple):
    """Milliseconds for each message: on the clock, and those of them in which the function was at work."""

    clock: float
    function: float


class Drained(NamedTuple):
    """Each round, and how many were stored in the end."""

    rounds: list[Spent]
    stored: int

    @property
    def median(self) -> Spent:
        """Of both."""
        clock, function = zip(*self.rounds, strict=True)
        return Spent(statistics.median(clock), statistics.median(function))


def drained(run: str, against: Path | None) -> tuple[Drained, Drained | None]:
    """Ours, and the original if there is one, in turns."""
    known = outputs.read()
    with ExitStack() as stack:
        ours = stack.enter_context(_ours(known, run))
        sides = [ours]
        if against is not None:
            sides.append(stack.enter_context(original_side(known, against)))
        for side in sides:
            _drain(known, side, list(submissions(_warm(run), _WARM, 1)))
        spent: list[list[Spent]] = [[] for _ in sides]
        for number in range(ROUNDS):
            sent = list(submissions(run, STUDENTS, EACH_IN_A_ROUND, first=1 + number * EACH_IN_A_ROUND))
            for side, rounds in zip(sides, spent, strict=True):
                rounds.append(_drain(known, side, sent))
        found = [Drained(each, _stored(known, side, run)) for side, each in zip(sides, spent, strict=True)]
    return found[0], found[1] if against is not None else None


@contextmanager
def _ours(known: dict[str, Any], run: str) -> Iterator[Side]:
    """The mapping that is there, which stands still between the rounds; results are taken away in the end.

    So does that of the table's stream: the emulator serves all mappings in one thread, which waits for the function
    behind a stream before it looks at the queue again.
    """
    table = known["tables"]["submissions"]
    mappings = outputs.client("lambda", known).get_paginator("list_event_source_mappings").paginate()
    sources = {one["EventSourceArn"]: one["UUID"] for page in mappings for one in page["EventSourceMappings"]}
    mapping = sources[known["submissions_queue_arn"]]
    side = Side(known["submissions_queue_url"], table, mapping, known["functions"]["submissions"])
    stopped = [side.mapping, *(uuid for arn, uuid in sources.items() if f":table/{table}/stream/" in arn)]
    for each in stopped:
        _switch(known, each, on=False)
    try:
        yield side
    finally:
        _clean(known, side, run)
        _clean(known, side, _warm(run))
        for each in stopped:
            _switch(known, each, on=True)


def _drain(known: dict[str, Any], side: Side, sent: Sequence[Message]) -> Spent:
    """From the moment at which the mapping is switched on until nothing is left in the queue."""
    sqs = outputs.client("sqs", known)
    for _ in post(sqs, side.queue_url, sent):
        pass
    since, begun = time.time_ns() // 1_000_000, time.monotonic()
    _switch(known, side.mapping, on=True)
    while _left(sqs, side.queue_url):
        if time.monotonic() > begun + _SECONDS_TO_WAIT:
            raise AssertionError(f"{_left(sqs, side.queue_url)} messages are left after {_SECONDS_TO_WAIT} s")
        time.sleep(_PAUSE_SECONDS)
    seconds = time.monotonic() - begun
    _switch(known, side.mapping, on=False)
    at_work = seconds_at_work(known, side.function, since, -(-len(sent) // _BATCH))
    return Spent(*(1000 * each / len(sent) for each in (seconds, at_work)))


def _switch(known: dict[str, Any], mapping: str, *, on: bool) -> None:
    outputs.client("lambda", known).update_event_source_mapping(UUID=mapping, Enabled=on)


def _left(sqs: Any, url: str) -> int:
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=_COUNTED)["Attributes"]
    return sum(int(found[name]) for name in _COUNTED)


def _warm(run: str) -> str:
    """The name of what comes before the first round, for the functions to start."""
    return f"warm-{run}"


def _stored(known: dict[str, Any], side: Side, run: str) -> int:
    return sum(1 for _ in _rows(known, side, run))


def _clean(known: dict[str, Any], side: Side, run: str) -> None:
    dynamodb = outputs.client("dynamodb", known)
    for row in _rows(known, side, run):
        dynamodb.delete_item(TableName=side.table, Key={name: row[name] for name in ("student_id", "submission_id")})


def _rows(known: dict[str, Any], side: Side, run: str) -> Iterator[Any]:
    pages = outputs.client("dynamodb", known).get_paginator("scan").paginate(TableName=side.table)
    for page in pages:
        yield from (row for row in page["Items"] if row["student_id"]["S"].startswith(run))
