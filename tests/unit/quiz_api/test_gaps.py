"""Where the bank has too little, a quiz is made of what there is, and says so."""

import json
from typing import TYPE_CHECKING, Any

from tests.unit.builders import Calls, accepted
from tests.unit.quiz_api.support import (
    asked_ids,
    choice,
    choices,
    generate,
    generated,
    store,
    submit,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def test_a_warm_environment_makes_two_calls_for_a_thin_category_too(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(3))
    generated()
    with api.counted() as names:
        generated()
    assert names[-2:] == ["BatchGetItem", "PutItem"]
    assert "Query" not in names


def test_too_few_questions_are_made_up_for_from_the_nearest_difficulties(
    api: Calls, database: "DynamoDBClient"
) -> None:
    store(database, [q for d, number in enumerate((4, 2, 3, 9, 9), 1) for q in choices(number, difficulty=d)])
    quiz = generated(count=8)
    by_difficulty = [question_id.split("-")[1] for question_id in asked_ids(quiz)]
    assert by_difficulty == list("22111133")
    assert quiz["message"] == (
        "Quiz generated with 8 questions. Difficulty 2 has too few: 6 come from difficulty 1, 3."
    )


def test_a_category_with_fewer_gives_what_there_is(api: Calls, database: "DynamoDBClient") -> None:
    store(database, [*choices(2), *choices(1, difficulty=5)])
    quiz = generated(count=50)
    assert len(quiz["questions"]) == 3
    assert quiz["message"] == (
        "Quiz generated with 3 questions. Difficulty 2 has too few: 1 come from difficulty 5. "
        "You asked for 50, and the category 'general' holds no more."
    )


def test_a_category_without_questions_names_those_that_have_some(api: Calls, database: "DynamoDBClient") -> None:
    store(database, [*choices(2, "history"), *choices(1, "art", 5)])
    reply = generate(quiz_type="astrology")
    assert (reply.status, reply.body["error"]) == (404, "not_found")
    assert reply.body["message"] == "there are no questions in the category 'astrology'; there are: 'art', 'history'"
    with api.counted() as names:
        generate(quiz_type="alchemy")
    assert "Scan" not in names


def test_an_empty_bank(api: Calls) -> None:
    for quiz_type in ("general", "personalized"):
        reply = generate(quiz_type=quiz_type)
        assert (reply.status, reply.body["message"]) == (404, "the bank holds no questions yet")


def test_a_new_category_can_be_used_at_once(api: Calls, database: "DynamoDBClient") -> None:
    assert generate(quiz_type="new").status == 404
    store(database, choices(1, "new"))
    assert generated(quiz_type="new", count=1)["questions"]


def test_questions_that_are_gone_are_replaced(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(20))
    gone = asked_ids(generated(count=10))
    for question_id in gone:
        database.delete_item(TableName="questions", Key={"question_id": {"S": question_id}})
    quiz = generated(count=10)
    assert len(quiz["questions"]) == 10
    assert not set(asked_ids(quiz)) & set(gone)
    assert quiz["message"] == "Quiz generated with 10 questions."


def test_a_question_that_cannot_be_read_is_replaced(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(5))
    database.update_item(
        TableName="questions",
        Key={"question_id": {"S": "general-2-0"}},
        UpdateExpression="SET points = :none",
        ExpressionAttributeValues={":none": {"N": "-1"}},
    )
    for _ in range(5):
        assert len(asked_ids(generated(count=4))) == 4


def test_what_dynamodb_leaves_over_is_asked_for_again(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(2))
    left_over: list[Any] = [lambda call: accepted(Responses={"questions": []}, UnprocessedKeys=call["RequestItems"])]
    api.answers["BatchGetItem"] = lambda call: left_over.pop()(call) if left_over else None
    assert len(generated(count=2)["questions"]) == 2
    left_over += [lambda call: accepted(Responses={"questions": []}, UnprocessedKeys=call["RequestItems"])] * 3
    reply = generate(count=2)
    assert (reply.status, reply.body["error"]) == (503, "unavailable")


def test_more_long_questions_than_an_item_holds_are_left_out(api: Calls, database: "DynamoDBClient") -> None:
    store(database, [choice(f"long-{i}", text="ü" * 8_000) for i in range(30)])
    quiz = generated(count=30)
    assert len(quiz["questions"]) == 21
    assert "You asked for 30, and no more of these long questions fit" in quiz["message"]
    stored = database.scan(TableName="results")["Items"][0]
    assert len(json.dumps(stored, ensure_ascii=False).encode()) < 370 * 1024
    # The answers and their result find room, too.
    assert submit(quiz["quiz_id"], ["a" * 1000] * 21).status == 200
