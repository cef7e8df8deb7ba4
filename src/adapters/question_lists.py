"""Lists of questions: those of some buckets, or all."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from adapters.bank import read_question
from adapters.failures import as_unavailable
from adapters.items import from_item, to_item
from adapters.pages import Page, Place, readable
from quiz.errors import InvalidInput, Unavailable
from quiz.operations import canary
from quiz.questions import Question

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_INDEX = "by_bucket"
# A function's answer has at most 6 MB, with everything around the questions.
_MOST_BYTES = 4 * 1024 * 1024

Item = Mapping[str, Any]


class QuestionLists:
    """Reads questions page by page; a page may be short of its limit, even empty, before the last."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def page(self, buckets: Sequence[str], place: Place | None, limit: int) -> Page[Question]:
        """The next questions of the buckets, one bucket after the other; without buckets, of the whole table."""
        at = place or Place(bucket=buckets[0] if buckets else "")
        if at.bucket not in (buckets or ("",)):
            raise InvalidInput("this token belongs to another list - at `$.next`")
        if not buckets:
            return self._scan(at, limit)
        keys, more = self._query(at, limit)
        items = self._read(keys)
        things = readable((item for item in items if item), read_question)
        if more or len(items) < len(keys):
            last = keys[len(items) - 1]
            return Page(things, Place(at.bucket, last["question_id"], last["sample_key"]))
        following = buckets[buckets.index(at.bucket) + 1 :]
        return Page(things, Place(following[0]) if following else None)

    def _scan(self, at: Place, limit: int) -> Page[Question]:
        start: Any = {"ExclusiveStartKey": to_item({"question_id": at.after})} if at.after else {}
        with as_unavailable():
            answer = self._client.scan(TableName=self._table, Limit=limit, **start)
        last = answer.get("LastEvaluatedKey")
        listed = (item for item in answer["Items"] if item["question_id"]["S"] != canary.QUESTION_ID)
        things = readable(listed, read_question)
        return Page(things, Place(after=last["question_id"]["S"]) if last else None)

    def _query(self, at: Place, limit: int) -> tuple[list[dict[str, Any]], bool]:
        """The keys of the next questions of a bucket, and whether there are more."""
        last = {"question_id": at.after, "bucket": at.bucket, "sample_key": at.sample_key}
        start: Any = {"ExclusiveStartKey": to_item(last)} if at.after else {}
        with as_unavailable():
            answer = self._client.query(
                TableName=self._table,
                IndexName=_INDEX,
                KeyConditionExpression="#bucket = :bucket",
                ExpressionAttributeNames={"#bucket": "bucket"},
                ExpressionAttributeValues={":bucket": {"S": at.bucket}},
                Limit=limit,
                **start,
            )
        return [from_item(key) for key in answer["Items"]], "LastEvaluatedKey" in answer

    def _read(self, keys: Sequence[Item]) -> list[Item | None]:
        """The items of the keys from the first on, as many as fit into one answer; None for those that are gone."""
        if not keys:
            return []
        wanted = [to_item({"question_id": key["question_id"]}) for key in keys]
        with as_unavailable():
            answer = self._client.batch_get_item(RequestItems={self._table: {"Keys": wanted}})
        found = {item["question_id"]["S"]: item for item in answer["Responses"].get(self._table, [])}
        unprocessed: Any = answer["UnprocessedKeys"].get(self._table)
        left = {key["question_id"]["S"] for key in unprocessed["Keys"]} if unprocessed else set()
        items: list[Item | None] = []
        size = 0
        for key in keys:
            item = found.get(key["question_id"])
            size += len(msgspec.json.encode(item))
            if key["question_id"] in left or (items and size > _MOST_BYTES):
                break
            items.append(item)
        if not items:
            raise Unavailable("the question bank answered only in part")
        return items
