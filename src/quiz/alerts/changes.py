"""What an alert says has happened, and what is remembered of an alarm between two of them."""

from datetime import datetime

from msgspec import Struct

from quiz.alerts.fields import time_in
from quiz.alerts.payloads import Alarm, Alert
from quiz.operations.findings import Health

# No alarm is called so.
_HEALTH, _OTHER = "#health", "#message"
_LONGEST_KEY = 255
_LONGEST_DETAILS = 2_000


class Change(Struct, frozen=True):
    """What a notification says has happened, when, and to what. `details` tell two states of the same name apart."""

    key: str
    state: str
    at_ms: int
    old_state: str = ""
    details: str = ""
    pages: bool = False


def change_of(alert: Alert, message_id: str, sent_ms: int) -> Change:
    """What the alert says has happened; what has no time of its own happened when it was sent."""
    match alert:
        case Alarm():
            at_ms = _ms(alert.changed_at) or sent_ms
            key = alert.name[:_LONGEST_KEY]
            return Change(key, alert.state, at_ms, alert.old_state, pages=alert.described.pages)
        case Health():
            failed = ",".join(sorted(finding.check for finding in alert.findings if finding.failed))
            at_ms = _ms(time_in(alert.checked_at)) or sent_ms
            return Change(_HEALTH, "FAILING", at_ms, details=failed[:_LONGEST_DETAILS])
    return Change(f"{_OTHER} {message_id}"[:_LONGEST_KEY], "MESSAGE", sent_ms)


class Told(Struct, frozen=True):
    """The last change of an alarm that was told, and who has been told of it.

    `since_ms` is when it began, `told_ms` when somebody last heard that it is on, for the `times`th time in a row that
    began at `first_ms`.
    """

    alarm: str
    state: str
    at_ms: int
    details: str = ""
    channels: frozenset[str] = frozenset()
    told_ms: int = 0
    since_ms: int = 0
    first_ms: int = 0
    times: int = 0


def _ms(when: datetime | None) -> int:
    return round(when.timestamp() * 1000) if when else 0
