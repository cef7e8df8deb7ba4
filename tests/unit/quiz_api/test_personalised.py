"""A personalised quiz: from Personalize, else from what the student is weak in, else from anywhere; never an error."""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError

from adapters.items import to_item
from quiz.generation import Past, weakest
from tests.unit.builders import Calls, accepted, refused
from tests.unit.quiz_api.support import STUDENT, asked_ids, choices, generated, store

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

RECOMMENDER = "arn:aws:personalize:eu-central-1:123456789012:recommender/quiz"
CAMPAIGN = "arn:aws:personalize:eu-central-1:123456789012:campaign/quiz"


@pytest.fixture
def bank(api: Calls, database: "DynamoDBClient") -> Calls:
    store(database, [q for category in ("art", "history", "maths") for q in choices(20, category)])
    return api


@pytest.fixture
def personalize(bank: Calls, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Recommends history; the list is longer than asked for, and holds what the bank does not."""
    monkeypatch.setenv("PERSONALIZE_RECOMMENDER_ARN", RECOMMENDER)
    items = [{"itemId": each} for each in ["gone", *(f"history-2-{i}" for i in range(19, 5, -1)), ""]]
    bank.answers["GetRecommendations"] = lambda _: accepted(itemList=items)
    return bank


def _took(client: "DynamoDBClient", day: int, scores: Mapping[str, tuple[int, int]], ids: list[str]) -> None:
    item = {
        "quiz_id": f"past-{day}",
        "user_id": STUDENT,
        "created_at": f"2026-01-{day:02}T00:00:00.000Z",
        "category_scores": scores,
        "question_ids": ids,
        "state": "submitted",
    }
    client.put_item(TableName="results", Item=to_item(item))


def _quiz(count: int = 5) -> list[str]:
    return asked_ids(generated(quiz_type="personalized", count=count))


def _categories(ids: list[str]) -> set[str]:
    return {each.split("-")[0] for each in ids}


def _counted(capsys: pytest.CaptureFixture[str]) -> set[str]:
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {name for line in lines if "_aws" in line for name in line if name.endswith("Fallback")}


def test_what_personalize_recommends_is_asked_in_its_order(
    personalize: Calls, capsys: pytest.CaptureFixture[str]
) -> None:
    with personalize.counted() as names:
        assert _quiz() == [f"history-2-{i}" for i in (19, 18, 17, 16, 15)]
    assert names == ["GetRecommendations", "BatchGetItem", "PutItem"]
    assert personalize.made[0][1] == {"recommenderArn": RECOMMENDER, "userId": STUDENT, "numResults": 10}
    assert _counted(capsys) == set()


def test_a_warm_environment_asks_with_the_client_that_it_has(personalize: Calls) -> None:
    for _ in range(3):
        _quiz()
    assert personalize.services.count("personalize-runtime") == 1


def test_a_campaign_is_asked_where_there_is_no_recommender(personalize: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PERSONALIZE_RECOMMENDER_ARN")
    monkeypatch.setenv("PERSONALIZE_CAMPAIGN_ARN", CAMPAIGN)
    _quiz()
    assert personalize.made[0][1]["campaignArn"] == CAMPAIGN
    assert "recommenderArn" not in personalize.made[0][1]


def test_too_few_recommendations_are_filled_up(personalize: Calls, capsys: pytest.CaptureFixture[str]) -> None:
    ids = _quiz(20)
    assert ids[:14] == [f"history-2-{i}" for i in range(19, 5, -1)]
    assert len(set(ids)) == 20
    assert _counted(capsys) == {"PersonalizeFallback", "HistoryFallback"}


def _timeout(error: Callable[..., Exception]) -> Any:
    def answer(_: Any) -> Any:
        raise error(endpoint_url="https://personalize")

    return answer


@pytest.mark.parametrize(
    "answer",
    [
        lambda _: refused("ThrottlingException"),
        lambda _: refused("ResourceNotFoundException", 404),
        lambda _: refused("AccessDeniedException", 403),
        lambda _: refused("InternalFailure", 500),
        lambda _: accepted(),
        _timeout(ReadTimeoutError),
        _timeout(ConnectTimeoutError),
    ],
    ids=["throttled", "not there", "denied", "broken", "empty", "read timeout", "connect timeout"],
)
def test_without_personalize_the_history_decides(
    personalize: Calls, database: "DynamoDBClient", capsys: pytest.CaptureFixture[str], answer: Any
) -> None:
    _took(database, 1, {"art": (9, 10), "maths": (10, 10), "history": (10, 10)}, [])
    personalize.answers["GetRecommendations"] = answer
    assert _categories(_quiz()) == {"art"}
    assert _counted(capsys) == {"PersonalizeFallback"}


def test_a_warm_environment_makes_three_calls(
    bank: Calls, database: "DynamoDBClient", capsys: pytest.CaptureFixture[str]
) -> None:
    _took(database, 1, {"art": (1, 10)}, [])
    _quiz()
    with bank.counted() as names:
        _quiz()
    assert names == ["Query", "BatchGetItem", "PutItem"]
    query = bank.made[-3][1]
    assert (query["IndexName"], query["Limit"], query["ScanIndexForward"]) == ("by_user", 20, False)
    assert _counted(capsys) == set()


def test_what_was_answered_lately_is_avoided(bank: Calls, database: "DynamoDBClient") -> None:
    answered = [f"art-2-{i}" for i in range(14)]
    _took(database, 1, {"art": (1, 10)}, answered[:7])
    _took(database, 2, {"art": (1, 10)}, answered[7:])
    assert set(_quiz(6)) == {f"art-2-{i}" for i in range(14, 20)}
    # What was shown a moment ago counts as well.
    assert _categories(_quiz(5)) <= {"history", "maths"}


def test_rather_other_categories_than_what_was_answered_lately(bank: Calls, database: "DynamoDBClient") -> None:
    _took(database, 1, {"art": (1, 10)}, [f"art-2-{i}" for i in range(18)])
    ids = _quiz(10)
    assert {"art-2-18", "art-2-19"} <= set(ids)
    assert not {f"art-2-{i}" for i in range(18)} & set(ids)


def test_what_was_answered_lately_is_better_than_nothing(bank: Calls, database: "DynamoDBClient") -> None:
    _took(database, 1, {"art": (1, 10)}, [f"{c}-2-{i}" for c in ("art", "history", "maths") for i in range(20)])
    assert len(set(_quiz(50))) == 50


def test_a_new_student_gets_questions_from_everywhere(bank: Calls, capsys: pytest.CaptureFixture[str]) -> None:
    assert _categories(_quiz(30)) == {"art", "history", "maths"}
    assert _counted(capsys) == {"HistoryFallback"}


def test_without_history_too_there_is_a_quiz(personalize: Calls, capsys: pytest.CaptureFixture[str]) -> None:
    personalize.answers["GetRecommendations"] = lambda _: refused("ThrottlingException")
    personalize.answers["Query"] = lambda call: (
        refused("ProvisionedThroughputExceededException") if call["IndexName"] == "by_user" else None
    )
    assert len(_quiz(30)) == 30
    assert _counted(capsys) == {"PersonalizeFallback", "HistoryFallback"}


def test_many_categories_are_not_all_read_at_once(api: Calls, database: "DynamoDBClient") -> None:
    store(database, [q for i in range(30) for q in choices(2, f"category{i}")])
    with api.counted() as names:
        assert len(_quiz(10)) == 10
    assert names.count("Query") <= 1 + 10


@pytest.mark.parametrize(
    ("past", "weak"),
    [
        ([], []),
        ([{"art": (5, 5)}], []),
        ([{"art": (4, 5), "maths": (1, 5)}], ["maths", "art"]),
        ([{"art": (0, 5)}, {"art": (5, 5), "maths": (1, 5)}], ["maths", "art"]),
        ([{"a": (4, 5), "b": (3, 5), "c": (2, 5), "d": (1, 5)}], ["d", "c", "b"]),
        ([{"b": (1, 2), "a": (2, 4)}], ["a", "b"]),
    ],
)
def test_weak_is_where_the_smallest_part_was_earned(past: list[dict[str, Any]], weak: list[str]) -> None:
    quizzes = [
        Past(category_scores={name: (Decimal(got), Decimal(of)) for name, (got, of) in each.items()}) for each in past
    ]
    assert weakest(quizzes) == weak
