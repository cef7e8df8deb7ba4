"""Announces each new result of an LMS submission on the event bus."""

from collections.abc import Mapping
from typing import Any

from adapters.correlation import NAME, apart
from adapters.events import Bus, Event
from adapters.items import from_item
from adapters.observability import count, logger
from handlers.tables.following import InTime, Record, about_change, sequence_number
from handlers.tables.marking import Marks
from quiz.operations.announcing import mark_of_submission
from quiz.operations.canary import STUDENT_ID

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

    def __init__(self, bus: Bus, marks: Marks) -> None:
        self._bus = bus
        self._marks = marks

    def follow(self, records: list[Record], in_time: InTime) -> list[str]:
        """Publish them all; those that the bus refused have to come again.

        One that cannot be read holds back none of the others; in the end the stream sets it aside.
        """
        inserted, events, unreadable = _read(records)
        refused = self._bus.publish(events)
        count("SubmissionsAnnounced", len(inserted) - len(refused))
        announced = [record for position, record in enumerate(inserted) if position not in refused]
        for record in announced:
            apart(_report)(record)
        self._marks.leave([_mark(record) for record in announced], in_time)
        numbers = [sequence_number(inserted[position]) for position in refused]
        if numbers:
            logger().error("the bus refused events", refused=len(numbers), first_sequence_number=numbers[0])
        return unreadable + numbers


def _read(records: list[Record]) -> tuple[list[Record], list[Event], list[str]]:
    """The new results, what is to be said of each, and where those stand that cannot be read."""
    inserted: list[Record] = []
    events: list[Event] = []
    unreadable: list[str] = []
    for record in records:
        if record["eventName"] != "INSERT" or _is_canary(record):
            continue
        try:
            events.append(_submission_scored(record))
        except (LookupError, TypeError, ValueError, ArithmeticError):
            logger().exception("a result cannot be read", sequence_number=sequence_number(record))
            unreadable.append(sequence_number(record))
        else:
            inserted.append(record)
    return inserted, events, unreadable


def _is_canary(record: Record) -> bool:
    """Nobody outside has to do with it, and it is gone in a moment."""
    return bool(_image(record)["student_id"]["S"] == STUDENT_ID)


def _mark(record: Record) -> str:
    image = _image(record)
    return mark_of_submission(image["student_id"]["S"], image["submission_id"]["S"])


def _image(record: Record) -> Mapping[str, Any]:
    image: Mapping[str, Any] = record["dynamodb"]["NewImage"]
    return image


def _report(record: Record) -> None:
    about_change(record)
    logger().info("a score was announced")


def _submission_scored(record: Mapping[str, Any]) -> Event:
    result = from_item(record["dynamodb"]["NewImage"])
    # Rows of before have no correlation id.
    known = {NAME: result[NAME]} if NAME in result else {}
    return Event("SubmissionScored", {**{name: result[name] for name in _ANNOUNCED}, **known})
