"""The table of what was told of each alarm."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec
from botocore.exceptions import ClientError

from adapters.failures import as_unavailable
from adapters.items import from_item, to_item
from quiz.alerts.changes import Told

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_SECONDS_KEPT = 7 * 86_400
_NOT_OLDER = "attribute_not_exists(alarm) OR at_ms <= :at OR at_ms > :now"


class Memory:
    """Rows by alarm, which expire when nobody would call it "again" any more."""

    def __init__(self, client: "Callable[[], DynamoDBClient]", table: str) -> None:
        self._client = client
        self._table = table

    def find(self, alarm: str) -> Told | None:
        """What was told of the alarm last; None if nothing was."""
        with as_unavailable():
            answer = self._client().get_item(TableName=self._table, Key=to_item({"alarm": alarm}), ConsistentRead=True)
        return msgspec.convert(from_item(answer["Item"]), Told) if "Item" in answer else None

    def keep(self, told: Told, now_ms: int) -> None:
        """Remember it, unless something newer was told meanwhile."""
        row = {field: getattr(told, field) or None for field in told.__struct_fields__}
        row |= {"state": told.state, "at_ms": told.at_ms, "expires_at": now_ms // 1000 + _SECONDS_KEPT}
        try:
            with as_unavailable():
                self._client().put_item(
                    TableName=self._table,
                    Item=to_item(row),
                    ConditionExpression=_NOT_OLDER,
                    ExpressionAttributeValues=to_item({":at": told.at_ms, ":now": now_ms}),
                )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
