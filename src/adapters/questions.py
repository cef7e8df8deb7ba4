"""The questions table, as authors use it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from adapters.bank import question_item, read_question
from adapters.failures import as_unavailable
from adapters.items import from_item, to_item
from quiz.errors import Conflict, InUse, NotFound, Rejected, StaleVersion
from quiz.questions import Question

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_NAMED = 10


class Questions:
    """Reads and writes single questions. Whether a write may happen is decided by its condition."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def get(self, question_id: str) -> Question:
        """The question as it is now."""
        with as_unavailable():
            found = self._client.get_item(TableName=self._table, Key=_key(question_id), ConsistentRead=True)
        if "Item" not in found:
            raise _missing(question_id)
        return read_question(found["Item"])

    def create(self, question: Question) -> None:
        """Store a question under an id that is free."""
        try:
            with as_unavailable():
                self._client.put_item(
                    TableName=self._table,
                    Item=question_item(question),
                    ConditionExpression="attribute_not_exists(question_id)",
                )
        except ClientError as error:
            _require_refusal(error)
            raise Conflict(f"there is a question {question.question_id!r} already") from error

    def replace(self, question: Question) -> None:
        """Store the version that follows the stored one. Which quizzes ask the question stays as it is."""
        item = question_item(question)
        key = {"question_id": item.pop("question_id")}
        absent = [name for name in question.__struct_fields__ if name not in item and name not in key]
        try:
            with as_unavailable():
                self._client.update_item(
                    TableName=self._table,
                    Key=key,
                    UpdateExpression=_assignments(item, absent),
                    ConditionExpression="#version = :read",
                    ExpressionAttributeNames={f"#{name}": name for name in [*item, *absent]},
                    ExpressionAttributeValues={
                        **{f":{name}": value for name, value in item.items()},
                        ":read": {"N": str(question.version - 1)},
                    },
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                )
        except ClientError as error:
            stored = _refused_by(error)
            written = {**from_item(item), **dict.fromkeys(absent)}
            # An answer that was lost on its way makes the client try again what it has already done.
            if {name: stored.get(name) for name in written} != written:
                raise _refusal(stored, question.question_id, question.version - 1) from error

    def delete(self, question_id: str, read_version: int) -> None:
        """Delete a question that no quiz asks."""
        try:
            with as_unavailable():
                self._client.delete_item(
                    TableName=self._table,
                    Key=_key(question_id),
                    ConditionExpression="#version = :read AND attribute_not_exists(used_by)",
                    ExpressionAttributeNames={"#version": "version"},
                    ExpressionAttributeValues={":read": {"N": str(read_version)}},
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                )
        except ClientError as error:
            raise _refusal(_refused_by(error), question_id, read_version) from error


def _key(question_id: str) -> dict[str, Any]:
    return to_item({"question_id": question_id})


def _assignments(item: Mapping[str, Any], absent: Sequence[str]) -> str:
    assigned = "SET " + ", ".join(f"#{name} = :{name}" for name in item)
    return assigned + (" REMOVE " + ", ".join(f"#{name}" for name in absent) if absent else "")


def _missing(question_id: str) -> NotFound:
    return NotFound(f"there is no question {question_id!r}")


def _require_refusal(error: ClientError) -> None:
    if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
        raise error


def _refused_by(error: ClientError) -> dict[str, Any]:
    """The item whose state was not the one that the write asked for; empty if there is none."""
    _require_refusal(error)
    response: Any = error.response
    return from_item(response.get("Item", {}))


def _refusal(stored: Mapping[str, Any], question_id: str, read_version: int) -> Rejected:
    if not stored:
        return _missing(question_id)
    if stored.get("version") != read_version:
        return StaleVersion(f"question {question_id!r} is at version {stored.get('version')}, not {read_version}")
    quizzes = ", ".join(sorted(stored.get("used_by", ()))[:_NAMED])
    return InUse(f"question {question_id!r} is asked by: {quizzes}")
