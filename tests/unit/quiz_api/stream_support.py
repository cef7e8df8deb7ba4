"""Records of the results table's stream, and the bucket and bus that they lead to."""

import json
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from threading import Lock
from typing import Any

from adapters.sittings import sitting_item
from handlers.tables.stream import handler
from quiz.generation import Generate
from quiz.sittings import Sitting, begin, submit
from tests.unit.builders import NOW, Calls, accepted, context, refused
from tests.unit.quiz_api.support import STUDENT, choice

ARN = "arn:aws:dynamodb:eu-central-1:123456789012:table/the-results/stream/2026-03-04T05:06:07.000"


class Bucket:
    """Keeps what is put, in order; refuses the keys that it is told to."""

    def __init__(self) -> None:
        self.puts: list[tuple[str, bytes]] = []
        self.failing: set[str] = set()
        self._lock = Lock()

    def __call__(self, params: dict[str, Any], **_: Any) -> Any:
        key = params["url_path"].lstrip("/")
        with self._lock:
            if any(quiz_id in key for quiz_id in self.failing):
                return refused("SlowDown", 503)
            self.puts.append((key, params["body"].read()))
        return accepted()


def opened(quiz_id: str = "quiz-1") -> Sitting:
    questions = [choice("q1", points=Decimal("1.5"), explanation="Because."), choice("q2")]
    return begin(quiz_id, STUDENT, Generate(quiz_type="art"), questions, NOW)


def submitted(quiz_id: str = "quiz-1") -> Sitting:
    return submit(opened(quiz_id), ["a", "b"], NOW + timedelta(minutes=1))


def record(number: int, new: Sitting | None, old: Sitting | None, name: str = "MODIFY") -> dict[str, Any]:
    images = {"NewImage": new, "OldImage": old}
    return {
        "eventName": name,
        "eventSourceARN": ARN,
        "dynamodb": {
            "SequenceNumber": str(number),
            **{image: sitting_item(sitting) for image, sitting in images.items() if sitting is not None},
        },
    }


def completed(*numbers: int) -> Iterable[dict[str, Any]]:
    return [record(i, submitted(f"quiz-{i}"), opened(f"quiz-{i}")) for i in numbers]


def run(*records: dict[str, Any], remaining_ms: int = 30_000) -> list[str]:
    response = handler({"Records": list(records)}, context(remaining_ms))
    return [failure["itemIdentifier"] for failure in response["batchItemFailures"]]


def announced(bus: Calls) -> list[Any]:
    entries = [entry for name, call in bus.made if name == "PutEvents" for entry in call["Entries"]]
    return [json.loads(entry["Detail"], parse_float=Decimal) for entry in entries]


def marked(bus: Calls) -> list[str]:
    """What the table of announcements was given."""
    calls = [call["RequestItems"]["the-announcements"] for name, call in bus.made if name == "BatchWriteItem"]
    return [row["PutRequest"]["Item"]["result"]["S"] for rows in calls for row in rows]


def counted(text: str) -> dict[str, Any]:
    metrics = [json.loads(line) for line in text.splitlines() if '"_aws"' in line]
    return {name: value for line in metrics for name, value in line.items() if name.startswith("Quizzes")}
