"""SQS FIFO queues by AWS's rules, on a virtual clock and without any chance in them.

An adversary decides what AWS leaves open: which groups a batch holds, how they are mixed, and when a batch comes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any

DEDUPLICATION_SECONDS = 300
LARGEST_BATCH = 10


class Clock:
    """Seconds since the epoch, moved only by hand."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


@dataclass
class Message:
    """One message of one queue. Moving it to another queue makes another message, whose `source` is this one."""

    message_id: str
    group: str
    deduplication_id: str
    body: str
    sent_at: float
    attributes: dict[str, Any] = field(default_factory=dict)
    source: str | None = None
    receives: int = 0
    invisible_until: float = 0.0

    @property
    def error_code(self) -> str | None:
        """Why the handler set it aside; None if it was SQS that did, after too many receives."""
        code: str | None = self.attributes.get("error_code", {}).get("StringValue")
        return code

    def record(self) -> dict[str, Any]:
        """As the event source mapping hands it to the function."""
        return {
            "messageId": self.message_id,
            "receiptHandle": f"{self.message_id}/{self.receives}",
            "body": self.body,
            "attributes": {
                "ApproximateReceiveCount": str(self.receives),
                "SentTimestamp": str(int(self.sent_at * 1000)),
                "MessageGroupId": self.group,
                "MessageDeduplicationId": self.deduplication_id,
            },
            "messageAttributes": {},
            "eventSource": "aws:sqs",
        }


@dataclass(frozen=True)
class Batch:
    """Messages as they were when they were received: the receive count is the receipt."""

    messages: tuple[Message, ...]

    def event(self) -> dict[str, Any]:
        """What the function is called with."""
        return {"Records": [message.record() for message in self.messages]}

    def ids(self) -> list[str]:
        """The message ids, in order."""
        return [message.message_id for message in self.messages]

    def only(self, position: int) -> "Batch":
        """A batch of just one of the messages."""
        return Batch((self.messages[position % len(self.messages)],))


class FifoQueue:
    """One queue. With `dead_letters`, a message that was received `max_receives` times is moved there.

    Queues that share a ledger never give an id twice, and the ledger remembers every message there ever was.
    Only `send` may be called from several threads: the handler does.
    """

    def __init__(
        self,
        clock: Clock,
        ledger: dict[str, Message] | None = None,
        visibility: float = 60,
        max_receives: int = 5,
        dead_letters: "FifoQueue | None" = None,
    ) -> None:
        self._clock = clock
        self._ledger = {} if ledger is None else ledger
        self._visibility = visibility
        self._max_receives = max_receives
        self._dead_letters = dead_letters
        self._lock = Lock()
        self._sent: dict[str, Message] = {}
        self.messages: list[Message] = []

    def send(
        self, group: str, deduplication_id: str, body: str, attributes: Any = None, source: str | None = None
    ) -> tuple[Message, bool]:
        """The message and whether it is new. A repeated id within five minutes is accepted and changes nothing."""
        with self._lock:
            known = self._sent.get(deduplication_id)
            if known is not None and self._clock.now - known.sent_at < DEDUPLICATION_SECONDS:
                return known, False
            message = self._append(
                Message("", group, deduplication_id, body, self._clock.now, dict(attributes or {}), source)
            )
            self._sent[deduplication_id] = message
            return message, True

    def receive(self, limit: int = LARGEST_BATCH, rotate: int = 0, mixed: bool = False) -> Batch:
        """The next batch. The adversary says which group comes first and whether groups take turns in it."""
        groups = self._available()
        names = list(groups)
        start = rotate % len(names) if names else 0
        queues = [groups[name] for name in names[start:] + names[:start]]
        chosen = (_in_turn(queues) if mixed else [message for queue in queues for message in queue])[
            : min(limit, LARGEST_BATCH)
        ]
        for message in chosen:
            message.receives += 1
            message.invisible_until = self._clock.now + self._visibility
        return Batch(tuple(replace(message) for message in chosen))

    def settle(self, batch: Batch, failed: frozenset[str]) -> None:
        """Delete what did not fail. FIFO queues refuse an expired receipt; the rest stays invisible until its time."""
        receipts = {(m.message_id, m.receives) for m in batch.messages if m.message_id not in failed}
        self.messages = [
            m for m in self.messages if (m.message_id, m.receives) not in receipts or not self._in_flight(m)
        ]

    def move_back(self, limit: int, destination: "FifoQueue") -> list[Message]:
        """StartMessageMoveTask: new message ids and enqueue times, behind what is in the destination by now."""
        moved, self.messages = self.messages[:limit], self.messages[limit:]
        return [
            destination._append(replace(m, sent_at=self._clock.now, source=m.message_id, receives=0)) for m in moved
        ]

    def _append(self, message: Message) -> Message:
        made = replace(message, message_id=f"m{len(self._ledger)}", invisible_until=0.0)
        self._ledger[made.message_id] = made
        self.messages.append(made)
        return made

    def _in_flight(self, message: Message) -> bool:
        return message.invisible_until > self._clock.now

    def _available(self) -> dict[str, list[Message]]:
        """Messages by group, without the groups that are blocked by a message in flight."""
        blocked = {message.group for message in self.messages if self._in_flight(message)}
        self._set_aside([m for m in self.messages if m.group not in blocked and m.receives >= self._max_receives])
        groups: dict[str, list[Message]] = {}
        for message in self.messages:
            if message.group not in blocked:
                groups.setdefault(message.group, []).append(message)
        return groups

    def _set_aside(self, exhausted: Sequence[Message]) -> None:
        """The redrive policy: the original message id becomes the de-duplication id, the enqueue time starts anew."""
        if self._dead_letters is None:
            return
        for message in exhausted:
            self.messages.remove(message)
            self._dead_letters.send(
                message.group, message.message_id, message.body, message.attributes, source=message.message_id
            )


def _in_turn(queues: list[list[Message]]) -> list[Message]:
    longest = max(map(len, queues), default=0)
    return [queue[turn] for turn in range(longest) for queue in queues if turn < len(queue)]
