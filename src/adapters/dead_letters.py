"""The dead-letter queue, for records that can never succeed: moved at once, with the reason beside them."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from adapters import clients
from adapters.correlation import attributes
from adapters.failures import as_unavailable
from quiz.errors import Rejected

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

# Characters, of up to four bytes each: the attributes together have to stay under 4 KB.
_LONGEST_MESSAGE = 900


@cache
def client() -> "SQSClient":
    """The one SQS client of this environment."""
    made: SQSClient = clients.make("sqs")
    return made


class DeadLetters:
    """Where rejected records wait for a person."""

    def __init__(self, client: "Callable[[], SQSClient]", url: str) -> None:
        # Called, not given: most environments never meet a bad record and need no SQS client.
        self._client = client
        self._url = url

    def send(self, record: Mapping[str, Any], reason: Rejected) -> None:
        """Send the body as it came, in its own group; a second try of the same message is de-duplicated by its id."""
        with as_unavailable():
            self._client().send_message(
                QueueUrl=self._url,
                MessageBody=record["body"],
                MessageGroupId=record["attributes"]["MessageGroupId"],
                MessageDeduplicationId=record["messageId"],
                MessageAttributes={
                    "error_code": _text(reason.code),
                    "error_message": _text(_printable(str(reason))[:_LONGEST_MESSAGE]),
                    "source_message_id": _text(record["messageId"]),
                    "sender_id": _text(record["attributes"].get("SenderId", "")),
                    # Moved back, it goes on under the id that it had.
                    **attributes(),
                },
            )


def _text(value: str) -> Any:
    return {"DataType": "String", "StringValue": value or "-"}


def _printable(text: str) -> str:
    """SQS refuses control characters and surrogates, which a message that quotes bad input may hold."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
