"""Quizzes are read from the bank once a minute, whole or not at all."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier, Semaphore
from typing import TYPE_CHECKING, Any

import pytest

from adapters.definitions import Definitions
from quiz.errors import BrokenQuiz, Unavailable, UnknownQuiz
from quiz.keys import TrueFalse
from quiz.questions import Definition
from tests.unit.builders import Calls, accepted, definition, fill_bank, question, refused, stored

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TWO = definition(question(question_id="q2", points=3), question(TrueFalse(correct=False), question_id="q1"))


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def _definitions(client: "DynamoDBClient", clock: Clock | None = None) -> Definitions:
    return Definitions(client, "quizzes", "questions", clock or Clock())


def test_a_quiz_is_read_with_its_questions_in_its_order(tables: "DynamoDBClient") -> None:
    fill_bank(tables, TWO)
    assert _definitions(tables).get("quiz") == TWO


def test_a_known_quiz_is_not_read_again_within_a_minute(tables: "DynamoDBClient", calls: Calls) -> None:
    fill_bank(tables, TWO)
    clock = Clock()
    definitions = _definitions(tables, clock)
    with calls.counted() as made:
        definitions.get("quiz")
        clock.now += 60
        assert definitions.get("quiz") == TWO
    assert made == ["GetItem", "BatchGetItem"]


def test_a_corrected_key_is_seen_after_a_minute(tables: "DynamoDBClient") -> None:
    fill_bank(tables, definition(question(TrueFalse(correct=True))))
    clock = Clock()
    definitions = _definitions(tables, clock)
    before = definitions.get("quiz")
    corrected = definition(question(TrueFalse(correct=False)))
    fill_bank(tables, corrected)
    assert definitions.get("quiz") == before
    clock.now += 60.1
    assert definitions.get("quiz") == corrected


def test_an_unknown_quiz_may_be_made_at_any_moment(tables: "DynamoDBClient") -> None:
    definitions = _definitions(tables)
    with pytest.raises(UnknownQuiz, match="'quiz'"):
        definitions.get("quiz")
    fill_bank(tables, TWO)
    assert definitions.get("quiz") == TWO


def test_missing_questions_are_named(tables: "DynamoDBClient") -> None:
    fill_bank(tables, TWO)
    tables.delete_item(TableName="questions", Key={"question_id": {"S": "q1"}})
    with pytest.raises(BrokenQuiz, match=r"lacks: q1$"):
        _definitions(tables).get("quiz")


@pytest.mark.parametrize(
    ("table", "attribute", "value"),
    [
        ("questions", "points", {"N": "-1"}),
        ("questions", "key", {"M": {"type": {"S": "essay"}}}),
        ("questions", "typo", {"S": "x"}),
        ("quizzes", "question_ids", {"L": []}),
        ("quizzes", "version", {"S": "one"}),
    ],
)
def test_what_cannot_be_read_breaks_the_quiz(
    tables: "DynamoDBClient", table: str, attribute: str, value: dict[str, Any]
) -> None:
    fill_bank(tables, definition())
    good = stored(definition().quiz if table == "quizzes" else question())
    tables.put_item(TableName=table, Item={**good, attribute: value})
    with pytest.raises(BrokenQuiz):
        _definitions(tables).get("quiz")


def test_a_broken_quiz_can_be_repaired_at_once(tables: "DynamoDBClient") -> None:
    fill_bank(tables, TWO)
    tables.put_item(TableName="questions", Item={"question_id": {"S": "q1"}})
    definitions = _definitions(tables)
    with pytest.raises(BrokenQuiz):
        definitions.get("quiz")
    fill_bank(tables, TWO)
    assert definitions.get("quiz") == TWO


def _bank(calls: Calls, filled: Definition) -> None:
    """Answers without a table behind them: moto is not made for threads."""
    calls.answers["GetItem"] = lambda _: accepted(Item=stored(filled.quiz))
    items = [stored(asked) for asked in filled.questions]
    calls.answers["BatchGetItem"] = lambda _: accepted(Responses={"questions": items}, UnprocessedKeys={})


@pytest.fixture
def _restless_threads() -> Iterator[None]:
    """Threads that take turns as often as they can, so that what may interleave does."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("_restless_threads")
def test_ten_threads_asking_at_once_read_once(dynamodb: "DynamoDBClient", calls: Calls) -> None:
    _bank(calls, TWO)
    definitions = _definitions(dynamodb)
    together = Barrier(10)

    def ask(_: int) -> Definition:
        together.wait(timeout=10)
        return definitions.get("quiz")

    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(ask, range(10))) == [TWO] * 10
    assert calls.names == ["GetItem", "BatchGetItem"]


def test_threads_that_wait_for_a_read_share_its_failure(dynamodb: "DynamoDBClient", calls: Calls) -> None:
    # GIVEN a read that fails once all ten threads have asked for it
    definitions, asked, awaited = _definitions(dynamodb), Semaphore(0), iter([10])

    def fail(_: object) -> object:
        for _ in range(next(awaited, 0)):
            assert asked.acquire(timeout=10)
        return refused("InternalServerError", 500)

    def ask(_: int) -> type[BaseException] | None:
        asked.release()
        try:
            definitions.get("quiz")
        except Unavailable as error:
            return type(error)
        return None

    calls.answers["GetItem"] = fail
    # WHEN they ask, THEN none of them tries again after the others, one timeout after another
    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(ask, range(10))) == [Unavailable] * 10
    # Who asked but was not yet waiting may have begun one more.
    assert len(calls.names) <= 2


def test_the_quiz_is_read_consistently(dynamodb: "DynamoDBClient", calls: Calls) -> None:
    _bank(calls, TWO)
    _definitions(dynamodb).get("quiz")
    assert calls.made[0][1]["ConsistentRead"] is True


def test_a_partial_answer_is_for_later_and_not_kept(dynamodb: "DynamoDBClient", calls: Calls) -> None:
    _bank(calls, TWO)
    left_over = {"questions": {"Keys": [{"question_id": {"S": "q1"}}]}}
    calls.answers["BatchGetItem"] = lambda _: accepted(Responses={"questions": []}, UnprocessedKeys=left_over)
    definitions = _definitions(dynamodb)
    with pytest.raises(Unavailable, match="in part"):
        definitions.get("quiz")
    _bank(calls, TWO)
    assert definitions.get("quiz") == TWO


@pytest.mark.parametrize("operation", ["GetItem", "BatchGetItem"])
def test_throttling_is_for_later(dynamodb: "DynamoDBClient", calls: Calls, operation: str) -> None:
    _bank(calls, TWO)
    calls.answers[operation] = lambda _: refused("ProvisionedThroughputExceededException")
    with pytest.raises(Unavailable):
        _definitions(dynamodb).get("quiz")
