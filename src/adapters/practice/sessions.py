"""The sessions table: one item a session, and a condition on its version in every write."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec
from botocore.exceptions import ClientError

from adapters.failures import as_unavailable
from adapters.items import from_item, plain, to_item
from adapters.practice.answers import progress_actions
from adapters.transactions import transact
from quiz.errors import NotFound
from quiz.practice.progress import Answered
from quiz.practice.sessions import Session

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class Sessions:
    """Sessions by their id, each for its owner alone."""

    def __init__(self, client: "DynamoDBClient", table: str, progress_table: str) -> None:
        self._client = client
        self._table = table
        self._progress_table = progress_table

    def get(self, session_id: str, user_id: str, now: int) -> Session:
        """The session as it is now."""
        with as_unavailable():
            found = self._client.get_item(TableName=self._table, Key=_key(session_id), ConsistentRead=True)
        item = from_item(found.get("Item", {}))
        # As if it did not exist: nobody finds out which ids others have. It is removed some time after it expires.
        if item.get("user_id") != user_id or item["expires_at"] <= now:
            raise unknown(session_id)
        return msgspec.convert(item, Session)

    def create(self, session: Session) -> None:
        """Store a session under its new id, which nobody else draws."""
        with as_unavailable():
            self._client.put_item(TableName=self._table, Item=session_item(session))

    def replace(self, before: Session, after: Session) -> Session:
        """Store what follows on what was read: the session that is stored now, `after` or another."""
        try:
            with as_unavailable():
                self._client.put_item(**self._put(before, after))
        except ClientError as error:
            _require_refusal(error)
            response: Any = error.response
            return _met(response.get("Item", {}), before)
        return after

    def answer(self, before: Session, after: Session, answered: Answered) -> Session:
        """Store an answer with all that it changes, once: the session that is stored now, `after` or another."""
        actions = [{"Put": self._put(before, after)}, *progress_actions(self._progress_table, answered)]
        refused = transact(self._client, actions)
        return _met(refused[0], before) if refused else after

    def delete(self, session_id: str, user_id: str) -> None:
        """End a session; what was learnt in it stays."""
        try:
            with as_unavailable():
                self._client.delete_item(
                    TableName=self._table,
                    Key=_key(session_id),
                    ConditionExpression="user_id = :user",
                    ExpressionAttributeValues=to_item({":user": user_id}),
                )
        except ClientError as error:
            _require_refusal(error)
            raise unknown(session_id) from error

    def _put(self, before: Session, after: Session) -> Any:
        return {
            "TableName": self._table,
            "Item": session_item(after),
            "ConditionExpression": "#version = :read",
            "ExpressionAttributeNames": {"#version": "version"},
            "ExpressionAttributeValues": to_item({":read": before.version}),
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }


def session_item(session: Session) -> dict[str, Any]:
    """A session as it is stored."""
    return to_item(plain(session))


def unknown(session_id: str) -> NotFound:
    """What somebody is told who asks for a session that does not exist, or is none of theirs."""
    return NotFound(f"there is no session {session_id!r}")


def _met(item: Mapping[str, Any], before: Session) -> Session:
    if not item:
        raise unknown(before.session_id)
    return msgspec.convert(from_item(item), Session)


def _key(session_id: str) -> dict[str, Any]:
    return to_item({"session_id": session_id})


def _require_refusal(error: ClientError) -> None:
    if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
        raise error
