"""The queues of live quizzes: wishes and timers for the clock, jobs for the broadcast workers."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING

from adapters import clients
from adapters.correlation import apart, attributes
from adapters.failures import as_unavailable
from adapters.messages import text_of
from quiz.live.broadcasts import Job
from quiz.live.clock import Trigger

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

MOST_DELAY_SECONDS = 900

_FEW = 4
# As many as the client keeps connections for.
_THREADS = 10


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
                MessageBody=text_of(trigger),
                DelaySeconds=min(delay_seconds, MOST_DELAY_SECONDS),
                MessageAttributes=attributes(),
            )


class Jobs:
    """What the broadcast workers have to post."""

    def __init__(self, client: "Callable[[], SQSClient]", queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def send(self, jobs: Iterable[Job], delay_seconds: int = 0) -> None:
        """Hand them all over, many of them side by side; those of a big game would not fit into batches anyway."""
        bodies = [text_of(job) for job in jobs]
        if len(bodies) <= _FEW:
            for body in bodies:
                self._send(body, delay_seconds)
            return
        with ThreadPoolExecutor(max_workers=_THREADS, thread_name_prefix="jobs") as pool:
            send = apart(self._send)
            for done in [pool.submit(send, body, delay_seconds) for body in bodies]:
                done.result()

    def _send(self, body: str, delay_seconds: int) -> None:
        with as_unavailable():
            self._client().send_message(
                QueueUrl=self._queue_url,
                MessageBody=body,
                DelaySeconds=delay_seconds,
                MessageAttributes=attributes(),
            )
