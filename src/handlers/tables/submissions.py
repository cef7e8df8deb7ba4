"""Announces each new result of an LMS submission on the event bus."""

from collections.abc import Mapping
from typing import Any

from adapters.events import Bus, Event
from adapters.items import from_item
from adapters.observability import count, logger
from handlers.tables.following import InTime, Record, sequence_number

# What the outside learns. The answers stay inside: with the score beside them they would be a key.
_ANNOUNCED = (
    "submission_id",
    "student_id",
    "quiz_id",
    "quiz_version",
    "score",
    "max_score",
    "percentage",
    "submitted_at",
    "scored_at",
)


class SubmissionsFollower:
    """New items alone: a submission is written once."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def follow(self, records: list[Record], in_time: InTime) -> list[str]:
        """Publish them all; those that the bus refused have to come again."""
        inserted = [record for record in records if record["eventName"] == "INSERT"]
        refused = self._bus.publish([_submission_scored(record) for record in inserted])
        count("SubmissionsAnnounced", len(inserted) - len(refused))
        numbers = [sequence_number(inserted[position]) for position in refused]
        if numbers:
            logger().error("the bus refused events", refused=len(numbers), first_sequence_number=numbers[0])
        return numbers


def _submission_scored(record: Mapping[str, Any]) -> Event:
    result = from_item(record["dynamodb"]["NewImage"])
    return Event("SubmissionScored", {name: result[name] for name in _ANNOUNCED})
