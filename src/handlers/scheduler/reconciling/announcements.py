"""Looks for results that were never announced on the event bus."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from msgspec import Struct

from adapters.observability import logger
from adapters.operations.announced import Announced
from adapters.operations.announcements import Announcements
from adapters.operations.sampling import Item
from quiz.operations.announcing import first_expected, is_expected, mark_of_quiz, mark_of_submission
from quiz.operations.canary import STUDENT_ID
from quiz.sittings import SUBMITTED

_MOST_LINES = 20


class Result(Struct, frozen=True):
    """A result that is announced: its mark, when it came about, and what it is found by."""

    mark: str
    moment: str
    found_by: Mapping[str, str]


class Unannounced(Struct, frozen=True):
    """Compares results with the marks of those that were announced."""

    announced: Announced
    announcements: Announcements
    now: Callable[[], datetime]

    def number(self, results: Iterable[Result]) -> int:
        """How many of the results were not announced, of those that must have been by now."""
        now, since = self.now(), self.announced.since()
        if since is None:
            self.announcements.begin(first_expected(now))
            return 0
        expected = {one.mark: one for one in results if is_expected(one.moment, since, now)}
        missing = sorted(self.announced.unmarked(expected))
        for mark in missing[:_MOST_LINES]:
            logger().error("a result was not announced", extra=dict(expected[mark].found_by))
        return len(missing)


def submissions(items: Iterable[Item]) -> Iterator[Result]:
    """LMS submissions, all of which are announced but those of the canary."""
    for item in items:
        student_id, submission_id = item["student_id"]["S"], item["submission_id"]["S"]
        moment = _text(item, "scored_at")
        if moment and student_id != STUDENT_ID:
            found_by = {"student_id": student_id, "submission_id": submission_id}
            yield Result(mark_of_submission(student_id, submission_id), moment, found_by)


def quizzes(items: Iterable[Item]) -> Iterator[Result]:
    """Generated quizzes that were submitted."""
    for item in items:
        quiz_id, moment = item["quiz_id"]["S"], _text(item, "submitted_at")
        if moment and _text(item, "state") == SUBMITTED:
            yield Result(mark_of_quiz(quiz_id), moment, {"quiz_id": quiz_id})


def _text(item: Item, name: str) -> str:
    """The text, empty where it is none: whoever compares scores tells of such an item."""
    text: str = item.get(name, {}).get("S", "")
    return text
