"""Counts answers of practice for their questions and categories: the first of each question in a session.

What is asked again was just explained or just practised, and tells nothing of how hard the question is.
"""

from typing import Any

import msgspec

from adapters.items import from_item
from adapters.observability import count, logger
from adapters.practice_analytics import MOST_WRITES, Analytics
from handlers.tables.following import InTime, Record, sequence_number
from quiz.errors import Unavailable
from quiz.practice.analytics import SUMMARY, Answer, groups

_TOLD = ("question_id", "category", "last_correct", "last_ability", "answered_at")


class ProgressFollower:
    """Changes of progress that are answers: those by which the attempts at a question grew by one."""

    def __init__(self, analytics: Analytics) -> None:
        self._analytics = analytics

    def follow(self, records: list[Record], in_time: InTime) -> list[str]:
        """Count them, as many at once as one transaction takes; one that cannot be read holds back none of the others.

        Where the table is too busy, the rest waits for the next delivery: it begins there anyway.
        """
        answers, failed = _read(records)
        counted = repeated = 0
        waiting = list(groups((answer for answer, _ in answers.values()), MOST_WRITES))
        while waiting and in_time():
            try:
                added = self._analytics.add(waiting[0])
            except Unavailable:
                logger().warning("the analytics table is busy", answers=sum(map(len, waiting)), exc_info=True)
                break
            counted += added
            repeated += len(waiting.pop(0)) - added
        count("AnswersCounted", counted)
        count("AnswersRepeated", repeated)
        return failed + [answers[answer.event_id][1] for group in waiting for answer in group]


def _read(records: list[Record]) -> tuple[dict[str, tuple[Answer, str]], list[str]]:
    """The answers by the ids of their changes, with where they stand; and where what cannot be read stands."""
    answers: dict[str, tuple[Answer, str]] = {}
    failed: list[str] = []
    for record in records:
        try:
            answer = _answer(record)
        except (LookupError, TypeError, ValueError):
            # Whatever else is wrong with it; in the end the stream sets it aside.
            logger().exception("an answer cannot be read", sequence_number=sequence_number(record))
            failed.append(sequence_number(record))
            continue
        # A batch may hold one twice, and a transaction may not.
        if answer is not None:
            answers.setdefault(answer.event_id, (answer, sequence_number(record)))
    return answers, failed


def _answer(record: Record) -> Answer | None:
    """The first answer of a session that the record tells of, if any."""
    if record["eventName"] not in ("INSERT", "MODIFY") or record["dynamodb"]["Keys"]["question_id"]["S"] == SUMMARY:
        return None
    after = record["dynamodb"]["NewImage"]
    if _attempts(after) != _attempts(record["dynamodb"].get("OldImage", {})) + 1:
        return None
    if not from_item({"first": after["last_first"]})["first"]:
        return None
    told = from_item({name: after[name] for name in _TOLD if name in after})
    return msgspec.convert({**told, "event_id": record.get("eventID")}, Answer)


def _attempts(image: dict[str, Any]) -> int:
    attempts = from_item({"attempts": image["attempts"]})["attempts"] if "attempts" in image else 0
    return msgspec.convert(attempts, int)
