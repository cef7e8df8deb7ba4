"""The invariants that concern single invocations: what stood in the table and the queue when each of them ended."""

from dataclasses import dataclass, field

from tests.proofs.database_model import Item
from tests.proofs.event_source import FunctionError, failed_ids
from tests.proofs.faults import Killed
from tests.proofs.fifo_model import Message
from tests.proofs.history import Event, History, Invoked, Published, Sent, SetAside, Written
from tests.proofs.violation import Violation, rejections


@dataclass
class _Moment:
    """What had happened up to some event."""

    stored: dict[tuple[str, str], Item] = field(default_factory=dict)
    aside: dict[str, str] = field(default_factory=dict)
    quizzes: set[str] = field(default_factory=set)

    def add(self, event: Event) -> None:
        match event:
            case Written():
                self.stored.setdefault(event.key, event.item)
            case SetAside():
                self.aside[event.message_id] = event.code
            case Published():
                self.quizzes.add(event.quiz)


def check_poison_blocks_nobody(history: History) -> None:
    """(e) One delivery in which nothing goes wrong settles the whole batch: good stored, bad set aside at once."""
    sent = {event.message.message_id: event for event in history.all(Sent)}
    moment = _Moment()
    for event in history.events:
        moment.add(event)
        if isinstance(event, Invoked) and event.untroubled:
            if failed := failed_ids(event.response, event.batch.ids()):
                raise Violation(f"invocation {event.number} had no trouble and gave back {sorted(failed)}")
            for message in event.batch.messages:
                origin = sent[history.root(message.message_id) or ""]
                _check_settled(event, message, origin, moment)


def _check_settled(event: Invoked, message: Message, sent: Sent, moment: _Moment) -> None:
    allowed = rejections(sent, moment.stored, moment.quizzes)
    if allowed and moment.aside.get(message.message_id) not in allowed:
        raise Violation(
            f"after invocation {event.number} and {message.receives} receives message {message.message_id} is neither"
            f" stored nor set aside as {set(allowed)}, but as {moment.aside.get(message.message_id)}"
        )


def check_order(history: History) -> None:
    """(f) Within a group, first writes follow the order of sending, but for what was set aside before."""
    place = {message_id: number for number, message_id in enumerate(history.ledger)}
    moved = {message.source: place[message.message_id] for message in reversed(history.ledger.values())}
    last: dict[str, str] = {}
    for write in history.all(Written):
        message = history.ledger[write.cause.message_id]
        # Its turn was over when it was moved, even if the message itself was delivered once more.
        if message.source is not None or moved.get(message.message_id, write.messages) < write.messages:
            continue
        before = last.get(message.group, message.message_id)
        if place[before] > place[message.message_id]:
            raise Violation(f"group {message.group}: {before} was stored before {message.message_id}, sent earlier")
        last[message.group] = message.message_id


def check_responses(history: History) -> None:
    """(g) The handler always answers, in the right shape, and names only ids of its batch, each once."""
    for event in history.all(Invoked):
        if event.error is not None:
            if not isinstance(event.error, Killed | FunctionError):
                raise Violation(f"invocation {event.number} raised {event.error!r}") from event.error
            continue
        names = _names(event)
        if len(set(names)) != len(names) or not set(names) <= set(event.batch.ids()):
            raise Violation(f"invocation {event.number} named {names} of {event.batch.ids()}")


def _names(event: Invoked) -> list[str]:
    match event.response:
        case {"batchItemFailures": [*failures], **rest} if not rest:
            if all(isinstance(failure, dict) and list(failure) == ["itemIdentifier"] for failure in failures):
                return [failure["itemIdentifier"] for failure in failures]
    raise Violation(f"invocation {event.number} answered {event.response!r}")
