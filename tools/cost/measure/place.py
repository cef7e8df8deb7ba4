"""Where the handlers are measured: their tables, bucket, bus and topic in memory, and nothing of another run."""

import contextlib
import io
import json
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from typing import Any
from unittest.mock import patch

from moto import mock_aws

from adapters import clients, dead_letters, dynamo, events, media, observability
from adapters.live import queues, winners
from handlers.api import http, quiz, socket
from handlers.api.live import environment
from handlers.api.practice import routes as practice
from handlers.queue import submissions
from handlers.scheduler import broadcast, clock
from handlers.tables import stream
from tools.cost.definitions import tables
from tools.cost.measure.furniture import furnish, stream_record
from tools.cost.measure.recorder import Counted, Recorder

_QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012"
_VARIABLES = {
    "AWS_ACCESS_KEY_ID": "none",
    "AWS_SECRET_ACCESS_KEY": "none",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "POWERTOOLS_LOG_LEVEL": "INFO",
    "POWERTOOLS_TRACE_DISABLED": "true",
    "DEAD_LETTER_QUEUE_URL": f"{_QUEUE}/dead",
    "EVENT_BUS_NAME": "bus",
    "JOBS_QUEUE_URL": f"{_QUEUE}/jobs",
    "MEDIA_BUCKET": "media",
    "RESULTS_BUCKET": "results",
    "TRIGGERS_QUEUE_URL": f"{_QUEUE}/triggers",
    "WEBSOCKET_API_ID": "api",
    "WEBSOCKET_STAGE": "live",
    "WINNERS_TOPIC_ARN": "arn:aws:sns:us-east-1:123456789012:winners",
}
# Python keeps loggers by their names for the life of the process.
_number = count()
_CACHED: tuple[Any, ...] = (
    clients.create,
    dynamo.client,
    dead_letters.client,
    observability.logger,
    observability.metrics,
    events.client,
    media.client,
    queues.client,
    winners.client,
    http.bootstrap,
    quiz.bootstrap,
    practice.bootstrap,
    socket.bootstrap,
    socket.connections,
    environment.bootstrap,
    submissions.bootstrap,
    clock.bootstrap,
    broadcast.bootstrap,
    stream.bootstrap,
)


class Context:
    """As much of Lambda's context as handlers look at."""

    aws_request_id = "01234567-89ab-4def-8123-456789abcdef"
    function_version = "1"

    def get_remaining_time_in_millis(self) -> int:
        """Plenty."""
        return 60_000


class Place:
    """Invokes handlers, and counts for whoever asks."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        # One for all: a logger keeps the stream that it was made with.
        self.said = io.StringIO()

    def invoke(self, handler: Any, event: dict[str, Any], counted: Counted | None = None) -> Any:
        """One invocation; without `counted` it only has its effects."""
        already = self.said.tell()
        self.recorder.counted = counted if counted is not None else Counted()
        begun, away = time.process_time(), self.recorder.away_ms
        try:
            with contextlib.redirect_stdout(self.said):
                answer = handler(event, Context())
        finally:
            self.recorder.counted = None
        if counted is not None:
            counted.cpu_ms.append((time.process_time() - begun) * 1000 - (self.recorder.away_ms - away))
            counted.log_bytes += len(self.said.getvalue()[already:].encode())
            counted.response_bytes += len(json.dumps(answer or {}).encode())
        return answer

    def database(self) -> Any:
        """A client of the tables, for what is there before anybody asks."""
        return dynamo.client()

    def stream_records(self) -> list[dict[str, Any]]:
        """What the streams tell of everything since the last time."""
        changes, self.recorder.changes = self.recorder.changes, []
        return [stream_record(number, *change) for number, change in enumerate(changes)]


@contextmanager
def place() -> Iterator[Place]:
    """A new one, as Terraform would have made it."""
    recorder = Recorder()
    with furnished(), recorder.installed():
        yield Place(recorder)


@contextmanager
def furnished() -> Iterator[None]:
    """Tables, bucket, bus and topic in memory, and the variables that name them; nothing is counted."""
    service = f"quiz-production-{next(_number):06}"
    variables = {
        **_VARIABLES,
        "POWERTOOLS_SERVICE_NAME": service,
        **{f"{name.upper()}_TABLE": name for name in tables()},
    }
    with ExitStack() as stack:
        stack.enter_context(mock_aws())
        stack.enter_context(patch.dict(os.environ, variables))
        _forget()
        stack.callback(_forget)
        furnish()
        yield


def _forget() -> None:
    for each in _CACHED:
        each.cache_clear()
