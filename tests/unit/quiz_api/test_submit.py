"""Answers are scored by what was shown, and the result tells what each was worth."""

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from quiz.keys import Matching, MultipleChoice, Numeric, NumericAnswer, SingleChoice
from tests.unit.builders import Calls
from tests.unit.quiz_api.support import (
    RESULTS_BUCKET,
    asked_ids,
    call,
    choice,
    choices,
    generated,
    store,
    submit,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@pytest.fixture
def quiz(api: Calls, database: "DynamoDBClient") -> Any:
    store(database, choices(3))
    return generated(count=3)


def _right(quiz: Any, number: int = 3) -> list[str]:
    return ["a"] * number + ["b"] * (len(quiz["questions"]) - number)


def test_a_result_tells_what_each_answer_was_worth(api: Calls, database: "DynamoDBClient") -> None:
    key = SingleChoice(correct="a", partial={"b": Decimal("0.25")}, feedback={"b": "Nearly."})
    store(database, [choice("q1", key=key, points=Decimal("1.5"), explanation="Because.")])
    quiz = generated(count=1)
    assert submit(quiz["quiz_id"], ["b"]).body == {
        "quiz_id": quiz["quiz_id"],
        "score": Decimal("0.375"),
        "total": Decimal("1.5"),
        "percentage": 25,
        "results": [
            {
                "question_id": "q1",
                "answer": "b",
                "correct": False,
                "share": Decimal("0.25"),
                "points": Decimal("1.5"),
                "earned": Decimal("0.375"),
                "correct_answer": "a",
                "feedback": "Nearly.",
                "explanation": "Because.",
            }
        ],
        "unknown_questions": [],
        "message": "You earned 0.375 of 1.5 points (25 %).",
        "s3_location": f"s3://{RESULTS_BUCKET}/quiz-results/{quiz['quiz_id']}.json",
    }


def test_numbers_are_exact_on_the_wire(api: Calls, database: "DynamoDBClient") -> None:
    key = Numeric(accepted=(NumericAnswer(value=Decimal("0.1"), tolerance=Decimal("0.0000000000000000001")),))
    store(database, [choice("q1", key=key, options=(), points=Decimal("0.3"))])
    quiz = generated(count=1)
    sent = f'{{"quiz_id": "{quiz["quiz_id"]}", "answers": [0.1000000000000000001]}}'
    reply = call("POST /quiz/submit", sent)
    assert '"score":0.3,"total":0.3,"percentage":100,' in reply.text
    assert '"answer":0.1000000000000000001,"correct":true' in reply.text
    assert '"correct_answer":0.1,' in reply.text


def test_answers_come_in_the_order_shown_or_by_id(quiz: Any) -> None:
    first = submit(quiz["quiz_id"], ["a", None, "b"])
    assert [result["question_id"] for result in first.body["results"]] == asked_ids(quiz)
    assert [result["answer"] for result in first.body["results"]] == ["a", None, "b"]
    assert [result["earned"] for result in first.body["results"]] == [1, 0, 0]
    one, _, three = asked_ids(quiz)
    assert submit(quiz["quiz_id"], {three: "b", one: "a"}).text == first.text


@pytest.mark.parametrize("number", [0, 2, 4])
def test_a_list_of_another_length_is_refused_and_costs_nothing(quiz: Any, number: int) -> None:
    reply = submit(quiz["quiz_id"], ["a"] * number)
    assert (reply.status, reply.body["error"]) == (400, "invalid_input")
    assert submit(quiz["quiz_id"], _right(quiz)).body["score"] == 3


def test_ids_that_were_not_asked_are_reported_and_not_scored(quiz: Any) -> None:
    answers = {"stranger": "a", "another": "a", asked_ids(quiz)[0]: "a"}
    body = submit(quiz["quiz_id"], answers).body
    assert (body["score"], body["total"]) == (1, 3)
    assert body["unknown_questions"] == ["another", "stranger"]
    assert "2 of the ids" in body["message"]
    assert len(body["results"]) == 3


def test_a_submission_is_two_calls_and_a_repeated_one_is_one(quiz: Any, api: Calls) -> None:
    with api.counted() as names:
        submit(quiz["quiz_id"], _right(quiz))
    assert names == ["GetItem", "UpdateItem"]
    with api.counted() as names:
        submit(quiz["quiz_id"], _right(quiz))
    assert names == ["GetItem"]
    assert api.made[-1][1]["ConsistentRead"] is True


def test_a_correction_of_the_bank_does_not_reach_a_quiz_that_was_shown(quiz: Any, database: "DynamoDBClient") -> None:
    store(database, [choice(each, key=SingleChoice(correct="b")) for each in asked_ids(quiz)])
    assert submit(quiz["quiz_id"], _right(quiz)).body["score"] == 3


def test_answers_that_no_item_could_hold_are_refused(quiz: Any) -> None:
    reply = submit(quiz["quiz_id"], ["x" * 30_000, None, None])
    assert (reply.status, reply.body["error"]) == (413, "too_large")


def test_what_is_stored(quiz: Any, database: "DynamoDBClient") -> None:
    submit(quiz["quiz_id"], _right(quiz, 2))
    [item] = database.scan(TableName="results")["Items"]
    assert item["state"] == {"S": "submitted"}
    assert (item["score"], item["total"], item["percentage"]) == ({"N": "2"}, {"N": "3"}, {"N": "66.67"})
    assert item["category_scores"] == {"M": {"general": {"L": [{"N": "2"}, {"N": "3"}]}}}
    assert json.loads(item["answers"]["S"]) == dict(zip(asked_ids(quiz), _right(quiz, 2), strict=True))
    assert item["submitted_at"]["S"].endswith("Z")


def test_right_answers_of_several_types_come_in_the_form_that_clients_send(
    api: Calls, database: "DynamoDBClient"
) -> None:
    keys = {
        "many": MultipleChoice(correct=("a", "c"), feedback={"a": "Yes.", "b": "No.", "c": "Yes, too."}),
        "pairs": Matching(pairs={"a": "1", "b": "2"}, distractors=("3",)),
    }
    store(database, [choice(name, key=key) for name, key in keys.items()])
    quiz = generated(count=2)
    results = {r["question_id"]: r for r in submit(quiz["quiz_id"], {"many": ["a", "b"]}).body["results"]}
    assert results["many"]["correct_answer"] == ["a", "c"]
    assert sorted(results["many"]["feedback"].split("\n")) == ["No.", "Yes."]
    assert results["pairs"]["correct_answer"] == {"a": "1", "b": "2"}
    assert results["pairs"]["feedback"] == ""
