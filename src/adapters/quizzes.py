"""The quizzes table, as authors use it, with the marks that saving a quiz leaves on the questions it asks.

A quiz and its marks are written in one transaction, so that a question can be deleted by one condition: no marks.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from adapters.bank import quiz_item, read_quiz
from adapters.failures import as_unavailable
from adapters.items import to_item
from adapters.pages import Page, Place, readable
from adapters.transactions import transact
from quiz.bank import Changes, changes
from quiz.errors import Conflict, InvalidInput, Rejected, StaleVersion, UnknownQuiz
from quiz.operations import canary
from quiz.questions import Quiz

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_NAMED = 10


class Quizzes:
    """Reads and writes whole quizzes."""

    def __init__(self, client: "DynamoDBClient", quizzes_table: str, questions_table: str) -> None:
        self._client = client
        self._quizzes_table = quizzes_table
        self._questions_table = questions_table

    def get(self, quiz_id: str) -> Quiz:
        """The quiz as it is now."""
        with as_unavailable():
            found = self._client.get_item(
                TableName=self._quizzes_table, Key=to_item({"quiz_id": quiz_id}), ConsistentRead=True
            )
        if "Item" not in found:
            raise _missing(quiz_id)
        return read_quiz(found["Item"])

    def page(self, place: Place | None, limit: int) -> Page[Quiz]:
        """The next quizzes, in no particular order."""
        start: Any = {"ExclusiveStartKey": to_item({"quiz_id": place.after})} if place and place.after else {}
        with as_unavailable():
            answer = self._client.scan(TableName=self._quizzes_table, Limit=limit, **start)
        last = answer.get("LastEvaluatedKey")
        listed = (item for item in answer["Items"] if item["quiz_id"]["S"] != canary.QUIZ_ID)
        return Page(readable(listed, read_quiz), Place(after=last["quiz_id"]["S"]) if last else None)

    def create(self, quiz: Quiz) -> None:
        """Store a quiz under an id that is free."""
        action = {"Put": {"Item": quiz_item(quiz), "ConditionExpression": "attribute_not_exists(quiz_id)"}}
        if self._write(action, quiz.quiz_id, changes((), quiz.question_ids)) is not None:
            raise Conflict(f"there is a quiz {quiz.quiz_id!r} already")

    def replace(self, quiz: Quiz) -> None:
        """Store the version that follows the stored one."""
        before = self.get(quiz.quiz_id)
        # An answer that was lost on its way makes the client try again what it has already done.
        if before == quiz:
            return
        read_version = quiz.version - 1
        _require(before.version, quiz.quiz_id, read_version)
        action = {"Put": {"Item": quiz_item(quiz), **_at_version(read_version)}}
        met = self._write(action, quiz.quiz_id, changes(before.question_ids, quiz.question_ids))
        if met is not None:
            raise _refusal(met, quiz.quiz_id, read_version)

    def delete(self, quiz_id: str, read_version: int) -> None:
        """Delete a quiz; what was generated or submitted stays."""
        before = self.get(quiz_id)
        _require(before.version, quiz_id, read_version)
        action = {"Delete": {"Key": to_item({"quiz_id": quiz_id}), **_at_version(read_version)}}
        met = self._write(action, quiz_id, changes(before.question_ids, ()))
        if met is not None:
            raise _refusal(met, quiz_id, read_version)

    def _write(self, action: dict[str, Any], quiz_id: str, marked: Changes) -> Mapping[str, Any] | None:
        """Write the quiz with its marks; returns the quiz that was met where its condition failed, {} for none."""
        [of_quiz] = action.values()
        of_quiz["TableName"] = self._quizzes_table
        removed = list(marked.removed)
        while True:
            marks = [self._mark("ADD", each, quiz_id) for each in marked.added]
            marks += [self._mark("DELETE", each, quiz_id) for each in removed]
            refused = transact(self._client, [action, *marks])
            if not refused or 0 in refused:
                return refused.get(0)
            gone = [[*marked.added, *removed][position - 1] for position in refused]
            if unknown := [each for each in gone if each in marked.added]:
                named = ", ".join(unknown[:_NAMED])
                raise InvalidInput(f"the bank has no such questions: {named} - at `$.question_ids`")
            # A question that is gone needs no mark taken off.
            removed = [each for each in removed if each not in gone]

    def _mark(self, verb: str, question_id: str, quiz_id: str) -> Any:
        return {
            "Update": {
                "TableName": self._questions_table,
                "Key": to_item({"question_id": question_id}),
                "UpdateExpression": f"{verb} used_by :quiz",
                # Without it, a mark on a question that is gone would bring back an empty one.
                "ConditionExpression": "attribute_exists(question_id)",
                "ExpressionAttributeValues": to_item({":quiz": frozenset([quiz_id])}),
            }
        }


def _at_version(read_version: int) -> dict[str, Any]:
    return {
        "ConditionExpression": "#version = :read",
        "ExpressionAttributeNames": {"#version": "version"},
        "ExpressionAttributeValues": to_item({":read": read_version}),
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }


def _missing(quiz_id: str) -> UnknownQuiz:
    return UnknownQuiz(f"there is no quiz {quiz_id!r}")


def _require(version: int, quiz_id: str, read_version: int) -> None:
    if version != read_version:
        raise StaleVersion(f"quiz {quiz_id!r} is at version {version}, not {read_version}")


def _refusal(met: Mapping[str, Any], quiz_id: str, read_version: int) -> Rejected:
    if not met:
        return _missing(quiz_id)
    return StaleVersion(f"quiz {quiz_id!r} is not at version {read_version} any more")
