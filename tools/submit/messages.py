"""A file of submissions, one JSON object a line, as messages for the queue."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from quiz.errors import Rejected
from quiz.submissions import parse

# SQS takes at most this much in one call.
MOST_MESSAGES = 10
MOST_BYTES = 256 * 1024


class Sized(Protocol):
    """What takes room in a call."""

    @property
    def size(self) -> int:
        """Bytes of everything that SQS counts."""


Some = TypeVar("Some", bound=Sized)


class Message(NamedTuple):
    """One message: messages of a group are processed in order."""

    body: str
    group: str
    line: int

    @property
    def deduplication_id(self) -> str:
        """Equal for equal bodies, so that SQS itself drops what is sent twice within five minutes."""
        return hashlib.sha256(self.body.encode()).hexdigest()

    @property
    def size(self) -> int:
        """Bytes of everything that SQS counts."""
        return len(self.body.encode())


class Refused(NamedTuple):
    """A line that the platform would refuse, and why."""

    line: int
    reason: str


def read(path: Path) -> tuple[list[Message], list[Refused]]:
    """All lines of the file, checked as the platform will check them."""
    messages, refused = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            messages.append(Message(line, parse(line).student_id, number))
        except Rejected as error:
            refused.append(Refused(number, f"{error.code}: {error}"))
    return messages, refused


def batches(messages: Iterable[Some]) -> Iterator[list[Some]]:
    """Cut into calls: at most ten messages, and no more bytes than one call may carry."""
    batch: list[Some] = []
    size = 0
    for message in messages:
        if batch and (len(batch) == MOST_MESSAGES or size + message.size > MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(message)
        size += message.size
    if batch:
        yield batch
