"""What authors send and do: questions and quizzes, added, changed from the version that was read, and deleted."""

from typing import TYPE_CHECKING, Any

from tests.unit.api.driver import Reply, call

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

READ_QUESTION = "GET /questions/{question_id}"
CHANGE_QUESTION = "PUT /questions/{question_id}"
DELETE_QUESTION = "DELETE /questions/{question_id}"
READ_QUIZ = "GET /quizzes/{quiz_id}"
CHANGE_QUIZ = "PUT /quizzes/{quiz_id}"
DELETE_QUIZ = "DELETE /quizzes/{quiz_id}"

# By id, category and difficulty: more than a page of some, none of others.
MANY = {
    **{f"s{i}": ("science", 1 + i % 3) for i in range(12)},
    **{f"h{i}": ("history", 4) for i in range(7)},
    "a1": ("art", 5),
}


def question(**changes: Any) -> dict[str, Any]:
    """A good question; a change to `...` leaves the field out."""
    fields = {
        "question_id": "q1",
        "text": "Water boils at a lower temperature on a mountain.",
        "key": {"type": "true_false", "correct": True},
        "category": "science",
        "difficulty": 3,
        "points": 1.5,
        "tags": ["physics"],
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not ...}


def quiz(*question_ids: str, **changes: Any) -> dict[str, Any]:
    return {"quiz_id": "quiz", "title": "Autumn term", "question_ids": list(question_ids), **changes}


def add_question(**changes: Any) -> Reply:
    return call("POST /questions", question(**changes))


def change_question(version: Any = 1, **changes: Any) -> Reply:
    return call(CHANGE_QUESTION, question(**changes), headers={"if-match": f'"{version}"'})


def delete_question(version: Any = 1) -> Reply:
    return call(DELETE_QUESTION, headers={"if-match": f'"{version}"'})


def add_quiz(*question_ids: str, **changes: Any) -> Reply:
    return call("POST /quizzes", quiz(*question_ids, **changes))


def change_quiz(*question_ids: str, version: Any = 1, **changes: Any) -> Reply:
    return call(CHANGE_QUIZ, quiz(*question_ids, **changes), headers={"if-match": f'"{version}"'})


def delete_quiz(version: Any = 1) -> Reply:
    return call(DELETE_QUIZ, headers={"if-match": f'"{version}"'})


def marked(bank: "DynamoDBClient") -> dict[str, set[str]]:
    """By question, the quizzes that ask it."""
    items = bank.scan(TableName="questions")["Items"]
    return {item["question_id"]["S"]: set(item["used_by"]["SS"]) for item in items if "used_by" in item}
