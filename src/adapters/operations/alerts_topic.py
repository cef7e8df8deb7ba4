"""The topic of alerts, which the health check writes to beside CloudWatch."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from adapters import clients
from quiz.operations.findings import Health

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient

_encoder = msgspec.json.Encoder()


@cache
def client() -> "SNSClient":
    """The one SNS client of this environment."""
    made: SNSClient = clients.make("sns")
    return made


class AlertsTopic:
    """Where people hear of what is wrong."""

    def __init__(self, client: "Callable[[], SNSClient]", topic_arn: str) -> None:
        # Called, not given: a healthy platform has nothing to tell.
        self._client = client
        self._topic_arn = topic_arn

    def publish(self, health: Health) -> None:
        """One message for the whole run."""
        self._client().publish(TopicArn=self._topic_arn, Message=_encoder.encode(health).decode())
