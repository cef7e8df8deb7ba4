"""Adds answers to the analytics table, each of them once, however often the stream tells of it."""

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from adapters.items import plain, to_item
from adapters.transactions import transact
from quiz.practice.analytics import Answer, Row, rows

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

# A transaction has no more.
MOST_WRITES = 100

# Twice what a stream remembers: after that nothing tells of the answer again.
_MARK_SECONDS = 2 * 86_400


class Analytics:
    """Writes the analytics table."""

    def __init__(self, client: "DynamoDBClient", table: str, clock: Callable[[], float] = time.time) -> None:
        self._client = client
        self._table = table
        self._clock = clock

    def add(self, answers: Sequence[Answer]) -> int:
        """Add those of the answers that were not added before, all or none of them; returns how many these were.

        Every answer leaves a mark in the same transaction as the sums: marks that are there already refuse it, and
        their positions tell which answers to leave out.
        """
        left = list(answers)
        while left and (seen := transact(self._client, self._writes(left))):
            left = [answer for position, answer in enumerate(left) if position not in seen]
        return len(left)

    def _writes(self, answers: Sequence[Answer]) -> list[Any]:
        expires_at = int(self._clock()) + _MARK_SECONDS
        # The marks first, so that their positions are those of the answers.
        marks = [self._mark(answer, expires_at) for answer in answers]
        return marks + [self._addition(row) for row in rows(answers)]

    def _mark(self, answer: Answer, expires_at: int) -> Any:
        mark = {"subject": f"seen#{answer.event_id}", "hour": "seen", "expires_at": expires_at}
        return {
            "Put": {
                "TableName": self._table,
                "Item": to_item(mark),
                "ConditionExpression": "attribute_not_exists(subject)",
            }
        }

    def _addition(self, row: Row) -> Any:
        # 0.0000 squared would be written 0E-8, which not everything that calls itself DynamoDB can read.
        sums = {name: value if value else 0 for name, value in plain(row.sums).items()}
        told = {"category": row.category, "expires_at": row.expires_at}
        kept = {name: value for name, value in told.items() if value is not None}
        added = ", ".join(f"{name} :{name}" for name in sums)
        put = ", ".join(f"{name} = :{name}" for name in kept)
        return {
            "Update": {
                "TableName": self._table,
                "Key": to_item({"subject": row.subject, "hour": row.hour}),
                "UpdateExpression": f"ADD {added} SET {put}",
                "ExpressionAttributeValues": to_item({f":{name}": value for name, value in (sums | kept).items()}),
            }
        }
