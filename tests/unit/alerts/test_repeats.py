"""What is told again, shortly, or not at all."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.alerts.changes import Change, Told, change_of
from quiz.alerts.payloads import Other, read
from quiz.alerts.repeats import Decision, Form, decide
from tests.unit.alerts import support
from tests.unit.alerts.support import CHANNELS, NOW_MS, alarm

_MINUTE = 60_000
_NOTICES, _WEBHOOK = frozenset({"notices"}), frozenset({"webhook"})


def _change(state: str = "ALARM", minutes: float = 0, **fields: Any) -> Change:
    return Change("a", state, NOW_MS + round(minutes * _MINUTE), **fields)


def _tell(
    change: Change, known: Told | None = None, minutes: float = 0, channels: frozenset[str] = CHANNELS
) -> Decision:
    return decide(known, change, channels, NOW_MS + round(minutes * _MINUTE))


def _told(decision: Decision, channels: frozenset[str] = CHANNELS) -> Told:
    """What is remembered once they have heard of it."""
    assert decision.told
    return msgspec.structs.replace(decision.told, channels=channels)


_FIRST = _told(_tell(_change()))


def test_the_first_alarm_is_told_in_full() -> None:
    decision = _tell(_change())
    assert (decision.form, decision.channels) == (Form.ALL, CHANNELS)
    assert decision.told == Told("a", "ALARM", NOW_MS, told_ms=NOW_MS, since_ms=NOW_MS, first_ms=NOW_MS, times=1)


def test_the_same_change_is_told_once() -> None:
    assert _tell(_change(), _FIRST, 1).form is Form.NOTHING


def test_the_same_change_is_told_to_those_who_have_not_heard_of_it() -> None:
    half = _told(_tell(_change()), _NOTICES)
    decision = _tell(_change(), half, 1)
    assert (decision.form, decision.channels, decision.told) == (Form.ALL, _WEBHOOK, half)


class TestAgain:
    def test_within_a_quarter_of_an_hour_it_is_a_line_that_counts(self) -> None:
        second = _tell(_change(minutes=15), _FIRST, 15)
        assert second.form is Form.AGAIN
        third = _tell(_change(minutes=29), _told(second), 29)
        assert third.form is Form.AGAIN
        assert third.told
        assert (third.told.times, third.told.first_ms) == (3, NOW_MS)

    def test_later_it_is_news(self) -> None:
        decision = _tell(_change(minutes=15.1), _FIRST, 15.1)
        assert decision.form is Form.ALL
        assert decision.told
        assert decision.told.times == 1

    def test_also_when_it_was_over_in_between(self) -> None:
        over = _tell(_change("OK", 5, old_state="ALARM"), _FIRST, 5)
        assert over.form is Form.OVER
        assert _tell(_change(minutes=10), _told(over), 10).form is Form.AGAIN

    def test_not_for_those_who_have_not_heard_the_first_time(self) -> None:
        half = msgspec.structs.replace(_FIRST, channels=_NOTICES)
        decision = _tell(_change(minutes=10), half, 10)
        assert (decision.form, decision.channels) == (Form.ALL, CHANNELS)

    def test_a_second_try_of_the_line_is_the_line(self) -> None:
        half = _told(_tell(_change(minutes=5), _FIRST, 5), _NOTICES)
        decision = _tell(_change(minutes=5), half, 6)
        assert (decision.form, decision.channels) == (Form.AGAIN, _WEBHOOK)


class TestOver:
    def test_it_says_since_when_it_was_on(self) -> None:
        decision = _tell(_change("OK", 12, old_state="ALARM"), _FIRST, 12)
        assert decision.form is Form.OVER
        assert decision.told
        assert (decision.told.since_ms, decision.told.at_ms) == (NOW_MS, NOW_MS + 12 * _MINUTE)

    def test_it_is_told_although_nothing_is_remembered(self) -> None:
        assert _tell(_change("OK", old_state="ALARM")).form is Form.OVER
        assert _tell(_change("OK")).form is Form.OVER

    def test_a_new_alarm_that_is_well_is_no_news(self) -> None:
        assert _tell(_change("OK", old_state="INSUFFICIENT_DATA")).form is Form.NOTHING

    def test_it_is_told_after_a_gap(self) -> None:
        gap = _tell(_change("INSUFFICIENT_DATA", 5, pages=True), _FIRST, 5)
        assert gap.told
        assert gap.told.since_ms == NOW_MS
        assert _tell(_change("OK", 6, old_state="INSUFFICIENT_DATA"), _told(gap), 6).form is Form.OVER

    def test_a_second_try_of_it(self) -> None:
        over = _change("OK", 12, old_state="ALARM")
        half = _told(_tell(over, _FIRST, 12), _NOTICES)
        assert _tell(over, half, 13).form is Form.OVER


class TestNoData:
    def test_it_is_told_of_pages_alone(self) -> None:
        assert _tell(_change("INSUFFICIENT_DATA", pages=True)).form is Form.NO_DATA
        assert _tell(_change("INSUFFICIENT_DATA")).form is Form.NOTHING

    def test_a_second_try_of_it(self) -> None:
        gap = _change("INSUFFICIENT_DATA", pages=True)
        assert _tell(gap, _told(_tell(gap), _NOTICES), 1).form is Form.NO_DATA

    def test_it_lasts_from_its_own_beginning_where_all_was_well(self) -> None:
        well = msgspec.structs.replace(_FIRST, state="OK")
        told = _tell(_change("INSUFFICIENT_DATA", 9, pages=True), well, 9).told
        assert told
        assert told.since_ms == NOW_MS + 9 * _MINUTE


class TestOrder:
    def test_what_is_older_than_what_was_told_is_dropped(self) -> None:
        assert _tell(_change("OK", -1, old_state="ALARM"), _FIRST, 1).form is Form.NOTHING

    def test_a_time_that_has_not_come_yet_silences_nothing(self) -> None:
        wrong = msgspec.structs.replace(_FIRST, at_ms=NOW_MS + 3_600_000)
        assert _tell(_change("OK", 1, old_state="ALARM"), wrong, 1).form is Form.OVER


class TestHealth:
    def _failing(self, *checks: str, minutes: float = 0) -> Change:
        return _change("FAILING", minutes, details=",".join(checks))

    def test_the_same_failures_are_told_once_an_hour(self) -> None:
        first = _told(_tell(self._failing("a")))
        assert _tell(self._failing("a", minutes=59), first, 59).form is Form.NOTHING
        assert _tell(self._failing("a", minutes=60), first, 60).form is Form.ALL

    def test_others_are_told_at_once(self) -> None:
        first = _told(_tell(self._failing("a")))
        decision = _tell(self._failing("a", "b", minutes=5), first, 5)
        assert (decision.form, decision.channels) == (Form.ALL, CHANNELS)

    def test_whoever_has_not_heard_of_them_does_so_with_the_next_run(self) -> None:
        half = _told(_tell(self._failing("a")), _NOTICES)
        decision = _tell(self._failing("a", minutes=5), half, 5)
        assert decision.channels == _WEBHOOK
        assert decision.told
        assert (decision.told.channels, decision.told.told_ms) == (_NOTICES, NOW_MS)


class TestChanges:
    def test_an_alarm_is_known_by_its_name_and_its_own_time(self) -> None:
        change = change_of(alarm(support.composite()), "m1", 7)
        assert change == Change("quiz-production-live-down", "ALARM", NOW_MS - 2 * _MINUTE, "OK", pages=True)

    def test_without_a_time_it_happened_when_it_was_sent(self) -> None:
        assert change_of(alarm(support.single(StateChangeTime=...)), "m1", 7).at_ms == 7

    def test_failures_are_known_by_their_names_in_any_order(self) -> None:
        first, second = (change_of(read(support.health(*names)), "m", 7) for names in (("a", "b"), ("b", "a")))
        assert first == second
        assert (first.key, first.details) == ("#health", "a,b")

    def test_whatever_else_by_its_message(self) -> None:
        assert change_of(Other("x"), "m1", 7) == Change("#message m1", "MESSAGE", 7)
        told = _told(_tell(change_of(Other("x"), "m1", 7)))
        assert _tell(change_of(Other("x"), "m1", 7), told, 1).form is Form.NOTHING


_STATES = st.sampled_from(["ALARM", "OK", "INSUFFICIENT_DATA"])


@given(st.lists(st.tuples(_STATES, st.integers(0, 40)), max_size=12), st.data())
def test_whatever_happens_no_change_is_told_twice_and_no_alarm_that_is_new_is_kept_back(
    history: list[tuple[str, int]], data: st.DataObject
) -> None:
    known: Told | None = None
    heard: set[tuple[str, int]] = set()
    now = 0
    for state, minute in history:
        now = max(now, minute)
        change = _change(state, minute, old_state=data.draw(_STATES), pages=True)
        decision = _tell(change, known, now)
        if decision.form is Form.NOTHING:
            newest = known.at_ms if known else 0
            assert state == "OK" or change.at_ms < newest or (state, minute) in heard
            continue
        # Told twice is only what was forgotten because something newer came in between.
        assert (state, minute) not in heard or (known and known.at_ms <= change.at_ms)
        heard.add((state, minute))
        known = _told(decision)


@pytest.mark.parametrize("channels", [_NOTICES, CHANNELS])
def test_one_channel_is_enough(channels: frozenset[str]) -> None:
    assert _tell(_change(), None, channels=channels).channels == channels
