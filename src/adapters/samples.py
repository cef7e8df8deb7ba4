"""Drawing from the question bank: a warm environment knows the ids of a bucket, so a draw costs one read of questions.

What is new in the bank is drawn from within five minutes; what is gone or was moved is found out by reading it.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from adapters.bank import read_question
from adapters.failures import as_unavailable
from adapters.items import to_item
from adapters.observability import logger
from quiz.bank import bucket
from quiz.errors import BrokenQuiz, Unavailable
from quiz.public import Chance
from quiz.questions import Question

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_INDEX = "by_bucket"
_MAX_AGE_SECONDS = 300.0
_MOST_IDS = 20_000
# Over all buckets; some 25 MB.
_MOST_IDS_KEPT = 200_000
_SAMPLE_KEYS = 2**48
# Categories are looked for in so many pages of 1 MB.
_MOST_SCANNED_PAGES = 20
_MOST_READS = 3


class Samples:
    """The buckets of the bank, each read at most once in five minutes."""

    def __init__(
        self,
        client: "DynamoDBClient",
        table: str,
        chance: Chance,
        clock: Callable[[], float] = time.monotonic,
        most_ids: int = _MOST_IDS,
    ) -> None:
        self._client = client
        self._table = table
        self._chance = chance
        self._clock = clock
        self._most_ids = most_ids
        self._kept: dict[str, tuple[float, Sequence[str]]] = {}
        self._large: set[str] = set()

    def ids(self, category: str, difficulty: int) -> Sequence[str]:
        """The questions of a bucket; of a large one as many as are kept, neighbours of a random place in it."""
        name = bucket(category, difficulty)
        return self._fresh(name, lambda: self._load(name))

    def categories(self) -> Sequence[str]:
        """The names of all categories that hold questions."""
        # No bucket is called like this: theirs all hold a #.
        return self._fresh("", self._scan)

    def forget(self, category: str) -> None:
        """Keep nothing of the category. There is no end of names that hold nothing."""
        for name in [name for name in self._kept if name and name.rpartition("#")[0] == category]:
            del self._kept[name]

    def read(self, question_ids: Sequence[str]) -> list[Question]:
        """Those of the questions that there are and can be read, in the order of their ids; at most a hundred."""
        items = {item["question_id"]["S"]: item for item in self._items(question_ids)}
        if len(items) < len(question_ids):
            # The lists are out of date, and the next draw had better not run into that again.
            self._kept.clear()
        read = (_question(items[question_id]) for question_id in question_ids if question_id in items)
        return [question for question in read if question is not None]

    def _fresh(self, name: str, load: Callable[[], Sequence[str]]) -> Sequence[str]:
        read_at, kept = self._kept.get(name, (float("-inf"), ()))
        if self._clock() - read_at <= _MAX_AGE_SECONDS:
            return kept
        loaded = load()
        # Taken out first, so that the order of the dict is the order of age.
        self._kept.pop(name, None)
        self._kept[name] = (self._clock(), loaded)
        while sum(len(ids) for _, ids in self._kept.values()) > _MOST_IDS_KEPT and len(self._kept) > 1:
            del self._kept[next(iter(self._kept))]
        return loaded

    def _load(self, name: str) -> Sequence[str]:
        if name not in self._large:
            ids = self._query(name, ">=", 0, self._most_ids + 1)
            if len(ids) <= self._most_ids:
                return ids
            self._large.add(name)
        # Around a circle, so that each question is in it as often as any other.
        start = self._chance.randrange(_SAMPLE_KEYS)
        ids = self._query(name, ">=", start, self._most_ids)
        return ids + self._query(name, "<", start, self._most_ids - len(ids))

    def _query(self, name: str, comparison: str, start: int, most: int) -> list[str]:
        ids: list[str] = []
        pages = self._pages(
            lambda **page: self._client.query(**page),
            KeyConditionExpression=f"#bucket = :bucket AND #sample_key {comparison} :start",
            ProjectionExpression="#question_id",
            ExpressionAttributeNames={
                "#bucket": "bucket",
                "#sample_key": "sample_key",
                "#question_id": "question_id",
            },
            ExpressionAttributeValues=to_item({":bucket": name, ":start": start}),
        )
        while len(ids) < most and (page := next(pages, None)) is not None:
            ids += [item["question_id"]["S"] for item in page]
        return ids[:most]

    def _scan(self) -> Sequence[str]:
        names: set[str] = set()
        pages = self._pages(
            lambda **page: self._client.scan(**page),
            ProjectionExpression="#bucket",
            ExpressionAttributeNames={"#bucket": "bucket"},
        )
        for _, page in zip(range(_MOST_SCANNED_PAGES), pages, strict=False):
            names.update(item["bucket"]["S"].rpartition("#")[0] for item in page)
        return sorted(names)

    def _pages(self, call: Callable[..., Any], **parameters: Any) -> Iterator[list[dict[str, Any]]]:
        parameters |= {"TableName": self._table, "IndexName": _INDEX}
        while True:
            with as_unavailable():
                page = call(**parameters)
            yield page["Items"]
            if "LastEvaluatedKey" not in page:
                return
            parameters["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def _items(self, question_ids: Sequence[str]) -> Iterator[dict[str, Any]]:
        asked: Any = {self._table: {"Keys": [to_item({"question_id": each}) for each in question_ids]}}
        for _ in range(_MOST_READS):
            with as_unavailable():
                answer = self._client.batch_get_item(RequestItems=asked)
            yield from answer["Responses"].get(self._table, [])
            # Left over by throttling, or because one answer holds 16 MB at most.
            asked = answer.get("UnprocessedKeys")
            if not asked:
                return
        raise Unavailable("the question bank answered only in part")


def _question(item: dict[str, Any]) -> Question | None:
    try:
        return read_question(item)
    except BrokenQuiz as error:
        # Others can be drawn instead of it.
        logger().error("a question of the bank is broken", question_id=item["question_id"]["S"], reason=str(error))
        return None
