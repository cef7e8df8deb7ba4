"""When a message that failed comes again: soon, because a live quiz cannot wait for a queue's visibility timeout."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

_LONGEST_SECONDS = 60


class Redelivery:
    """Asks the queue to hurry."""

    def __init__(self, client: "Callable[[], SQSClient]", queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def soon(self, record: Mapping[str, Any]) -> None:
        """In two seconds at first, then in twice the time; if the queue does not listen, its own timeout holds."""
        received = int(record.get("attributes", {}).get("ApproximateReceiveCount", 1))
        with suppress(BotoCoreError, ClientError):
            self._client().change_message_visibility(
                QueueUrl=self._queue_url,
                ReceiptHandle=record["receiptHandle"],
                VisibilityTimeout=min(2 ** min(received, 10), _LONGEST_SECONDS),
            )
