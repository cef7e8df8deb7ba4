"""The questions of the bank for practice: read together with those that come next, and kept for a minute."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from adapters.bank import read_question
from adapters.observability import logger
from adapters.practice import batches
from adapters.practice.batches import MOST_READ, Item
from adapters.practice.breaker import guarded
from quiz.errors import BrokenQuiz
from quiz.questions import Question

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

# A corrected key reaches every warm environment within this time.
_MAX_AGE_SECONDS = 300.0
# A question may have a quarter of a megabyte.
_MOST_KEPT = 300

CIRCUIT = "question-bank"


class PracticeQuestions:
    """Reads each question at most once in five minutes; what the bank lacks or cannot tell is None."""

    def __init__(self, client: "DynamoDBClient", table: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._table = table
        self._clock = clock
        self._kept: dict[str, tuple[float, Question | None]] = {}
        self._fetch = guarded(CIRCUIT, self._ask)

    def get(self, wanted: str, ahead: Sequence[str] = ()) -> Question | None:
        """The question. Those that may come next are read in the same call, if there has to be one."""
        if not self._is_fresh(wanted):
            others = (each for each in dict.fromkeys(ahead) if each != wanted and not self._is_fresh(each))
            self._keep(self._fetch([wanted, *others][:MOST_READ]))
        return self._kept[wanted][1]

    def _is_fresh(self, question_id: str) -> bool:
        read_at, _ = self._kept.get(question_id, (float("-inf"), None))
        return self._clock() - read_at <= _MAX_AGE_SECONDS

    def _keep(self, found: Mapping[str, Question | None]) -> None:
        now = self._clock()
        for question_id, question in found.items():
            # Taken out first, so that the order of the dict is the order of age.
            self._kept.pop(question_id, None)
            self._kept[question_id] = (now, question)
        while len(self._kept) > _MOST_KEPT:
            del self._kept[next(iter(self._kept))]

    def _ask(self, question_ids: Sequence[str]) -> dict[str, Question | None]:
        wanted = question_ids[0]
        items = batches.read(
            self._client,
            self._table,
            [{"question_id": each} for each in question_ids],
            enough=lambda items: any(_id(item) == wanted for item in items),
        )
        # What was asked for first is there or is not; of the others it is unknown where they did not come.
        return {wanted: None, **{_id(item): _question(item) for item in items}}


def _id(item: Item) -> str:
    question_id: str = item["question_id"]["S"]
    return question_id


def _question(item: Item) -> Question | None:
    try:
        return read_question(item)
    except BrokenQuiz as error:
        # It is passed over as if it were gone.
        logger().error("a question of the bank is broken", question_id=_id(item), reason=str(error))
        return None
