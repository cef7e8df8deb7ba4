"""What an answer adds to the progress table, as actions of the transaction that stores the session."""

from collections.abc import Mapping
from typing import Any

from adapters.items import to_item
from quiz.practice.memory import Memory
from quiz.practice.progress import SUMMARY, Answered


def progress_actions(table: str, answered: Answered) -> list[Any]:
    """The row of the question, and the sum."""
    return [_question(table, answered), _summary(table, answered)]


def _question(table: str, answered: Answered) -> Any:
    told = {
        "category": answered.category,
        "difficulty": answered.difficulty,
        "tries": answered.tries,
        "last_correct": answered.correct,
        "last_ability": answered.ability,
        "last_first": answered.is_first,
        "answered_at": answered.at,
    }
    added = {"attempts": 1, "correct": int(answered.correct), "seconds": answered.seconds}
    assigned = [f"#{name} = :{name}" for name in told]
    remembered = {} if answered.memory is None else _remembered(answered.memory)
    # What another session has learnt of the question meanwhile is older, and counts.
    form = "#{0} = if_not_exists(#{0}, :{0})" if answered.is_new_memory else "#{0} = :{0}"
    assigned += [form.format(name) for name in remembered]
    expression = "SET " + ", ".join(assigned) + " ADD " + ", ".join(f"#{name} :{name}" for name in added)
    return _update(table, answered.user_id, answered.question_id, expression, {**told, **remembered, **added})


def _remembered(memory: Memory) -> dict[str, Any]:
    return {
        "stability": memory.stability,
        "memory_difficulty": memory.difficulty,
        "due": memory.due,
        "reviewed": memory.reviewed,
    }


def _summary(table: str, answered: Answered) -> Any:
    added = {
        "answered": 1,
        "correct": int(answered.correct),
        "mastered": int(answered.is_mastered),
        "seconds": answered.seconds,
    }
    names = {"#in_category": f"answered:{answered.category}", "#right_in_category": f"correct:{answered.category}"}
    counted = [f"#{name} :{name}" for name in added] + ["#in_category :answered", "#right_in_category :correct"]
    if answered.correct:
        # One more in a row; the first wrong answer ends it.
        counted.append("#streak :streak")
    ends = "" if answered.correct else ", #streak = :streak"
    expression = f"SET #answered_at = :answered_at{ends} ADD " + ", ".join(counted)
    values = {**added, "answered_at": answered.at, "streak": int(answered.correct)}
    return _update(table, answered.user_id, SUMMARY, expression, values, names)


def _update(
    table: str,
    user_id: str,
    question_id: str,
    expression: str,
    values: Mapping[str, Any],
    names: Mapping[str, str] = {},
) -> Any:
    return {
        "Update": {
            "TableName": table,
            "Key": to_item({"user_id": user_id, "question_id": question_id}),
            "UpdateExpression": expression,
            "ExpressionAttributeNames": {**{f"#{name}": name for name in values}, **names},
            "ExpressionAttributeValues": to_item({f":{name}": value for name, value in values.items()}),
        }
    }
