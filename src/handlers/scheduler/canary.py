"""Sends a canary the way of a submission, and waits for it at the end."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import uuid4

from msgspec import Struct

from adapters.definitions import Definitions
from adapters.observability import logger
from adapters.operations.canary import Canaries, Landed
from adapters.operations.troubles import reason
from quiz.errors import Rejected
from quiz.operations import checks
from quiz.operations.canary import QUIZ_ID
from quiz.operations.checks import Reading, Thresholds
from quiz.times import timestamp

_PAUSE_SECONDS = 0.25
# Longer than a run: what is older belongs to none that still waits for it.
_NOBODYS = timedelta(minutes=2)


class CanaryCheck(Struct, frozen=True):
    """One canary a run. What was scored too late for its own run is taken away by a later one."""

    canaries: Canaries
    definitions: Definitions
    healthy: Thresholds
    now: Callable[[], datetime]
    clock: Callable[[], float]
    sleep: Callable[[float], None]

    def run(self) -> tuple[Reading, ...]:
        """Send it, wait, and leave nothing behind."""
        try:
            self.definitions.get(QUIZ_ID)
        except Rejected as error:
            # Sent all the same it would be set aside, among submissions of students.
            return (checks.unanswered("canary", reason(error)),)
        sent_at = self.now()
        submission_id = f"{timestamp(sent_at)}-{uuid4().hex}"
        self.canaries.send(submission_id, sent_at)
        seconds, landed = self._wait(submission_id)
        own = next((one for one in landed if one.submission_id == submission_id), None)
        left = self._remove(one for one in landed if one is own or one.submitted_at < timestamp(sent_at - _NOBODYS))
        milliseconds = None if own is None else 1000 * seconds
        return (
            *checks.canary(milliseconds, own.percentage if own else 0, self.healthy),
            checks.leftovers(left),
        )

    def _wait(self, submission_id: str) -> tuple[float, list[Landed]]:
        """How long it took, and everything that is there by then."""
        begun = self.clock()
        while True:
            landed = self.canaries.landed()
            seconds = self.clock() - begun
            there = any(one.submission_id == submission_id for one in landed)
            if there or seconds >= self.healthy.canary_seconds:
                return seconds, landed
            self.sleep(_PAUSE_SECONDS)

    def _remove(self, unwanted: Iterable[Landed]) -> int:
        """How many could not be removed; the next run tries again."""
        left = 0
        for one in unwanted:
            try:
                self.canaries.remove(one.submission_id)
            except Exception:  # noqa: BLE001
                # Whatever it was, the canary itself was scored, and that is what the check is about.
                logger().exception("a canary was not removed", submission_id=one.submission_id)
                left += 1
        return left
