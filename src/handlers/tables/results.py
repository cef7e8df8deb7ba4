"""Exports each submitted quiz to the bucket of results, and then announces it on the event bus."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

from adapters.correlation import apart
from adapters.events import Bus, Event
from adapters.exports import Exports
from adapters.observability import count, logger, measure
from adapters.sittings import read_sitting
from handlers.tables.following import InTime, Record, about_change, sequence_number
from handlers.tables.marking import Marks
from quiz.operations.announcing import mark_of_quiz
from quiz.sittings import SUBMITTED, Sitting

# As many as the client keeps connections for.
_THREADS = 10


class ResultsFollower:
    """Quizzes that were submitted by the change that the record tells of."""

    def __init__(self, exports: Exports, bus: Bus, marks: Marks) -> None:
        self._exports = exports
        self._bus = bus
        self._marks = marks
        self._pool = ThreadPoolExecutor(max_workers=_THREADS, thread_name_prefix="export")

    def follow(self, records: list[Record], in_time: InTime) -> list[str]:
        """Export them side by side and announce those that are; one that fails holds back none of the others."""
        submitted = [record for record in records if _was_submitted(record)]
        outcomes = list(self._pool.map(apart(partial(self._export, in_time=in_time)), submitted))
        exported = [(sequence_number(r), done) for r, done in zip(submitted, outcomes, strict=True) if done]
        count("QuizzesExported", len(exported))
        refused = self._bus.publish([_quiz_completed(done) for _, done in exported])
        if refused:
            logger().error("the bus refused events", refused=len(refused))
        announced = [done for position, (_, done) in enumerate(exported) if position not in refused]
        for done in announced:
            measure("QuizScore", "Percent", float(done.percentage))
        self._marks.leave([mark_of_quiz(done.quiz_id) for done in announced], in_time)
        failed = [sequence_number(r) for r, done in zip(submitted, outcomes, strict=True) if not done]
        return failed + [exported[position][0] for position in refused]

    def _export(self, record: Record, in_time: InTime) -> Sitting | None:
        """The sitting whose export is in the bucket, or None if the record has to come again."""
        about_change(record)
        if not in_time():
            logger().warning("out of time; the record waits for the next delivery")
            return None
        try:
            done = read_sitting(record["dynamodb"]["NewImage"])
            self._exports.put(done)
        except Exception:  # noqa: BLE001
            # Whatever it was, the others go on; in the end the stream sets this one aside.
            logger().exception("a result was not exported")
            return None
        logger().info("a result was exported")
        return done


def _was_submitted(record: Record) -> bool:
    return _state(record, "NewImage") == SUBMITTED != _state(record, "OldImage")


def _state(record: Record, image: str) -> str | None:
    state: str | None = record["dynamodb"].get(image, {}).get("state", {}).get("S")
    return state


def _quiz_completed(done: Sitting) -> Event:
    detail = {
        "quiz_id": done.quiz_id,
        "user_id": done.user_id,
        "quiz_type": done.quiz_type,
        "score": done.score,
        "total": done.total,
        "percentage": done.percentage,
        "submitted_at": done.submitted_at,
    }
    return Event("QuizCompleted", detail)
