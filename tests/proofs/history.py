"""What happened in one run, in order: the material that the checker judges."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from tests.proofs.database_model import Cause, Database, Item
from tests.proofs.fifo_model import Batch, Clock, FifoQueue, Message
from tests.proofs.lms import Work


@dataclass(frozen=True)
class Sent:
    """SQS took a message. It holds either someone's work, or a body to be rejected with one of these codes."""

    message: Message
    work: Work | None = None
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Written:
    """The submissions table took a write, when so many messages had been made in any queue."""

    cause: Cause
    item: Item
    overwrote: bool
    messages: int

    @property
    def key(self) -> tuple[str, str]:
        """Whose result it is."""
        return self.item["student_id"]["S"], self.item["submission_id"]["S"]


@dataclass(frozen=True)
class SetAside:
    """The handler sent a message to the dead-letter queue."""

    message_id: str
    code: str


@dataclass(frozen=True)
class Published:
    """The bank got a quiz, or another version of its key."""

    quiz: str
    version: int


@dataclass(frozen=True)
class Invoked:
    """An invocation ended. `error` stands for a response that never came."""

    number: int
    batch: Batch
    response: object
    error: BaseException | None
    faults: tuple[str, ...]

    @property
    def untroubled(self) -> bool:
        """Nothing went wrong around the handler."""
        return not self.faults and self.error is None


Event: TypeAlias = Sent | Written | SetAside | Published | Invoked
Kind = TypeVar("Kind", Sent, Written, SetAside, Published, Invoked)


@dataclass
class History:
    """The events of one run, and what is there at its end."""

    clock: Clock = field(default_factory=Clock)
    ledger: dict[str, Message] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dead_letters = FifoQueue(self.clock, self.ledger, max_receives=1_000_000)
        self.queue = FifoQueue(self.clock, self.ledger, dead_letters=self.dead_letters)
        self.database = Database(self._write)

    def _write(self, cause: Cause, item: Item, overwrote: bool) -> None:
        self.events.append(Written(cause, item, overwrote, len(self.ledger)))

    def all(self, kind: type[Kind]) -> Iterator[Kind]:
        """The events of one kind, in order."""
        return (event for event in self.events if isinstance(event, kind))

    def root(self, message_id: str) -> str | None:
        """The message that was sent, through however many moves this one comes from it; None if from nowhere."""
        message = self.ledger.get(message_id)
        while message is not None and message.source is not None:
            message = self.ledger.get(message.source)
        return None if message is None else message.message_id

    def roots(self, messages: Iterable[Message]) -> dict[str | None, list[Message]]:
        """Messages by the message that was sent."""
        found: dict[str | None, list[Message]] = {}
        for message in messages:
            found.setdefault(self.root(message.message_id), []).append(message)
        return found
