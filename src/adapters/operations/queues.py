"""How full the queues are."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Final

from botocore.config import Config
from msgspec import Struct

from adapters import clients

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

# All queues are asked at once, and a canary is sent meanwhile.
_AT_ONCE = Config(max_pool_connections=50)

_WAITING: Final = "ApproximateNumberOfMessages"
_IN_FLIGHT: Final = "ApproximateNumberOfMessagesNotVisible"


@cache
def client() -> "SQSClient":
    """The one SQS client of this environment."""
    made: SQSClient = clients.make("sqs", _AT_ONCE)
    return made


class Load(Struct, frozen=True):
    """How many messages wait, and how many are being worked on."""

    waiting: int
    in_flight: int


class Queues:
    """Looks at queues; no message is touched."""

    def __init__(self, client: "Callable[[], SQSClient]") -> None:
        self._client = client

    def load(self, url: str) -> Load:
        """How full the queue is, as SQS estimates it."""
        answer = self._client().get_queue_attributes(QueueUrl=url, AttributeNames=[_WAITING, _IN_FLIGHT])
        return Load(int(answer["Attributes"][_WAITING]), int(answer["Attributes"][_IN_FLIGHT]))
