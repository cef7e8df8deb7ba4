"""The requests table: a line for each request that came to the intake, written once."""

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from adapters.failures import as_unavailable
from adapters.items import plain, to_item
from quiz.intake import Entry

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_NOT_THERE = "attribute_not_exists(request_id)"


class Requests:
    """The ledger, by request id and time."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def record(self, entry: Entry) -> bool:
        """Write the line, or recognise one that came before; whether it is new."""
        try:
            with as_unavailable():
                self._client.put_item(TableName=self._table, Item=to_item(plain(entry)), ConditionExpression=_NOT_THERE)
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            return False
        return True
