"""The message for each alert, in the form that was decided on. It never fails: what cannot be read is quoted."""

from datetime import UTC, datetime

from quiz.alerts.changes import Told
from quiz.alerts.composing import Known, Place, alarm_message, link, short_name, title
from quiz.alerts.messages import Message
from quiz.alerts.payloads import Alarm, Alert
from quiz.alerts.repeats import Form
from quiz.alerts.wording import cut, duration, moment, number, ordinal, time_of_day
from quiz.operations.findings import Finding, Health

_MOST_QUOTED = 1_500
_MOST_FINDINGS = 20
_MOST_TEXT = 300
# The page of the alarm that stays while the check finds something.
_HEALTH_RUNBOOK = "checks-failing.md"


def message(alert: Alert, form: Form, told: Told, place: Place, known: Known, subject: str = "") -> Message:
    """What to tell of an alert; `told` is what will be remembered of it, `subject` what its sender called it."""
    match alert:
        case Alarm() if form is Form.AGAIN:
            return _again(alert, told, place, known.now)
        case Alarm() if form is Form.OVER:
            return _over(alert, told, place)
        case Alarm() if form is Form.NO_DATA:
            return Message(
                f"NO DATA in {_of(alert, place)}: whether it is well cannot be told {_since(alert)}".rstrip()
            )
        case Alarm():
            return alarm_message(alert, place, known)
        case Health():
            return _health(alert, place, known.now)
    return other(alert.text, place, subject)


def other(text: str, place: Place, subject: str) -> Message:
    """What nobody here understands is for people to read as it is."""
    return Message(
        title=f"MESSAGE in {place.name_prefix}: {cut(subject, 100) or 'of an unknown form'}",
        summary=cut(text, _MOST_QUOTED),
        links=link("Dashboard", place.dashboard_url),
    )


def webhook_trouble(reason: str, place: Place, now: datetime) -> Message:
    """For those who would otherwise wait for the chat."""
    return Message(
        title=f"WEBHOOK in {place.name_prefix}: the chat takes no alerts ({cut(reason, 80)})",
        summary=f"Seen at {moment(now)}. Alerts still come here; those that the chat never takes are set aside.",
    )


def _again(alarm: Alarm, told: Told, place: Place, now: datetime) -> Message:
    row = duration(max(0.0, now.timestamp() - told.first_ms / 1000))
    value = f": {cut(alarm.value, 200)}" if alarm.value else ""
    return Message(f"{title(alarm, place, again=' again')}, the {ordinal(told.times)} time in {row}{value}")


def _over(alarm: Alarm, told: Told, place: Place) -> Message:
    ended_at = alarm.changed_at or datetime.fromtimestamp(told.at_ms / 1000, UTC)
    if not 0 < told.since_ms <= told.at_ms:
        return Message(f"OVER in {_of(alarm, place)}, at {time_of_day(ended_at)} UTC")
    began_at = datetime.fromtimestamp(told.since_ms / 1000, UTC)
    lasted = duration((told.at_ms - told.since_ms) / 1000)
    return Message(
        f"OVER in {_of(alarm, place)}, after {lasted} ({time_of_day(began_at)} to {time_of_day(ended_at)} UTC)"
    )


def _health(health: Health, place: Place, now: datetime) -> Message:
    failed = [finding for finding in health.findings if finding.failed]
    runbook = f"{place.runbook_url.rstrip('/')}/{_HEALTH_RUNBOOK}" if place.runbook_url else ""
    return Message(
        title=f"HEALTH in {place.name_prefix}: {len(failed)} of {health.checks} checks failed",
        summary=cut(", ".join(finding.check for finding in failed), _MOST_TEXT),
        facts=(("Seen at", cut(health.checked_at, 40)), ("Where", place.region)),
        heading="Failed:",
        items=tuple(_finding(finding) for finding in failed[:_MOST_FINDINGS]),
        links=link("Runbook", runbook) + link("Dashboard", place.dashboard_url),
    )


def _finding(finding: Finding) -> str:
    unit = "" if finding.unit == "Count" else f" {cut(finding.unit, 20)}"
    value = "no answer" if finding.value is None else f"{number(finding.value)} > {number(finding.threshold)}{unit}"
    return f"{cut(finding.check, 60)}: {value}. {cut(finding.problem, 200)}"


def _of(alarm: Alarm, place: Place) -> str:
    return f"{place.name_prefix}: {short_name(alarm.name, place)}"


def _since(alarm: Alarm) -> str:
    return f"since {moment(alarm.changed_at)}" if alarm.changed_at else ""
