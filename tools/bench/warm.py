"""What a warm invocation costs when the network answers at once: AWS calls, and CPU time per submission."""

import contextlib
import io
import json
import os
import statistics
import time
import uuid
from collections import Counter
from typing import Any
from unittest.mock import patch

from botocore.client import BaseClient

from adapters.items import to_item
from tools.bench.cold_start import VARIABLES
from tools.demo.school_class import honest
from tools.stack import bank

_BATCHES = 200


class _Context:
    aws_request_id = "warm"

    def get_remaining_time_in_millis(self) -> int:
        return 10_000


def measure() -> tuple[Counter[str], float]:
    """Calls of one warm batch of ten students, and median CPU milliseconds per submission."""
    calls: Counter[str] = Counter()
    sample = bank.read()

    def answer(_: BaseClient, operation: str, __: dict[str, Any]) -> dict[str, Any]:
        calls[operation] += 1
        if operation == "GetItem":
            return {"Item": to_item(bank.plain(sample.quizzes[0]))}
        if operation == "BatchGetItem":
            questions = [bank.question_item(question) for question in sample.asked(sample.quizzes[0])]
            return {"Responses": {"none": questions}, "UnprocessedKeys": {}}
        return {}

    with patch.dict(os.environ, VARIABLES), patch.object(BaseClient, "_make_api_call", answer):
        return _run(calls)


def _run(calls: Counter[str]) -> tuple[Counter[str], float]:
    from handlers.queue.submissions import handler

    spent = []
    with contextlib.redirect_stdout(io.StringIO()):
        for number in range(_BATCHES):
            event = _batch(f"bench-{number}")
            calls.clear()
            begun = time.process_time()
            response = handler(event, _Context())
            spent.append(time.process_time() - begun)
            if response["batchItemFailures"]:
                raise AssertionError("a batch failed; see the log above")
    return calls, statistics.median(spent) / 10 * 1000


def _batch(run: str) -> dict[str, Any]:
    return {"Records": [_record(message.body, message.group) for message in honest(bank.read(), run, 10)]}


def _record(body: str, group: str) -> dict[str, Any]:
    attributes = {"MessageGroupId": group, "SentTimestamp": str(int(time.time() * 1000))}
    return {"messageId": str(uuid.uuid4()), "body": json.dumps(json.loads(body)), "attributes": attributes}
