"""Reads what the analytics table tells of questions and categories."""

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from adapters.failures import as_unavailable
from adapters.items import from_item, to_item
from adapters.pages import Page, Place
from quiz.errors import InvalidInput, NotFound
from quiz.practice.analytics import TOTAL, Figures, Sums, category_subject, figures, question_subject

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_INDEX = "by_category"


class QuestionFigures(Figures, frozen=True):
    """How the answers to a question went."""

    question_id: str
    category: str


class HourFigures(Figures, frozen=True):
    """How the answers of one hour (UTC) went."""

    hour: str


class QuestionHours(Struct, frozen=True):
    """How the answers to a question went, in all and hour by hour; an hour without answers is left out."""

    total: QuestionFigures
    hours: tuple[HourFigures, ...]


class PracticeReports:
    """The index lags behind the table, and the table behind the answers, by a second or so."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def page(self, category: str, place: Place | None, limit: int) -> Page[QuestionFigures]:
        """The next questions of the category, in the order of their ids."""
        if place is not None and place.bucket != category:
            raise InvalidInput("this token belongs to another list - at `$.next`")
        answer = self._listed(category, "begins_with(subject, :subject)", question_subject(""), limit, place)
        last = answer.get("LastEvaluatedKey")
        rest = Place(category, last["subject"]["S"].removeprefix(question_subject(""))) if last else None
        return Page(tuple(map(_question, answer["Items"])), rest)

    def of_category(self, category: str) -> Figures | None:
        """How the answers to all its questions went; None as long as there are none."""
        items = self._listed(category, "subject = :subject", category_subject(category))["Items"]
        return figures(_sums(items[0])) if items else None

    def of_question(self, question_id: str, since: str) -> QuestionHours:
        """In all, and by the hour from this one on."""
        with as_unavailable():
            # The total sorts after every hour, and so comes with them.
            answer = self._client.query(
                TableName=self._table,
                KeyConditionExpression="subject = :subject AND #hour >= :since",
                ExpressionAttributeNames={"#hour": "hour"},
                ExpressionAttributeValues=to_item({":subject": question_subject(question_id), ":since": since}),
            )
        if not answer["Items"]:
            raise NotFound("nobody has answered this question in practice")
        *hours, total = answer["Items"]
        return QuestionHours(_question(total), tuple(map(_hour, hours)))

    def _listed(self, category: str, where: str, subject: str, limit: int = 1, place: Place | None = None) -> Any:
        start: Any = {"ExclusiveStartKey": _key(place)} if place else {}
        with as_unavailable():
            return self._client.query(
                TableName=self._table,
                IndexName=_INDEX,
                KeyConditionExpression=f"category = :category AND {where}",
                ExpressionAttributeValues=to_item({":category": category, ":subject": subject}),
                Limit=limit,
                **start,
            )


def _key(place: Place) -> dict[str, Any]:
    return to_item({"category": place.bucket, "subject": question_subject(place.after), "hour": TOTAL})


def _sums(item: Any) -> Sums:
    return msgspec.convert(from_item(item), Sums)


def _question(item: Any) -> QuestionFigures:
    question_id = item["subject"]["S"].removeprefix(question_subject(""))
    told = msgspec.structs.asdict(figures(_sums(item)))
    return QuestionFigures(**told, question_id=question_id, category=item["category"]["S"])


def _hour(item: Any) -> HourFigures:
    return HourFigures(**msgspec.structs.asdict(figures(_sums(item))), hour=item["hour"]["S"])
