"""The progress table: a row for each student and question, and one row for their sum."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from adapters.failures import as_unavailable
from adapters.items import from_item, to_item
from quiz.practice.memory import Memory
from quiz.practice.progress import SUMMARY, CategoryProgress, Progress

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_INDEX = "by_due"
# `difficulty` is the author's; FSRS has one of its own, by student.
_MEMORY = ("stability", "memory_difficulty", "due", "reviewed")


class ProgressRows:
    """Reads what the answers have written."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def of(self, user_id: str, now: int) -> Progress:
        """The student's progress in sum; all zeros before the first answer."""
        with as_unavailable():
            found = self._client.get_item(
                TableName=self._table, Key=to_item({"user_id": user_id, "question_id": SUMMARY}), ConsistentRead=True
            )
        return _progress(user_id, from_item(found.get("Item", {})), self._due(user_id, now))

    def memories(self, user_id: str, question_ids: Collection[str]) -> dict[str, Memory]:
        """What the student remembers of these questions; those never answered are not in it."""
        rows = (from_item(item) for item in self._rows(user_id))
        return {row["question_id"]: _memory(row) for row in rows if row["question_id"] in question_ids}

    def _due(self, user_id: str, now: int) -> int:
        # Some ten thousand in one page, which is more than anybody wants to know exactly.
        with as_unavailable():
            found = self._client.query(
                TableName=self._table,
                IndexName=_INDEX,
                KeyConditionExpression="user_id = :user AND due <= :now",
                ExpressionAttributeValues=to_item({":user": user_id, ":now": now}),
                Select="COUNT",
            )
        return found["Count"]

    def _rows(self, user_id: str) -> Iterator[dict[str, Any]]:
        asked: Any = {
            "TableName": self._table,
            "KeyConditionExpression": "user_id = :user",
            # The sum has none.
            "FilterExpression": "attribute_exists(stability)",
            "ProjectionExpression": "question_id, " + ", ".join(_MEMORY),
            "ExpressionAttributeValues": to_item({":user": user_id}),
        }
        while True:
            with as_unavailable():
                page = self._client.query(**asked)
            yield from page["Items"]
            if "LastEvaluatedKey" not in page:
                return
            asked["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def _memory(row: Mapping[str, Any]) -> Memory:
    return Memory(
        stability=Decimal(row["stability"]),
        difficulty=Decimal(row["memory_difficulty"]),
        due=row["due"],
        reviewed=row["reviewed"],
    )


def _progress(user_id: str, row: Mapping[str, Any], due: int) -> Progress:
    answered, correct = row.get("answered", 0), row.get("correct", 0)
    categories = [name.partition(":")[2] for name in row if name.startswith("answered:")]
    return Progress(
        user_id=user_id,
        answered=answered,
        correct=correct,
        accuracy=round(Decimal(correct) / answered, 4) if answered else Decimal(0),
        mastered=row.get("mastered", 0),
        streak=row.get("streak", 0),
        seconds=row.get("seconds", 0),
        due=due,
        categories={
            name: CategoryProgress(row[f"answered:{name}"], row.get(f"correct:{name}", 0))
            for name in sorted(categories)
        },
    )
