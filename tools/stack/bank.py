"""Put a sample quiz with its questions into the bank."""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from adapters.items import to_item
from quiz.questions import Question, Quiz

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

SAMPLE = Path(__file__).with_name("sample_bank.json")


class Bank(msgspec.Struct, frozen=True):
    """Questions, and quizzes that ask them."""

    questions: tuple[Question, ...]
    quizzes: tuple[Quiz, ...]


def read(path: Path = SAMPLE) -> Bank:
    """The bank in a JSON file."""
    return msgspec.json.decode(path.read_bytes(), type=Bank)


def store(bank: Bank, client: "DynamoDBClient", tables: Mapping[str, str]) -> None:
    """Write everything; the same bank again changes nothing."""
    for question in bank.questions:
        client.put_item(TableName=tables["questions"], Item=question_item(question))
    for quiz in bank.quizzes:
        client.put_item(TableName=tables["quizzes"], Item=to_item(plain(quiz)))


def question_item(question: Question) -> dict[str, Any]:
    """A question as it is stored, with the attributes that samples are drawn by."""
    bucket = f"{question.category}#{question.difficulty}"
    # Spread evenly but the same each time, so that storing a question again moves it nowhere.
    digest = hashlib.sha256(question.question_id.encode()).digest()
    return to_item({**plain(question), "bucket": bucket, "sample_key": int.from_bytes(digest[:6])})


def plain(model: msgspec.Struct) -> dict[str, Any]:
    """The struct as plain values that can be stored."""
    values: dict[str, Any] = msgspec.to_builtins(model, builtin_types=(Decimal,))
    return values
