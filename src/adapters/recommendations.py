"""Amazon Personalize, for environments that have trained it on their results."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from adapters import clients
from quiz.errors import Unavailable

# Personalize learnt its items from outside; what no question can be called would make the bank refuse the read.
_LONGEST_ID = 128


@cache
def client() -> Any:
    """The one Personalize client of this environment."""
    # One try: a student waits, and what does without Personalize is quicker than a second one.
    return clients.make("personalize-runtime", Config(retries={"mode": "standard", "total_max_attempts": 1}))


class Recommendations:
    """Questions for one student, by a recommender or else a campaign."""

    def __init__(self, client: Callable[[], Any], recommender_arn: str, campaign_arn: str) -> None:
        # Called, not given: most requests need no recommendation.
        self._client = client
        self._source = {"recommenderArn": recommender_arn} if recommender_arn else {"campaignArn": campaign_arn}

    def questions_for(self, user_id: str, number: int) -> Sequence[str]:
        """Ids of questions, the best first. Whatever goes wrong is Unavailable: there is another way to a quiz."""
        try:
            answer = self._client().get_recommendations(userId=user_id, numResults=number, **self._source)
        except (BotoCoreError, ClientError) as error:
            raise Unavailable(type(error).__name__) from error
        ids = dict.fromkeys(item.get("itemId", "") for item in answer.get("itemList", []))
        return [question_id for question_id in ids if 0 < len(question_id) <= _LONGEST_ID][:number]
