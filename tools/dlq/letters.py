"""What lies in a dead-letter queue: a message as it came, and how it got there."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, Self, TypeVar

import msgspec
from msgspec import Raw, Struct

_Form = TypeVar("_Form", bound=Struct)

# The code of what carries none.
NO_CODE = "none"
# What the function that set it aside wrote beside it; a message that goes back leaves this behind.
REASONS = frozenset({"error_code", "error_message", "sender_id", "source_message_id"})


class Kind(StrEnum):
    """What a letter is, which decides how it is brought back."""

    MESSAGE = "message"
    FAILED_CALL = "failed call"
    LOST_EVENT = "lost event"
    NOTIFICATION = "notification"
    POSITION = "position in a stream"
    UNKNOWN = "unknown message"

    def many(self, number: int) -> str:
        """So many of them, in words."""
        first, _, rest = self.value.partition(" in ")
        return f"{number} {first}{'s' if number != 1 else ''}{f' in {rest}' if rest else ''}"


class _Call(Struct, frozen=True, rename="camel"):
    function_arn: str
    condition: str = NO_CODE
    request_id: str = ""


class _Range(Struct, frozen=True, rename="camel"):
    shard_id: str
    start_sequence_number: str
    end_sequence_number: str
    stream_arn: str
    batch_size: int = 0
    approximate_arrival_of_first_record: datetime | None = None
    approximate_arrival_of_last_record: datetime | None = None


class Failure(Struct, frozen=True, rename="camel"):
    """What Lambda writes when it gives up: of a call what it was called with, of a batch where in the stream it is."""

    request_context: _Call
    request_payload: Raw = Raw()
    response_payload: Any = None
    position: _Range | None = msgspec.field(name="DDBStreamBatchInfo", default=None)


class _Notification(Struct, frozen=True, rename="pascal", tag_field="Type", tag="Notification"):
    topic_arn: str
    message: str
    message_id: str = ""


class Letter(Struct, frozen=True, dict=True):
    """One message that was set aside. `moves_back` tells that it came from a queue of the environment's own."""

    message_id: str
    receipt: str
    body: str
    sent_at: float
    moves_back: bool
    group: str = ""
    attributes: Mapping[str, Any] = {}

    @classmethod
    def of(cls, message: Any, moves_back: bool) -> Self:
        """A message as SQS hands it out."""
        return cls(
            message_id=message["MessageId"],
            receipt=message["ReceiptHandle"],
            body=message["Body"],
            sent_at=int(message["Attributes"]["SentTimestamp"]) / 1000,
            moves_back=moves_back,
            group=message["Attributes"].get("MessageGroupId", ""),
            attributes=message.get("MessageAttributes", {}),
        )

    def said(self, name: str) -> str:
        """The text of an attribute, empty if it has none."""
        return str(self.attributes.get(name, {}).get("StringValue", ""))

    @cached_property
    def failure(self) -> Failure | None:
        """What Lambda wrote, if it was Lambda that set it aside."""
        return self._read(Failure)

    @cached_property
    def notification(self) -> _Notification | None:
        """What a topic published, if it was the topic that could not hand it over."""
        return self._read(_Notification)

    @property
    def kind(self) -> Kind:
        """What it is."""
        if self.moves_back:
            return Kind.MESSAGE
        if failure := self.failure:
            return Kind.POSITION if failure.position else Kind.FAILED_CALL
        if ":lambda:" in self.said("TARGET_ARN"):
            return Kind.LOST_EVENT
        return Kind.NOTIFICATION if self.notification else Kind.UNKNOWN

    @property
    def code(self) -> str:
        """Why it is here: the code of whoever set it aside."""
        condition = self.failure.request_context.condition if self.failure else ""
        return self.said("error_code") or self.said("ERROR_CODE") or condition or NO_CODE

    @property
    def reason(self) -> str:
        """The same in words, as far as somebody wrote them."""
        answer = self.failure.response_payload if self.failure else None
        if isinstance(answer, dict) and "errorMessage" in answer:
            return f"{answer.get('errorType', 'error')}: {answer['errorMessage']}"
        return self.said("error_message") or self.said("ERROR_MESSAGE")

    @property
    def origins(self) -> frozenset[str]:
        """Ids of what it may have come from: by them, what was brought back and failed again is known."""
        called = self.failure.request_context.request_id if self.failure else ""
        return frozenset({self.message_id, self.said("source_message_id"), called} - {""})

    def _read(self, form: type[_Form]) -> _Form | None:
        """The body, if it has this form, and came from no queue in which anybody may write such things."""
        if self.moves_back:
            return None
        try:
            return msgspec.json.decode(self.body.encode("utf-8", "replace"), type=form)
        except msgspec.MsgspecError:
            return None
