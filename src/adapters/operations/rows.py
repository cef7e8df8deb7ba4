"""Rows of any table as they are now, however many."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from adapters.operations.sampling import Item
from adapters.practice import batches

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class Rows:
    """Reads consistently, a hundred rows in a call."""

    def __init__(self, client: "DynamoDBClient") -> None:
        self._client = client

    def read(self, table: str, keys: Sequence[dict[str, str]]) -> list[Item]:
        """Those of the rows that there are, in no order."""
        chunks = [keys[start : start + batches.MOST_READ] for start in range(0, len(keys), batches.MOST_READ)]
        return [item for chunk in chunks for item in batches.read(self._client, table, chunk, consistent=True)]
