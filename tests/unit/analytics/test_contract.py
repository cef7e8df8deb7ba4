"""What practice writes is what the stream function reads."""

from decimal import Decimal
from typing import Any

import pytest

from adapters.items import from_item
from adapters.practice.answers import progress_actions
from quiz.practice.memory import Memory
from quiz.practice.progress import Answered
from tests.unit.analytics.support import ARN, AT, HOUR, kept, run

KEY = {"user_id": "student-1", "question_id": "q1"}


def _answered(correct: bool, ability: str, memory: Memory | None) -> Answered:
    return Answered(
        **KEY,
        category="science",
        difficulty=2,
        correct=correct,
        is_first=memory is not None,
        is_mastered=False,
        tries=2,
        seconds=9,
        at=AT,
        ability=Decimal(ability),
        memory=memory,
        is_new_memory=True,
    )


@pytest.fixture
def progress(table: Any) -> Any:
    table.create_table(
        TableName="the-progress",
        KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in zip(KEY, ("HASH", "RANGE"), strict=True)],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in KEY],
        BillingMode="PAY_PER_REQUEST",
    )
    return table


def _write(client: Any, number: int, answered: Answered) -> list[dict[str, Any]]:
    """The records that the answer leaves in the stream."""
    actions = progress_actions("the-progress", answered)
    keys = [action["Update"]["Key"] for action in actions]
    before = [client.get_item(TableName="the-progress", Key=key).get("Item") for key in keys]
    client.transact_write_items(TransactItems=actions)
    after = [client.get_item(TableName="the-progress", Key=key)["Item"] for key in keys]
    return [
        {
            "eventID": f"{number}-{i}",
            "eventName": "MODIFY" if old else "INSERT",
            "eventSourceARN": ARN,
            "dynamodb": {
                "SequenceNumber": f"{number}{i}",
                "Keys": key,
                "NewImage": new,
                **({"OldImage": old} if old else {}),
            },
        }
        for i, (key, old, new) in enumerate(zip(keys, before, after, strict=True))
    ]


def test_answers_of_practice_are_counted(progress: Any) -> None:
    memory = Memory(Decimal("2.3"), Decimal("5.1"), due=AT + 86_400, reviewed=AT)
    records = _write(progress, 1, _answered(False, "0", memory)) + _write(progress, 2, _answered(True, "0.6667", None))
    assert [from_item(record["dynamodb"]["Keys"])["question_id"] for record in records] == ["q1", "#summary"] * 2
    assert run(records) == []
    found = kept(progress)
    assert set(found) == {
        (subject, hour) for subject in ("question#q1", "category#science") for hour in ("total", HOUR)
    }
    # The second came back within the session, and tells nothing of how hard the question is.
    total = found["question#q1", "total"]
    assert (total["answered"], total["correct"], total["sum_ability"]) == (1, 0, 0)
