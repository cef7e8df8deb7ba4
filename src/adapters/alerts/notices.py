"""The topic that people subscribe to, by mail or otherwise."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from adapters import clients
from adapters.failures import as_unavailable
from quiz.alerts.messages import Message
from quiz.alerts.rendering import plain, subject

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient


@cache
def client() -> "SNSClient":
    """The one SNS client of this environment."""
    made: SNSClient = clients.make("sns")
    return made


class Notices:
    """Tells all subscribers."""

    def __init__(self, client: "Callable[[], SNSClient]", topic_arn: str) -> None:
        self._client = client
        self._topic_arn = topic_arn

    def tell(self, message: Message) -> None:
        """Publish a message as plain text."""
        with as_unavailable():
            self._client().publish(TopicArn=self._topic_arn, Subject=subject(message), Message=plain(message))
