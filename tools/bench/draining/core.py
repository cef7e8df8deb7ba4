"""Batches given to the handlers of both sides, each in a process of its own on one core, without an emulator."""

import json
import multiprocessing
import os
import statistics
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from tools.bench.cold_start import VARIABLES
from tools.bench.draining.messages import submissions
from tools.bench.starting import original
from tools.bench.starting.firsts import bank_answers
from tools.machine import hold_to_one_core

BATCH = 10

_BATCHES_IN_A_TURN = 50
_TURNS = 10
_ENVIRONMENT = {**VARIABLES, **original.VARIABLES}


class Rates(NamedTuple):
    """Submissions a second: of time on one core, and of CPU."""

    wall: float
    cpu: float


def rates(against: Path, answer_ms: float) -> tuple[Rates, Rates]:
    """Medians of ours and of the original, in turns; the database answers so many milliseconds after it is asked."""
    with ExitStack() as stack:
        sides = [stack.enter_context(_side(folder, answer_ms)) for folder in (None, against)]
        turns = [[_turn(side) for side in sides] for _ in range(1 + _TURNS)][1:]
    ours, theirs = ([turn[place] for turn in turns] for place in range(2))
    return _median(ours), _median(theirs)


def _turn(side: Connection) -> Rates:
    side.send(None)
    found = side.recv()
    if isinstance(found, str):
        raise AssertionError(found)
    wall, cpu = found
    number = _BATCHES_IN_A_TURN * BATCH
    return Rates(number / wall, number / cpu)


def _median(turns: list[Rates]) -> Rates:
    return Rates(statistics.median(one.wall for one in turns), statistics.median(one.cpu for one in turns))


@contextmanager
def _side(against: Path | None, answer_ms: float) -> Iterator[Connection]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(against, answer_ms, there), daemon=True)
    process.start()
    there.close()
    try:
        yield here
    finally:
        process.terminate()
        process.join()


def _serve(against: Path | None, answer_ms: float, asked: Connection) -> None:
    """Runs a turn as often as it is asked for."""
    os.environ.update(_ENVIRONMENT)
    hold_to_one_core()
    # What Lambda would take is written, and read by nobody.
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    _answer_after(answer_ms / 1000)
    handler = _handler(against)
    number = 0
    while True:
        asked.recv()
        batches = [_batch(f"run-{number + each}") for each in range(_BATCHES_IN_A_TURN)]
        number += len(batches)
        wall, cpu = time.perf_counter(), time.process_time()
        failed = [failure for batch in batches if (failure := _failure(handler(batch, _Context())))]
        spent = time.perf_counter() - wall, time.process_time() - cpu
        asked.send(failed[0] if failed else spent)


def _handler(against: Path | None) -> Any:
    if against is None:
        from handlers.queue import submissions

        return submissions.handler
    module: dict[str, Any] = {"__name__": "quiz_processor"}
    exec(compile(original.source(against), "quiz_processor.py", "exec"), module)  # noqa: S102  # named by the caller
    return module["lambda_handler"]


def _failure(response: Any) -> str:
    is_well = response == {"batchItemFailures": []} or response.get("statusCode") == 200
    return "" if is_well else str(response)


def _answer_after(seconds: float) -> None:
    """Stand in for the network below botocore, where a request has been serialised and signed."""
    from botocore.awsrequest import AWSResponse
    from botocore.compat import HTTPHeaders
    from botocore.httpsession import URLLib3Session
    from moto.core.botocore_stubber import MockRawResponse

    answers = {name: json.dumps(answer).encode() for name, answer in bank_answers().items()}

    def send(_: Any, request: Any) -> Any:
        operation = request.headers["X-Amz-Target"]
        operation = operation.decode() if isinstance(operation, bytes) else operation
        if seconds:
            time.sleep(seconds)
        raw: Any = MockRawResponse(answers.get(operation.rpartition(".")[2], b"{}"))
        return AWSResponse(request.url, 200, HTTPHeaders.from_dict({"x-amzn-RequestId": "bench"}), raw)

    replaced: Any = URLLib3Session
    replaced.send = send


def _batch(run: str) -> dict[str, Any]:
    return {"Records": [_record(message.body, message.group) for message in submissions(run, BATCH, 1)]}


def _record(body: str, group: str) -> dict[str, Any]:
    attributes = {"MessageGroupId": group, "SentTimestamp": str(int(time.time() * 1000))}
    return {"messageId": str(uuid.uuid4()), "body": body, "attributes": attributes}


class _Context:
    aws_request_id = "bench"
    invoked_function_arn = "arn:aws:lambda:us-east-1:123456789012:function:bench"

    def get_remaining_time_in_millis(self) -> int:
        return 10_000
