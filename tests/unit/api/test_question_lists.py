"""Lists: every question once, whatever the pages, and tokens that are checked."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.items import to_item
from tests.unit.api.authoring import MANY, add_question, question, quiz
from tests.unit.api.driver import Reply, call
from tests.unit.builders import Calls, accepted

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

LIST = "GET /questions"


def _pages(key: str = LIST, **query: Any) -> Iterator[Any]:
    token = None
    while True:
        reply = call(key, query={**query, **({"next": token} if token else {})})
        assert reply.status == 200, reply.body
        yield reply.body
        token = reply.body["next"]
        if token is None:
            return


def _ids(**query: Any) -> list[str]:
    return [each["question_id"] for page in _pages(**query) for each in page["questions"]]


def _wanted(category: str | None, difficulty: int | None, tag: str | None) -> list[str]:
    return sorted(
        name
        for name, (its_category, its_difficulty) in MANY.items()
        if category in (None, its_category)
        and difficulty in (None, its_difficulty)
        and (tag is None or name[-1] in "02468")
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    limit=st.integers(1, 30),
    category=st.sampled_from([None, "science", "history", "art", "none"]),
    difficulty=st.sampled_from([None, 1, 4, 5]),
    tag=st.sampled_from([None, "even"]),
)
def test_walking_all_pages_meets_every_question_once(
    many_questions: Calls, limit: int, category: str | None, difficulty: int | None, tag: str | None
) -> None:
    asked = {"limit": limit, "category": category, "difficulty": difficulty, "tag": tag}
    found = _ids(**{name: value for name, value in asked.items() if value is not None})
    assert sorted(found) == _wanted(category, difficulty, tag)


def test_a_page_holds_no_more_than_its_limit(many_questions: Calls) -> None:
    assert [len(page["questions"]) for page in _pages(limit=8)] == [8, 8, 4]
    assert [len(page["questions"]) for page in _pages(limit=3, category="history", difficulty=4)] == [3, 3, 1]


def test_a_category_goes_through_its_difficulties_in_order(many_questions: Calls) -> None:
    pages = list(_pages(category="science", limit=10))
    assert [{each["difficulty"] for each in page["questions"]} for page in pages] == [{1}, {2}, {3}, set(), set()]


def test_without_a_limit_there_are_25_a_page(api: Calls) -> None:
    for number in range(26):
        call("POST /questions", question(question_id=f"q{number}"))
    assert [len(page["questions"]) for page in _pages()] == [25, 1]


@pytest.mark.parametrize(
    ("query", "made"),
    [
        ({}, ["Scan"]),
        ({"category": "science", "difficulty": 1}, ["Query", "BatchGetItem"]),
        ({"category": "science"}, ["Query", "BatchGetItem"]),
        ({"category": "nothing"}, ["Query"]),
    ],
)
def test_a_page_takes_two_calls_at_most(query: dict[str, Any], made: list[str], many_questions: Calls) -> None:
    with many_questions.counted() as names:
        call(LIST, query=query)
    assert names == made


def _left_over(bank: "DynamoDBClient", *question_ids: str) -> Any:
    """DynamoDB reads all but these, in an order of its own."""

    def answer(call_: dict[str, Any]) -> Any:
        keys = call_["RequestItems"]["questions"]["Keys"]
        left = [key for key in keys if key["question_id"]["S"] in question_ids]
        read = [bank.get_item(TableName="questions", Key=key)["Item"] for key in keys if key not in left]
        return accepted(
            Responses={"questions": read[::-1]}, UnprocessedKeys={"questions": {"Keys": left}} if left else {}
        )

    return answer


def test_what_was_left_over_begins_the_next_page(many_questions: Calls, bank: "DynamoDBClient") -> None:
    whole = _ids(category="history", difficulty=4)
    many_questions.answers["BatchGetItem"] = _left_over(bank, whole[3], whole[5])
    page: Reply = call(LIST, query={"category": "history", "difficulty": 4})
    assert [each["question_id"] for each in page.body["questions"]] == whole[:3]
    del many_questions.answers["BatchGetItem"]
    rest = call(LIST, query={"category": "history", "difficulty": 4, "next": page.body["next"]})
    assert [each["question_id"] for each in rest.body["questions"]] == whole[3:]


def test_a_page_that_could_not_begin_is_asked_for_again(many_questions: Calls, bank: "DynamoDBClient") -> None:
    many_questions.answers["BatchGetItem"] = _left_over(bank, *MANY)
    assert call(LIST, query={"category": "art", "difficulty": 5}).status == 503


@pytest.mark.long
def test_a_page_of_huge_questions_fits_into_an_answer(api: Calls) -> None:
    options = [{"id": f"o{i}", "text": "x" * 19_000} for i in range(12)]
    names = [f"q{number}" for number in range(30)]
    for name in names:
        assert add_question(question_id=name, options=options).status == 201
    # GIVEN all keys at once, as AWS gives them: an index of keys alone has long pages
    keys = [to_item({"question_id": name, "bucket": "science#3", "sample_key": i}) for i, name in enumerate(names)]
    api.answers["Query"] = lambda _: accepted(Items=keys)
    page = call(LIST, query={"category": "science", "difficulty": 3, "limit": 30}).body
    found = [each["question_id"] for each in page["questions"]]
    assert 0 < len(json.dumps(page)) < 5 * 1024 * 1024
    assert found == names[: len(found)]
    # THEN the next page begins after the last one that was shown
    del api.answers["Query"]
    call(LIST, query={"category": "science", "difficulty": 3, "next": page["next"]})
    assert api.made[-2][1]["ExclusiveStartKey"]["question_id"] == {"S": found[-1]}


def test_what_was_deleted_since_the_index_was_read_is_left_out(many_questions: Calls, bank: "DynamoDBClient") -> None:
    whole = _ids(category="history", difficulty=4)
    many_questions.answers["BatchGetItem"] = lambda asked: (
        bank.delete_item(TableName="questions", Key={"question_id": {"S": whole[2]}}) and None
    )
    assert _ids(category="history", difficulty=4) == [*whole[:2], *whole[3:]]


def test_a_question_that_cannot_be_read_does_not_hide_the_others(
    many_questions: Calls, bank: "DynamoDBClient", caplog: pytest.LogCaptureFixture
) -> None:
    bank.put_item(TableName="questions", Item={"question_id": {"S": "broken"}, "text": {"N": "1"}})
    assert sorted(_ids()) == sorted(MANY)
    assert "left out of a list" in caplog.messages


def test_quizzes_are_listed_in_pages_too(many_questions: Calls) -> None:
    for number in range(7):
        assert call("POST /quizzes", quiz("s0", "s1", quiz_id=f"quiz-{number}")).status == 201
    with many_questions.counted() as names:
        pages = list(_pages("GET /quizzes", limit=3))
    assert names == ["Scan"] * len(pages)
    assert sorted(each["quiz_id"] for page in pages for each in page["quizzes"]) == [f"quiz-{i}" for i in range(7)]
    assert all(each["question_ids"] == ["s0", "s1"] for page in pages for each in page["quizzes"])


def test_tokens_work_without_their_padding(many_questions: Calls) -> None:
    assert all("=" not in (page["next"] or "") for page in _pages(limit=1))
