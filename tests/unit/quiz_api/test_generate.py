"""A quiz is drawn from the bank, stored with its keys, and shown without them."""

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from adapters.items import from_item
from tests.unit.builders import Calls, refused
from tests.unit.quiz_api.support import (
    OTHER,
    STUDENT,
    TEACHER,
    asked_ids,
    call,
    choice,
    choices,
    generate,
    generated,
    store,
    submit,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def _stored(client: "DynamoDBClient", quiz: Any) -> dict[str, Any]:
    return from_item(client.get_item(TableName="results", Key={"quiz_id": {"S": quiz["quiz_id"]}})["Item"])


def test_a_quiz_by_default(api: Calls, database: "DynamoDBClient") -> None:
    store(database, [*choices(20), *choices(20, difficulty=3), *choices(20, "other")])
    quiz = generated()
    assert len(set(asked_ids(quiz))) == 10
    assert all(question_id.startswith("general-2-") for question_id in asked_ids(quiz))
    assert quiz["message"] == "Quiz generated with 10 questions."
    assert quiz.keys() == {"quiz_id", "questions", "message"}
    assert len(quiz["quiz_id"]) == 32


def test_what_is_stored(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(3))
    quiz = generated(count=3, time_limit=90)
    stored = _stored(database, quiz)
    assert stored["question_ids"] == asked_ids(quiz)
    snapshot = json.loads(stored["questions"])
    assert [[o["id"] for o in q["options"]] for q in snapshot] == [
        [o["id"] for o in q["options"]] for q in quiz["questions"]
    ]
    assert all(question["key"]["correct"] == "a" for question in snapshot)
    assert {name: stored[name] for name in ("user_id", "quiz_type", "difficulty", "state", "time_limit")} == {
        "user_id": STUDENT,
        "quiz_type": "general",
        "difficulty": 2,
        "state": "open",
        "time_limit": 90,
    }
    assert stored["closes_at"] == quiz["closes_at"] > stored["created_at"]
    assert "submitted_at" not in stored
    assert 364 * 86400 < stored["expires_at"] - time.time() < 366 * 86400


def test_a_warm_environment_makes_two_calls(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(30))
    with api.counted() as names:
        generated()
    assert names == ["Query", "BatchGetItem", "PutItem"]
    for _ in range(3):
        with api.counted() as names:
            generated()
        assert names == ["BatchGetItem", "PutItem"]


def test_a_write_that_was_tried_again_is_one_quiz(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(2))
    api.answers["PutItem"] = lambda _: refused("ConditionalCheckFailedException")
    assert generate(count=2).status == 200


def test_only_instructors_generate_for_others(api: Calls, database: "DynamoDBClient") -> None:
    store(database, choices(2))
    assert generate(user_id=OTHER, count=1).status == 403
    assert _stored(database, generated(user_id=STUDENT, count=1))["user_id"] == STUDENT
    quiz = generated(TEACHER, "instructors", user_id=OTHER, count=1)
    assert _stored(database, quiz)["user_id"] == OTHER
    assert submit(quiz["quiz_id"], ["a"], TEACHER, "instructors").status == 404
    assert submit(quiz["quiz_id"], ["a"], OTHER).status == 200


@pytest.mark.parametrize(
    "wanted",
    [
        {"count": 0},
        {"count": 51},
        {"count": "10"},
        {"difficulty": 0},
        {"difficulty": 6},
        {"difficulty": 2.5},
        {"quiz_type": ""},
        {"quiz_type": "a#2"},
        {"time_limit": 29},
        {"time_limit": 86_401},
        {"user_id": ""},
        {"colour": "blue"},
    ],
)
def test_what_makes_no_sense_is_refused(api: Calls, wanted: dict[str, Any]) -> None:
    reply = generate(**wanted)
    assert (reply.status, reply.body["error"]) == (400, "invalid_input")
    assert api.names == []


def test_nobody_generates_without_a_name(api: Calls) -> None:
    assert call("POST /quiz/generate", {}, user="").status == 401


def test_a_picture_is_a_link(api: Calls, database: "DynamoDBClient") -> None:
    key = "media/0123456789abcdef0123456789abcdef.png"
    store(database, [choice("q", media_key=key)])
    [question] = generated(count=1)["questions"]
    assert key in question["media_url"]
    assert question["media_url"].startswith("https://")
