"""What holds for any notification: it is told, in a form that topics and chats take, and its links work."""

import json
import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from quiz.alerts import telling
from quiz.alerts.changes import change_of
from quiz.alerts.composing import Known, Place
from quiz.alerts.logged import LoggedError, read
from quiz.alerts.messages import Message
from quiz.alerts.payloads import Alarm, read_described
from quiz.alerts.payloads import read as read_payload
from quiz.alerts.rendering import chat, plain, subject
from quiz.alerts.repeats import decide
from tests.unit.alerts import support
from tests.unit.alerts.support import CHANNELS, NOW, NOW_MS, PLACE
from tests.unit.strategies import json_values

_texts = st.text() | st.sampled_from(["`<!channel>`", "a|b>c&d", "\ud800", "x" * 5_000, "\n\n*_~"])
_values = json_values | _texts
# An alarm with some of its parts replaced by anything.
_fields = st.sampled_from(sorted(support.composite() | support.single()))
_parts = st.sampled_from(sorted(support.single()["Trigger"] | support.math()["Trigger"]))
_alarms = st.builds(
    lambda payload, fields, parts: {**payload, "Trigger": {**payload.get("Trigger", {}), **parts}, **fields},
    st.sampled_from([support.single(), support.math(), support.composite()]),
    st.dictionaries(_fields, _values, max_size=3),
    st.dictionaries(_parts, _values, max_size=3),
)


def _json(value: Any) -> str:
    return json.dumps(value, default=str)


_notifications = st.builds(_json, _alarms) | st.builds(_json, json_values) | _texts


def _told(text: str, known: Known) -> Message:
    alert = read_payload(text)
    decision = decide(None, change_of(alert, "m1", NOW_MS), CHANNELS, NOW_MS)
    told = decision.told
    if told is None:
        # Such as that a new alarm is well.
        return Message("nothing")
    return telling.message(alert, decision.form, told, PLACE, known, text)


def _check(message: Message) -> None:
    line = subject(message)
    assert re.fullmatch(r"[\x21-\x7e][\x20-\x7e]{0,98}", line)
    for text in (plain(message), chat(message)):
        assert text.isprintable() or set(filter(lambda character: not character.isprintable(), text)) == {"\n"}
        text.encode()
        assert 0 < len(text) < 40_000
    lines = plain(message).splitlines()
    for link in message.links:
        assert f"{link.label}: {link.url}" in lines
    shown = re.findall(r"<([^<>|]+)\|([^<>|]+)>", chat(message))
    assert [(unescape(url), label) for url, label in shown] == [(link.url, link.label) for link in message.links]
    # Nothing but our own links has a chat's brackets.
    assert chat(message).count("<") == chat(message).count(">") == len(message.links)


@given(_notifications)
def test_any_notification_can_be_told(text: str) -> None:
    _check(_told(text, Known(NOW)))


@given(st.lists(st.dictionaries(st.sampled_from(sorted(support.child())), _values), max_size=3), _texts)
def test_whatever_is_found_out_can_be_told(children: list[dict[str, Any]], logged: str) -> None:
    errors = [LoggedError(NOW, "f", logged, logged), read("f", NOW_MS, _json({"level": "ERROR", "message": logged}))]
    found = tuple(read_described({**support.child(), **changes}) for changes in children)
    known = Known(NOW, found, tuple(error for error in errors if error))
    _check(_told(_json(support.composite()), known))


@given(st.integers(), _texts)
def test_any_line_of_a_log_can_be_read(timestamp: int, line: str) -> None:
    read("f", timestamp, line)


@given(st.datetimes(timezones=st.just(UTC)))
def test_any_time_can_be_told(changed_at: datetime) -> None:
    payload = support.math(StateChangeTime=f"{changed_at:%Y-%m-%dT%H:%M:%S}.000+0000")
    alert = read_payload(_json(payload))
    assert isinstance(alert, Alarm)
    _check(_told(_json(payload), Known(NOW)))


def test_links_that_are_none_are_left_out() -> None:
    text = support.description(runbook="x").replace("https://example.com", "javascript:alert(1)//")
    place = Place("quiz-production", "eu-central-1", dashboard_url="see the wiki")
    alert = read_payload(_json(support.single(AlarmDescription=text, Trigger={})))
    told = decide(None, change_of(alert, "m1", NOW_MS), CHANNELS, NOW_MS)
    assert told.told
    assert telling.message(alert, told.form, told.told, place, Known(NOW)).links == ()
