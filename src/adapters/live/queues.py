"""The queues of live quizzes: wishes and timers for the clock, jobs for the broadcast workers."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from adapters import clients
from adapters.failures import as_unavailable
from quiz.errors import Unavailable
from quiz.live.broadcasts import Job
from quiz.live.clock import Trigger

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

MOST_DELAY_SECONDS = 900

_MOST_ENTRIES = 10
# Of a call, whose messages together may have 256 KB.
_MOST_BYTES = 250 * 1024

_encoder = msgspec.json.Encoder(decimal_format="number")


@cache
def client() -> "SQSClient":
    """The one SQS client of this environment."""
    made: SQSClient = clients.make("sqs")
    return made


class Triggers:
    """What the clock has to look at, now or later."""

    def __init__(self, client: "Callable[[], SQSClient]", queue_url: str) -> None:
        # Called, not given: most environments of the API move no game.
        self._client = client
        self._queue_url = queue_url

    def send(self, trigger: Trigger, delay_seconds: int = 0) -> None:
        """Hand it over; it may arrive twice, and the clock knows what to do then."""
        with as_unavailable():
            self._client().send_message(
                QueueUrl=self._queue_url,
                MessageBody=_encoder.encode(trigger).decode(),
                DelaySeconds=min(delay_seconds, MOST_DELAY_SECONDS),
            )


class Jobs:
    """What the broadcast workers have to post."""

    def __init__(self, client: "Callable[[], SQSClient]", queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def send(self, jobs: Iterable[Job], delay_seconds: int = 0) -> None:
        """Hand them all over, in as few calls as their sizes allow."""
        entries: list[Any] = []
        size = 0
        for job in jobs:
            body = _encoder.encode(job)
            if len(entries) == _MOST_ENTRIES or size + len(body) > _MOST_BYTES:
                self._send(entries)
                entries, size = [], 0
            entries.append({"Id": str(len(entries)), "MessageBody": body.decode(), "DelaySeconds": delay_seconds})
            size += len(body)
        self._send(entries)

    def _send(self, entries: Sequence[Any]) -> None:
        if not entries:
            return
        with as_unavailable():
            answer = self._client().send_message_batch(QueueUrl=self._queue_url, Entries=entries)
        if answer.get("Failed"):
            raise Unavailable("the broadcast queue took only a part")
