"""The topic of winners: who was best in a game, for whoever hands out the prizes."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from adapters import clients
from adapters.failures import as_unavailable
from adapters.messages import text_of
from quiz.live.standings import Row

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient


@cache
def client() -> "SNSClient":
    """The one SNS client of this environment."""
    made: SNSClient = clients.make("sns")
    return made


class Winning(Struct, frozen=True):
    """The message: a game may be announced twice, and its id tells."""

    game_id: str
    quiz_id: str
    title: str
    ended_at: str
    winners: Sequence[Row]


class WinnersTopic:
    """Publishes the winners of games that have ended."""

    def __init__(self, client: "Callable[[], SNSClient]", topic_arn: str) -> None:
        # Called, not given: most invocations end no game.
        self._client = client
        self._topic_arn = topic_arn

    def publish(self, winning: Winning) -> None:
        """Tell the subscribers, who may ask for the winners of one quiz alone."""
        with as_unavailable():
            self._client().publish(
                TopicArn=self._topic_arn,
                Message=text_of(winning),
                MessageAttributes={"quiz_id": {"DataType": "String", "StringValue": winning.quiz_id}},
            )
