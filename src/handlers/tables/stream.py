"""Announces on the event bus what the tables' streams tell: each new submission result, once."""

import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from adapters import events, settings
from adapters.events import Bus, Event
from adapters.items import from_item
from adapters.observability import count, instrumented, logger

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


class Settings(Struct, frozen=True):
    """Environment variables of the function."""

    event_bus_name: str


@cache
def bootstrap() -> Bus:
    """Everything that lives as long as the environment does."""
    return Bus(events.client(), settings.read(Settings, os.environ).event_bus_name)


@instrumented
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Publish the batch; where the bus refuses an event, the stream is read again from there."""
    inserted = [record for record in event["Records"] if record["eventName"] == "INSERT"]
    refused = bootstrap().publish([_submission_scored(record) for record in inserted])
    count("SubmissionsAnnounced", len(inserted) - len(refused))
    if not refused:
        return {"batchItemFailures": []}
    first = inserted[min(refused)]["dynamodb"]["SequenceNumber"]
    logger().error("the bus refused events", refused=len(refused), first_sequence_number=first)
    return {"batchItemFailures": [{"itemIdentifier": first}]}


def _submission_scored(record: Mapping[str, Any]) -> Event:
    result = from_item(record["dynamodb"]["NewImage"])
    return Event("SubmissionScored", {name: result[name] for name in _ANNOUNCED})
