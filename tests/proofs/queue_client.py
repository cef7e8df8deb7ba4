"""The SQS client of one environment: its only queue is the dead-letter queue of the model."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.proofs.faults import Answer, Network, client_error
from tests.proofs.fifo_model import FifoQueue

_LARGEST_MESSAGE = 1024 * 1024
_IDENTIFIER = re.compile(r"[!-~]{1,128}")
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class QueueClient:
    """Accepts what SQS accepts. `on_send` is told the de-duplication id and the error code of every accepted send."""

    def __init__(self, queue: FifoQueue, network: Network, on_send: Callable[[str, str], None]) -> None:
        self._queue = queue
        self._network = network
        self._on_send = on_send

    def send_message(
        self,
        *,
        QueueUrl: str,  # noqa: N803
        MessageBody: str,  # noqa: N803
        MessageGroupId: str,  # noqa: N803
        MessageDeduplicationId: str,  # noqa: N803
        MessageAttributes: Mapping[str, Any],  # noqa: N803
    ) -> Answer:
        """One message for the dead-letter queue."""

        def call() -> Answer:
            _check(MessageBody, MessageGroupId, MessageDeduplicationId, MessageAttributes)
            message, _ = self._queue.send(
                MessageGroupId, MessageDeduplicationId, MessageBody, MessageAttributes, source=MessageDeduplicationId
            )
            self._on_send(MessageDeduplicationId, MessageAttributes["error_code"]["StringValue"])
            return {"MessageId": message.message_id}

        return self._network.run("send_message", call)


def _check(body: str, group: str, deduplication_id: str, attributes: Mapping[str, Any]) -> None:
    values = [attribute["StringValue"] for attribute in attributes.values()]
    if not all(_IDENTIFIER.fullmatch(identifier) for identifier in (group, deduplication_id)):
        raise client_error("SendMessage", "InvalidParameterValue")
    if not all(values) or not body or any(_FORBIDDEN.search(text) for text in [body, *values]):
        raise client_error("SendMessage", "InvalidMessageContents")
    if sum(len(text.encode()) for text in [body, *values, *attributes]) > _LARGEST_MESSAGE:
        raise client_error("SendMessage", "InvalidParameterValue")
