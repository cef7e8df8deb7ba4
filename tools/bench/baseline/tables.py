"""The tables that the original handlers were written for, with the questions and players of the measurement."""

from typing import Any

import botocore.session

from tools.bench.operations import quizzes
from tools.cost.measure import bank

LIVE_QUESTION = "science-photosynthesis-000"
_KEYS = {
    "generated": ("quiz_id",),
    "bank": ("question_id",),
    "submissions": ("student_id", "submission_timestamp"),
    "questions": ("quiz_id", "question_id"),
    "answers": ("participant_id", "question_id"),
    "participants": ("participant_id", "quiz_id"),
    "requests": ("RequestId", "Timestamp"),
}
_INDEXES = {
    "bank": ("CategoryIndex", ("category", "difficulty")),
    "participants": ("QuizParticipantsIndex", ("quiz_id",)),
}


def furnish() -> None:
    """All tables, a bank to draw from, and a live quiz."""
    client: Any = botocore.session.get_session().create_client("dynamodb")
    for name, keys in _KEYS.items():
        client.create_table(TableName=name, BillingMode="PAY_PER_REQUEST", **_schema(name, keys))
    for question in quizzes.questions():
        client.put_item(TableName="bank", Item=_question(question))
    for question in bank.questions()[: bank.ASKED]:
        client.put_item(TableName="questions", Item={**_question(question), "quiz_id": {"S": bank.LIVE_QUIZ}})


def join(players: int) -> None:
    """Players of the live quiz with the points that they have so far."""
    client: Any = botocore.session.get_session().create_client("dynamodb")
    for number in range(players):
        client.put_item(
            TableName="participants",
            Item={
                "participant_id": {"S": player(number)},
                "quiz_id": {"S": bank.LIVE_QUIZ},
                "user_info": {"M": {"name": {"S": f"Player {number}"}}},
                "total_score": {"N": str(number)},
            },
        )


def player(number: int) -> str:
    """The id of a player's connection, which is what the original knows a player by."""
    return f"L0SM9cOF{number:08x}="


def _question(question: Any) -> dict[str, Any]:
    """As its author would have stored it: a text, four options, the right one, and what it is worth."""
    return {
        "question_id": {"S": question.question_id},
        "category": {"S": question.category},
        "difficulty": {"N": str(question.difficulty)},
        "question_text": {"S": question.text},
        "options": {"L": [{"M": {"id": {"S": one.id}, "text": {"S": one.text}}} for one in question.options]},
        "correct_answer": {"S": "a"},
        "points": {"N": "10"},
        "time_limit": {"N": "20"},
    }


def _schema(name: str, keys: tuple[str, ...]) -> dict[str, Any]:
    index, index_keys = _INDEXES.get(name, ("", ()))
    indexes = [{"IndexName": index, "KeySchema": _key_schema(index_keys), "Projection": {"ProjectionType": "ALL"}}]
    types = [
        {"AttributeName": key, "AttributeType": "N" if key == "difficulty" else "S"} for key in {*keys, *index_keys}
    ]
    return {
        "KeySchema": _key_schema(keys),
        "AttributeDefinitions": types,
        **({"GlobalSecondaryIndexes": indexes} if index else {}),
    }


def _key_schema(keys: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"AttributeName": key, "KeyType": kind} for key, kind in zip(keys, ("HASH", "RANGE"), strict=False)]
