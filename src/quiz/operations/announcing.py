"""Which results have to have been announced, and what the marks of those that were are called."""

from datetime import datetime, timedelta

from quiz.times import timestamp

# When marks were first looked for. What is older may have been announced before there were any.
START = "start"

# Long enough for whoever looks for marks to be away for a day.
KEPT = timedelta(days=3)

_OLDEST = timedelta(hours=23)
# The stream tells of a change within a second, and of one that it had to tell again within minutes.
_YOUNGEST = timedelta(minutes=10)
# The release that looks for marks first may come a little before the one that leaves them.
_RELEASING = timedelta(minutes=15)


def mark_of_submission(student_id: str, submission_id: str) -> str:
    """The mark of an LMS submission; the length tells its two ids apart, which may hold any sign between them."""
    return f"submission#{len(student_id)}#{student_id}#{submission_id}"


def mark_of_quiz(quiz_id: str) -> str:
    """The mark of a generated quiz that was submitted."""
    return f"quiz#{quiz_id}"


def first_expected(now: datetime) -> str:
    """The time from which on marks are expected, where nobody has looked for them before."""
    return timestamp(now + _RELEASING)


def is_expected(moment: str, since: str, now: datetime) -> bool:
    """Whether a result of this moment has a mark by now, and still has it."""
    return max(since, timestamp(now - _OLDEST)) <= moment <= timestamp(now - _YOUNGEST)
