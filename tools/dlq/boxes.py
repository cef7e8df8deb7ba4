"""A dead-letter queue, read without losing anything: what is received is deleted when it is done with, or released."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from msgspec import Struct

from tools.dlq.letters import Letter

_MOST_IN_CALL = 10
# Long enough for the longest run over many letters; whoever is killed hides what it held for so long.
HIDDEN_SECONDS = 300
# An empty answer of a long poll means that no server of SQS has anything.
_WAIT_SECONDS = 1
# Of receives that bring nothing but what is known, because a long run let it become visible again.
_MOST_OLD = 100


class Box(Struct, frozen=True):
    """One of the environment's dead-letter queues."""

    name: str
    url: str
    arn: str
    source_arn: str | None = None
    source_url: str | None = None

    @property
    def is_fifo(self) -> bool:
        """Whether letters of a group keep their order."""
        return self.url.endswith(".fifo")


class Counts(Struct, frozen=True):
    """About how many letters there are: `hidden` ones are in somebody's hands."""

    visible: int
    hidden: int

    @property
    def all(self) -> int:
        """Everything."""
        return self.visible + self.hidden


def count(client: Any, url: str) -> Counts:
    """About how many messages the queue holds."""
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    found = client.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    return Counts(*(int(found[name]) for name in names))


class Reading:
    """One run over a box. Each letter comes once, however often SQS hands it out."""

    def __init__(self, client: Any, box: Box, at_once: int) -> None:
        self._client = client
        self._box = box
        self._at_once = at_once
        self._held: dict[str, str] = {}
        self._gone: set[str] = set()

    def __iter__(self) -> Iterator[list[Letter]]:
        """New letters, some at a time, until there are none."""
        for _ in range(_MOST_OLD):
            received = self._receive()
            while new := self._take(received):
                yield new
                received = self._receive()
            if not received:
                return

    def delete(self, letters: Sequence[Letter]) -> set[str]:
        """Delete what is done with; returns the ids of what SQS would not delete."""
        failed: set[str] = set()
        for entries in _calls({letter.message_id: self._held[letter.message_id] for letter in letters}):
            answer = self._client.delete_message_batch(QueueUrl=self._box.url, Entries=entries)
            failed |= {entries[int(entry["Id"])]["ReceiptHandle"] for entry in answer.get("Failed", [])}
        not_deleted = {letter.message_id for letter in letters if self._held[letter.message_id] in failed}
        self._gone |= {letter.message_id for letter in letters} - not_deleted
        for message_id in self._gone & self._held.keys():
            del self._held[message_id]
        return not_deleted

    def release(self) -> None:
        """Let everybody see again what is held; where that fails, it is seen again by itself."""
        for entries in _calls(self._held):
            entries = [{**entry, "VisibilityTimeout": 0} for entry in entries]
            try:
                self._client.change_message_visibility_batch(QueueUrl=self._box.url, Entries=entries)
            except (BotoCoreError, ClientError):
                return
        self._held.clear()

    def _receive(self) -> list[Letter]:
        answer = self._client.receive_message(
            QueueUrl=self._box.url,
            MaxNumberOfMessages=self._at_once,
            MessageAttributeNames=["All"],
            MessageSystemAttributeNames=["MessageGroupId", "SentTimestamp"],
            VisibilityTimeout=HIDDEN_SECONDS,
            WaitTimeSeconds=_WAIT_SECONDS,
        )
        return [Letter.of(message, bool(self._box.source_url)) for message in answer.get("Messages", [])]

    def _take(self, received: Iterable[Letter]) -> list[Letter]:
        """Hold what was received; returns what is new."""
        letters = list(received)
        new = [letter for letter in letters if letter.message_id not in self._held.keys() | self._gone]
        self._held |= {letter.message_id: letter.receipt for letter in letters}
        # A standard queue may hand out again what it was told to delete.
        if again := [letter for letter in letters if letter.message_id in self._gone]:
            self.delete(again)
        return new


@contextmanager
def reading(client: Any, box: Box, at_once: int = _MOST_IN_CALL) -> Iterator[Reading]:
    """Read a box, and in the end release all that is still held, whatever happened."""
    begun = Reading(client, box, at_once)
    try:
        yield begun
    finally:
        begun.release()


def _calls(receipts: Mapping[str, str]) -> Iterator[list[Any]]:
    """Receipts, cut into calls."""
    handles = list(receipts.values())
    for begin in range(0, len(handles), _MOST_IN_CALL):
        part = handles[begin : begin + _MOST_IN_CALL]
        yield [{"Id": str(number), "ReceiptHandle": handle} for number, handle in enumerate(part)]
