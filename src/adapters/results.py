"""The results table: one generated quiz an item, written once when it is made and once when it is submitted."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from botocore.exceptions import ClientError

from adapters.correlation import correlation_id
from adapters.failures import as_unavailable
from adapters.items import from_item, plain, to_item
from adapters.sittings import read_sitting, sitting_item
from quiz.errors import NotFound
from quiz.generation import Past
from quiz.sittings import Sitting, recognised

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_INDEX = "by_user"
_MOST_PAST = 20


class Results:
    """Sittings by the id of their quiz."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def create(self, sitting: Sitting) -> None:
        """Store a sitting under its new id."""
        try:
            with as_unavailable():
                self._client.put_item(
                    TableName=self._table,
                    Item=sitting_item(sitting),
                    ConditionExpression="attribute_not_exists(quiz_id)",
                )
        except ClientError as error:
            # Nobody else draws the same id: an earlier try of this very call came through, and its answer was lost.
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise

    def get(self, quiz_id: str) -> Sitting:
        """The sitting as it is now."""
        with as_unavailable():
            found = self._client.get_item(TableName=self._table, Key=to_item({"quiz_id": quiz_id}), ConsistentRead=True)
        if "Item" not in found:
            raise unknown(quiz_id)
        return read_sitting(found["Item"])

    def finish(self, before: Sitting, submitted: Sitting) -> Sitting:
        """Store the result, and return the one that counts. The condition decides, so retries and races are alike."""
        changes = {name: value for name, value in plain(submitted).items() if getattr(before, name) != value}
        if known := correlation_id():
            # Whoever reads this change goes on under it.
            changes["correlation_id"] = known
        try:
            with as_unavailable():
                self._client.update_item(
                    TableName=self._table,
                    Key=to_item({"quiz_id": submitted.quiz_id}),
                    UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in changes),
                    ConditionExpression="attribute_exists(quiz_id) AND attribute_not_exists(submitted_at)",
                    ExpressionAttributeNames={f"#{name}": name for name in changes},
                    ExpressionAttributeValues=to_item({f":{name}": value for name, value in changes.items()}),
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            return _recognised(error.response, submitted)
        return submitted

    def past(self, user_id: str) -> Sequence[Past]:
        """The student's latest quizzes, the newest first."""
        with as_unavailable():
            found = self._client.query(
                TableName=self._table,
                IndexName=_INDEX,
                KeyConditionExpression="user_id = :user_id",
                ExpressionAttributeValues=to_item({":user_id": user_id}),
                ScanIndexForward=False,
                Limit=_MOST_PAST,
            )
        return [msgspec.convert(from_item(item), Past) for item in found["Items"]]


def unknown(quiz_id: str) -> NotFound:
    """What somebody is told who asks for a quiz that does not exist, or is none of theirs."""
    return NotFound(f"there is no quiz {quiz_id!r}")


def _recognised(response: Any, submitted: Sitting) -> Sitting:
    # It can only have been removed: sittings are kept for a year, and then for some time more.
    if "Item" not in response:
        raise unknown(submitted.quiz_id)
    return recognised(read_sitting(response["Item"]), submitted.fingerprint)
