"""The table of questions: read and written in the largest calls there are, several of them in flight."""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from adapters.questions import Questions
from quiz.operations import canary
from quiz.questions import Question
from tools.bank.store import question_item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MOST_READ, MOST_WRITTEN = 100, 25
_IN_FLIGHT = 8
_MOST_TRIES = 9
Given = TypeVar("Given")
Answer = TypeVar("Answer")


class TableBusy(Exception):
    """The table left something undone again and again."""


class BankTable:
    """The bank's questions."""

    def __init__(self, client: "DynamoDBClient", name: str) -> None:
        self._client = client
        self._name = name
        self._questions = Questions(client, name)

    def read(self, ids: Sequence[str]) -> Iterator[list[dict[str, Any]]]:
        """The stored items among these ids, as they come."""
        return _in_flight(self._read_batch, ids, MOST_READ)

    def write(self, questions: Sequence[Question]) -> Iterator[int]:
        """Store questions that the bank lacks; yields how many each call stored."""
        return _in_flight(self._write_batch, questions, MOST_WRITTEN)

    def replace(self, question: Question) -> None:
        """Store the version that follows the stored one; raises quiz.errors.Rejected if that is another by now."""
        self._questions.replace(question)

    def all(self, category: str | None = None) -> Iterator[list[dict[str, Any]]]:
        """Every stored item, page by page; the health check's own question is no author's."""
        chosen: dict[str, Any] = {}
        if category is not None:
            chosen = {"FilterExpression": "category = :c", "ExpressionAttributeValues": {":c": {"S": category}}}
        for page in self._client.get_paginator("scan").paginate(TableName=self._name, **chosen):
            yield [item for item in page["Items"] if item["question_id"]["S"] != canary.QUESTION_ID]

    def _read_batch(self, ids: Sequence[str]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []

        def ask(waiting: Any) -> Any:
            answer = self._client.batch_get_item(RequestItems=waiting)
            found.extend(answer["Responses"].get(self._name, []))
            return answer["UnprocessedKeys"]

        keys = [{"question_id": {"S": question_id}} for question_id in ids]
        _until_done(ask, {self._name: {"Keys": keys, "ConsistentRead": True}})
        return found

    def _write_batch(self, questions: Sequence[Question]) -> int:
        puts = [{"PutRequest": {"Item": question_item(question)}} for question in questions]

        def put(waiting: Any) -> Any:
            return self._client.batch_write_item(RequestItems=waiting)["UnprocessedItems"]

        _until_done(put, {self._name: puts})
        return len(questions)


def _until_done(call: Callable[[Any], Any], waiting: Any) -> None:
    """Call until nothing is left over, waiting longer and at random in between."""
    for tried in range(_MOST_TRIES):
        waiting = call(waiting)
        if not waiting:
            return
        time.sleep(random.uniform(0, 0.1 * 2**tried))  # noqa: S311  # jitter, no secret
    raise TableBusy(f"the table did not take everything in {_MOST_TRIES} tries")


def _in_flight(call: Callable[[Sequence[Given]], Answer], given: Sequence[Given], most: int) -> Iterator[Answer]:
    batches: Iterable[Sequence[Given]] = (given[begin : begin + most] for begin in range(0, len(given), most))
    with ThreadPoolExecutor(_IN_FLIGHT) as pool:
        yield from pool.map(call, batches)
