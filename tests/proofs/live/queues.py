"""A standard queue as AWS allows it to be: late, in any order, and at least once."""

from dataclasses import dataclass, field, replace
from itertools import count
from random import Random
from threading import Lock
from typing import Any

from tests.proofs.live.times import Time

VISIBILITY_MS = 60_000


@dataclass
class Message:
    body: str
    due: int
    number: int
    receives: int = 0
    correlation_id: str = ""

    def record(self) -> dict[str, Any]:
        """The message as Lambda delivers it."""
        return {
            "messageId": f"m{self.number}",
            "receiptHandle": str(self.number),
            "body": self.body,
            "attributes": {"ApproximateReceiveCount": str(self.receives)},
            "messageAttributes": {"correlation_id": {"dataType": "String", "stringValue": self.correlation_id}},
        }


@dataclass
class Queue:
    """`repeated` is the share of messages that are delivered a second time, at any later moment."""

    time: Time
    chance: Random
    repeated: float = 0.0
    waiting: list[Message] = field(default_factory=list)
    visible_after: dict[int, int] = field(default_factory=dict)
    doubled: int = 0
    _numbers: Any = field(default_factory=count)
    _lock: Lock = field(default_factory=Lock)

    def send(self, body: str, delay_seconds: int = 0, correlation_id: str = "") -> None:
        assert 0 <= delay_seconds <= 900
        assert len(body.encode()) <= 256 * 1024
        with self._lock:
            due = self.time.now + delay_seconds * 1000
            self.waiting.append(Message(body, due, next(self._numbers), correlation_id=correlation_id))

    def next_due(self) -> int | None:
        with self._lock:
            return min((message.due for message in self.waiting), default=None)

    def receive(self, most: int) -> list[Message]:
        """Some of what is due, in any order."""
        with self._lock:
            due = [message for message in self.waiting if message.due <= self.time.now]
            taken = self.chance.sample(due, min(most, len(due)))
            self.waiting = [message for message in self.waiting if message not in taken]
            for message in taken:
                message.receives += 1
            return taken

    def settle(self, taken: list[Message], failed: frozenset[str]) -> None:
        """What failed comes again; of the rest, some does as well."""
        with self._lock:
            for message in taken:
                number = message.number
                if f"m{number}" in failed:
                    after = self.visible_after.pop(number, VISIBILITY_MS)
                    self.waiting.append(replace(message, due=self.time.now + after))
                elif message.receives == 1 and self.chance.random() < self.repeated:
                    self.doubled += 1
                    later = self.chance.choice([0, 50, 900, 7_000, 40_000])
                    self.waiting.append(replace(message, due=self.time.now + later))


class Sqs:
    """The client that handlers send with; a queue's URL is its name."""

    def __init__(self, queues: dict[str, Queue], observe: Any) -> None:
        self._queues = queues
        self._observe = observe

    def send_message(
        self,
        *,
        QueueUrl: str,  # noqa: N803
        MessageBody: str,  # noqa: N803
        DelaySeconds: int = 0,  # noqa: N803
        MessageAttributes: Any = None,  # noqa: N803
    ) -> Any:
        known = (MessageAttributes or {}).get("correlation_id", {}).get("StringValue", "")
        return self._observe("SendMessage", lambda: self._queues[QueueUrl].send(MessageBody, DelaySeconds, known))

    def send_message_batch(self, *, QueueUrl: str, Entries: list[Any]) -> Any:  # noqa: N803
        def send() -> Any:
            assert sum(len(entry["MessageBody"].encode()) for entry in Entries) <= 256 * 1024
            assert 0 < len(Entries) <= 10
            for entry in Entries:
                self._queues[QueueUrl].send(entry["MessageBody"], entry["DelaySeconds"])
            return {"Successful": [{"Id": entry["Id"]} for entry in Entries]}

        return self._observe("SendMessageBatch", send)

    def change_message_visibility(self, *, QueueUrl: str, ReceiptHandle: str, VisibilityTimeout: int) -> Any:  # noqa: N803
        def change() -> None:
            self._queues[QueueUrl].visible_after[int(ReceiptHandle)] = VisibilityTimeout * 1000

        return self._observe("ChangeMessageVisibility", change)
