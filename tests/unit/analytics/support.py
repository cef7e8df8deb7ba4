"""Records of the stream of progress, and what is in the analytics table."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from adapters.items import from_item, to_item
from handlers.tables.stream import handler
from quiz.practice.analytics import Answer
from tests.unit.builders import context

ARN = "arn:aws:dynamodb:eu-central-1:123456789012:table/the-progress/stream/2026-11-20T12:00:00.000"
# 2026-11-20T12:34:56Z
AT = 1_795_178_096
HOUR = "2026-11-20T12"


def answer(number: int = 1, **changes: Any) -> Answer:
    told = {"question_id": "q1", "category": "science", "correct": True, "ability": Decimal("0.5"), "at": AT}
    return Answer(**{"event_id": f"event-{number}", **told, **changes})


def row(**changes: Any) -> dict[str, Any]:
    """A student's progress with one question; a change to `...` leaves the attribute out."""
    values = {
        "user_id": "student-1",
        "question_id": "q1",
        "category": "science",
        "difficulty": 2,
        "attempts": 3,
        "correct": 1,
        "seconds": 40,
        "last_correct": True,
        "last_first": True,
        "last_ability": Decimal("0.5"),
        "answered_at": AT,
        **changes,
    }
    return {name: value for name, value in values.items() if value is not ...}


def record(number: int, old: dict[str, Any] | None = None, /, **changes: Any) -> dict[str, Any]:
    """The change that an answer made; `old` is how it was before, if it was not one attempt fewer."""
    after = row(**changes)
    attempts = after.get("attempts", 1)
    before = old if old is not None else {**after, "attempts": attempts - 1 if isinstance(attempts, int) else 0}
    return {
        "eventID": f"event-{number}",
        "eventName": "MODIFY" if before else "INSERT",
        "eventSourceARN": ARN,
        "dynamodb": {
            "SequenceNumber": str(number),
            "Keys": to_item({name: after[name] for name in ("user_id", "question_id")}),
            "NewImage": to_item(after),
            **({"OldImage": to_item(before)} if before else {}),
        },
    }


def run(records: Sequence[dict[str, Any]], remaining_ms: int = 30_000) -> list[str]:
    """The sequence numbers that the function hands back."""
    response = handler({"Records": list(records)}, context(remaining_ms))
    return [failure["itemIdentifier"] for failure in response["batchItemFailures"]]


def kept(client: Any) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of the table by their keys, marks left out."""
    pages = client.get_paginator("scan").paginate(TableName="the-analytics")
    items = [from_item(item) for page in pages for item in page["Items"]]
    return {(i.pop("subject"), i.pop("hour")): i for i in items if not i["subject"].startswith("seen#")}


def forget(client: Any) -> None:
    """Take the marks away, as time does: for each transaction the emulator copies all that is in the table."""
    items = client.scan(TableName="the-analytics")["Items"]
    keys = [{name: item[name] for name in ("subject", "hour")} for item in items]
    marks = [{"DeleteRequest": {"Key": key}} for key in keys if key["subject"]["S"].startswith("seen#")]
    for start in range(0, len(marks), 25):
        client.batch_write_item(RequestItems={"the-analytics": marks[start : start + 25]})


def counts(client: Any) -> dict[tuple[str, str], tuple[int, int]]:
    """How many answers each row has, and how many right ones."""
    return {key: (values["answered"], values["correct"]) for key, values in kept(client).items()}
