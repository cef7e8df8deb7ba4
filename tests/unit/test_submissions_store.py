"""One conditional write per result: stored, recognised or refused."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from adapters.items import from_item
from adapters.submissions import Stored, Submissions
from quiz.errors import ConflictingSubmission, Unavailable
from quiz.submissions import ScoredSubmission, evaluate, parse
from tests.unit.builders import NOW, Calls, accepted, body, definition, refused

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def _scored(late: timedelta = timedelta(), **changes: Any) -> ScoredSubmission:
    return evaluate(parse(body(**changes)), definition(), NOW + late)


@pytest.fixture
def store(tables: "DynamoDBClient") -> Submissions:
    return Submissions(tables, "results")


def _kept(tables: "DynamoDBClient") -> list[dict[str, Any]]:
    return [from_item(item) for item in tables.scan(TableName="results")["Items"]]


def test_a_new_result_is_stored_with_everything_about_it(store: Submissions, tables: "DynamoDBClient") -> None:
    assert store.store(_scored(answers={"q1": True, "q7": 1.5})) is Stored.ACCEPTED
    [item] = _kept(tables)
    assert len(item.pop("fingerprint")) == 64
    assert item == {
        "student_id": "student-1",
        "submission_id": "sub-1",
        "quiz_id": "quiz",
        "quiz_version": 1,
        "submitted_at": "2026-03-04T05:06:07.000Z",
        "scored_at": "2026-03-04T05:06:07.000Z",
        "answers": '{"q1":true,"q7":1.5}',
        "score": 1,
        "max_score": 1,
        "percentage": 100,
        "shares": {"q1": 1},
        "unknown_questions": ["q7"],
        "unknown_count": 1,
    }


def test_a_resend_hours_later_is_recognised(store: Submissions, tables: "DynamoDBClient") -> None:
    store.store(_scored())
    before = _kept(tables)
    assert store.store(_scored(late=timedelta(hours=5), submitted_at="2026-03-04T11:00:00Z")) is Stored.DUPLICATE
    assert _kept(tables) == before


def test_other_answers_under_the_same_id_are_refused(store: Submissions, tables: "DynamoDBClient") -> None:
    store.store(_scored())
    before = _kept(tables)
    with pytest.raises(ConflictingSubmission, match="'sub-1' of student 'student-1'"):
        store.store(_scored(answers={"q1": False}))
    assert _kept(tables) == before


@pytest.mark.parametrize("changes", [{"submission_id": "sub-2"}, {"student_id": "student-2"}])
def test_student_and_submission_id_together_are_the_key(
    store: Submissions, tables: "DynamoDBClient", changes: dict[str, Any]
) -> None:
    store.store(_scored())
    assert store.store(_scored(answers={"q1": False}, **changes)) is Stored.ACCEPTED
    assert len(_kept(tables)) == 2


def test_each_outcome_takes_exactly_one_call(store: Submissions, calls: Calls) -> None:
    with calls.counted() as made:
        store.store(_scored())
        store.store(_scored())
        with pytest.raises(ConflictingSubmission):
            store.store(_scored(answers={}))
    assert made == ["PutItem"] * 3


def test_many_unknown_ids_are_counted_but_only_some_are_kept(store: Submissions, tables: "DynamoDBClient") -> None:
    store.store(_scored(answers={f"x{i:03}": i for i in range(500)}))
    [item] = _kept(tables)
    assert item["unknown_count"] == 500
    assert item["unknown_questions"] == [f"x{i:03}" for i in range(20)]


def test_throttling_is_for_later(dynamodb: "DynamoDBClient", calls: Calls) -> None:
    calls.answers["PutItem"] = lambda _: refused("ThrottlingException")
    with pytest.raises(Unavailable, match="ThrottlingException"):
        Submissions(dynamodb, "results").store(_scored())
    calls.answers["PutItem"] = lambda _: accepted()
    assert Submissions(dynamodb, "results").store(_scored()) is Stored.ACCEPTED


def test_a_missing_permission_is_raised_as_it_is(dynamodb: "DynamoDBClient", calls: Calls) -> None:
    calls.answers["PutItem"] = lambda _: refused("AccessDeniedException")
    with pytest.raises(ClientError, match="AccessDenied"):
        Submissions(dynamodb, "results").store(_scored())
