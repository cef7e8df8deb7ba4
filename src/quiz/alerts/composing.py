"""Alerts put into words: what is wrong, since when, by how much, and where to look."""

import re
from datetime import datetime, timedelta

from msgspec import Struct

from quiz.alerts.console import errors_link
from quiz.alerts.logged import LoggedError
from quiz.alerts.messages import Link, Message
from quiz.alerts.payloads import Alarm
from quiz.alerts.wording import cut, duration, moment

_URL = re.compile(r"https?://\S{1,2000}")
_SHORTEST_LOOK = timedelta(minutes=5)
_BEFORE, _AFTER = timedelta(minutes=5), timedelta(minutes=10)
_MEANINGS = {"page": "page (act now)", "ticket": "ticket (can wait until morning)"}
_MOST_CAUSES = 10
_MOST_SUMMARY, _MOST_TEXT = 500, 300


class Place(Struct, frozen=True):
    """Where the alerts come from, and where people look."""

    name_prefix: str
    region: str
    dashboard_url: str = ""
    runbook_url: str = ""


class Known(Struct, frozen=True):
    """What was found out about an alarm: the alarms behind it, and what its functions logged."""

    now: datetime
    children: tuple[Alarm, ...] = ()
    errors: tuple[LoggedError, ...] = ()


def alarm_message(alarm: Alarm, place: Place, known: Known) -> Message:
    """All there is to say of an alarm that went off."""
    parts = alarm.described
    facts = [
        ("Since", _since(alarm, known.now)),
        ("Value", cut(alarm.value, _MOST_TEXT)),
        ("Why", cut(parts.why, _MOST_TEXT)),
        ("Severity", _MEANINGS.get(parts.severity, cut(parts.severity, 40) or "not told")),
        ("Pillar", cut(parts.pillar, 40)),
        ("Behind it", "" if known.children else _named(alarm.children, place)),
        ("Where", where(alarm, place)),
        ("Logs of", ", ".join(functions_of(alarm, known.children))),
    ]
    return Message(
        title=title(alarm, place),
        summary=cut(parts.summary or alarm.reason, _MOST_SUMMARY),
        facts=tuple((label, text) for label, text in facts if text),
        heading="Causes:",
        items=tuple(_cause(child, place) for child in known.children[:_MOST_CAUSES]),
        errors=tuple(error.line for error in known.errors),
        links=_links(alarm, place, known),
    )


def title(alarm: Alarm, place: Place, *, again: str = "") -> str:
    """What is wrong, in a few words: severity, environment, alarm."""
    severity = cut(alarm.described.severity, 20).upper() or alarm.state
    return f"{severity}{again} in {place.name_prefix}: {short_name(alarm.name, place)}"


def short_name(name: str, place: Place) -> str:
    """The name of an alarm without what all of the environment have in common."""
    return cut(name.removeprefix(f"{place.name_prefix}-"), 255)


def where(alarm: Alarm, place: Place) -> str:
    """Account and region; the alarm knows its own better than its display name does."""
    region = alarm.region or place.region
    return f"account {cut(alarm.account, 20)}, {region}" if alarm.account else region


def functions_of(alarm: Alarm, children: tuple[Alarm, ...]) -> tuple[str, ...]:
    """Whose logs may tell more."""
    return tuple(dict.fromkeys(function for one in (alarm, *children) for function in one.functions))


def window(alarm: Alarm, children: tuple[Alarm, ...], now: datetime) -> tuple[datetime, datetime]:
    """When the errors behind the alarm were logged: while it looked, and a little before and after."""
    changed_at = alarm.changed_at or now
    looks = [timedelta(seconds=one.measure.seconds) for one in (alarm, *children) if one.measure]
    try:
        return changed_at - max([_SHORTEST_LOOK, *looks]) - _BEFORE, changed_at + _AFTER
    except OverflowError:
        return now - _SHORTEST_LOOK - _BEFORE, now + _AFTER


def link(label: str, url: str) -> tuple[Link, ...]:
    """The link, if that is what it is."""
    return (Link(label, url),) if _URL.fullmatch(url) else ()


def _since(alarm: Alarm, now: datetime) -> str:
    if alarm.changed_at is None:
        return ""
    return f"{moment(alarm.changed_at)} ({duration((now - alarm.changed_at).total_seconds())} ago)"


def _named(alarms: tuple[str, ...], place: Place) -> str:
    return cut(", ".join(short_name(name, place) for name in alarms), _MOST_TEXT)


def _cause(child: Alarm, place: Place) -> str:
    value = cut(child.value or child.reason, 200)
    return f"{short_name(child.name, place)}: {value}. {cut(child.described.summary, 200)}".strip()


def _links(alarm: Alarm, place: Place, known: Known) -> tuple[Link, ...]:
    functions = functions_of(alarm, known.children)
    region = alarm.region or place.region
    start, end = window(alarm, known.children, known.now)
    logs = errors_link(alarm.partition, region, functions, start, end) if functions else ""
    runbook = alarm.described.runbook
    return link("Runbook", runbook) + link("Dashboard", place.dashboard_url) + link("Errors in the logs", logs)
