"""Send batches of messages, trying again what the queue did not take."""

import random
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tools.submit.messages import Message, batches

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

_MOST_TRIES = 6


class PostFailed(Exception):
    """The queue refused a message for good."""


def post(client: "SQSClient", queue_url: str, messages: Sequence[Message]) -> Iterator[list[Message]]:
    """Send everything in order; yields each batch once all of it is in the queue."""
    for batch in batches(messages):
        waiting = batch
        for tried in range(_MOST_TRIES):
            waiting = _send(client, queue_url, waiting)
            if not waiting:
                break
            time.sleep(random.uniform(0, 0.2 * 2**tried))  # noqa: S311  # jitter, no secret
        if waiting:
            raise PostFailed(f"line {waiting[0].line}: the queue did not take it in {_MOST_TRIES} tries")
        yield batch


def _send(client: "SQSClient", queue_url: str, batch: Sequence[Message]) -> list[Message]:
    """Send one call; returns what to send again."""
    answer = client.send_message_batch(
        QueueUrl=queue_url,
        Entries=[
            {
                "Id": str(position),
                "MessageBody": message.body,
                "MessageGroupId": message.group,
                "MessageDeduplicationId": message.deduplication_id,
            }
            for position, message in enumerate(batch)
        ],
    )
    failed = answer.get("Failed", [])
    for entry in failed:
        if entry["SenderFault"]:
            raise PostFailed(f"line {batch[int(entry['Id'])].line}: {entry.get('Message', entry['Code'])}")
    return [batch[int(entry["Id"])] for entry in failed]
