"""Calls as large as the table takes them, and again for what it left over."""

import time
from typing import TYPE_CHECKING, Any

import pytest

from quiz.keys import TrueFalse
from quiz.questions import Question
from tests.unit.builders import Calls, accepted
from tools.bank.bank_table import BankTable, TableBusy
from tools.bank.store import question_item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)


def test_left_over_items_are_written_again(dynamodb: "DynamoDBClient", calls: Calls) -> None:
    questions = [Question(f"q{number}", "?", TrueFalse(correct=True)) for number in range(60)]
    written: list[str] = []

    def take_half(payload: Any) -> Any:
        puts = payload["RequestItems"]["questions"]
        assert 1 <= len(puts) <= 25
        taken, left = puts[: (len(puts) + 1) // 2], puts[(len(puts) + 1) // 2 :]
        written.extend(put["PutRequest"]["Item"]["question_id"]["S"] for put in taken)
        return accepted(UnprocessedItems={"questions": left} if left else {})

    calls.answers["BatchWriteItem"] = take_half
    assert sum(BankTable(dynamodb, "questions").write(questions)) == 60
    assert sorted(written) == sorted(question.question_id for question in questions)


def test_left_over_keys_are_asked_for_again(dynamodb: "DynamoDBClient", calls: Calls) -> None:
    stored = {
        f"q{number}": question_item(Question(f"q{number}", "?", TrueFalse(correct=True))) for number in range(150)
    }

    def find_half(payload: Any) -> Any:
        asked = payload["RequestItems"]["questions"]
        assert 1 <= len(asked["Keys"]) <= 100
        found, left = asked["Keys"][::2], asked["Keys"][1::2]
        items = [stored[key["question_id"]["S"]] for key in found]
        rest = {"questions": {**asked, "Keys": left}} if left else {}
        return accepted(Responses={"questions": items}, UnprocessedKeys=rest)

    calls.answers["BatchGetItem"] = find_half
    found = [item for page in BankTable(dynamodb, "questions").read(list(stored)) for item in page]
    assert sorted(item["question_id"]["S"] for item in found) == sorted(stored)


def test_a_table_that_never_takes_everything_is_given_up(dynamodb: "DynamoDBClient", calls: Calls) -> None:
    calls.answers["BatchWriteItem"] = lambda payload: accepted(UnprocessedItems=payload["RequestItems"])
    with pytest.raises(TableBusy, match="9 tries"):
        list(BankTable(dynamodb, "questions").write([Question("q", "?", TrueFalse(correct=True))]))
