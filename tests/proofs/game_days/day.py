"""One game day: a fault is injected, alarms go off and people are told; it is repaired, and all of it is over again."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from tests.proofs.game_days import wording
from tests.proofs.game_days.definitions import PREFIX, Alarms
from tests.proofs.game_days.page import NO_ALARM, SAME_PAGE, Measured, Row, first_line
from tests.proofs.game_days.people import HEALTH, WEBHOOK, People
from tests.proofs.game_days.sources import Source
from tests.proofs.game_days.timeline import Timeline
from tests.stack.support import Stack


class Platform(NamedTuple):
    """What all days have in common."""

    stack: Stack
    alarms: Alarms
    people: People


class Day(Timeline):
    """Begins when it is made; what has to be seen stands in its rows."""

    def __init__(self, platform: Platform, rows: Sequence[Row], sources: Sequence[Source]) -> None:
        self.people = platform.people
        self.measured: list[Measured] = []
        self._alarms = platform.alarms
        self._cloudwatch = platform.stack.client("cloudwatch")
        self._rows = {row.alarm: row for row in rows}
        self._on: list[str] = []
        self._told: Counter[str] = Counter()
        self._begin_anew()
        super().__init__(sources)

    def shows(self, alarm: str, least: float = 1) -> None:
        """Wait, really, until the metric of the alarm shows so much."""
        self.sees(self._alarms.metric[alarm], self._rows[alarm].metric, least)

    def goes_off(self, alarm: str) -> None:
        """Let minutes pass until it does; people are told what the row says, in time."""
        row, definition = self._rows[alarm], self._alarms.metric[alarm]
        at = self.until(definition, on=True)
        begun = time.monotonic()
        self._set(alarm, "ALARM", wording.gone_off(definition, self.points(definition, at), self.clock))
        message = self._hear(row)
        self._on.append(alarm)
        self._keep(row, f"{self.so_far(definition, row.metric):g}", at + time.monotonic() - begun, message)

    def is_told_once(self, _run: object) -> None:
        """After a run of the health check, which tells people itself, and the same no second time."""
        row, at = self._rows[NO_ALARM], self.clock.now
        if any(one.alarm == NO_ALARM for one in self.measured):
            return
        message = self._hear_in_chat(row.message, HEALTH, "FAILING")
        self._keep(row, "", at, message.partition("\n")[0])

    def is_over(self) -> None:
        """After the repair every alarm ends; of the end of a page people are told in a line, of others nothing."""
        repaired = self.clock.now
        for alarm in self._on:
            definition = self._alarms.metric[alarm]
            at = self.until(definition, on=False, since=repaired)
            self._set(alarm, "OK", wording.over(definition, self.points(definition, at)))
            lasted = f"{at - repaired:.0f}"
            self.measured = [replace(one, over=lasted) if one.alarm == alarm else one for one in self.measured]
        for page in self._pages():
            self._hear_in_chat(f"OVER in {PREFIX}: {page}, after …", f"{PREFIX}-{page}", "OK")
        self._on.clear()
        assert {one.alarm for one in self.measured} == self._rows.keys(), "rows of the page that no day shows"
        assert Counter(self.people.chat()) == self._told, "people were told something else, too"
        assert not self._other_pages(), "one fault, two pages"

    def end(self) -> None:
        """Leave no alarm on, whatever has happened, and nothing of it in the notify function's memory."""
        for alarm in self._rows.keys() - {NO_ALARM}:
            if alarm in self._ringing:
                self._set(alarm, "OK", "The game day has ended.")
            self.people.forget(f"{PREFIX}-{self._alarms.page_of.get(alarm, alarm)}")
        for key in (HEALTH, WEBHOOK):
            self.people.forget(key)

    def _begin_anew(self) -> None:
        self._ringing = self._rows.keys() - {NO_ALARM}
        self.end()
        self.people.begin()

    def _pages(self) -> list[str]:
        """The pages that are on."""
        return sorted({self._alarms.page_of[alarm] for alarm in self._on if alarm in self._alarms.page_of})

    def _other_pages(self) -> set[str]:
        """Alarms that would ring another page by what was measured."""
        known = {self._alarms.page_of.get(alarm) for alarm in self._rows}
        return {
            alarm
            for alarm, page in self._alarms.page_of.items()
            if page not in known and self.was_ever_on(self._alarms.metric[alarm])
        }

    def _hear(self, row: Row) -> str:
        """The first line of what people are told of the alarm."""
        if row.alarm in self._alarms.direct:
            return self.people.hear(self.people.mails, first_line(row.message))
        page = self._alarms.page_of.get(row.alarm)
        if page in self._pages():
            assert row.message == SAME_PAGE
            return SAME_PAGE
        text = self._hear_in_chat(row.message, f"{PREFIX}-{page or row.alarm}", "ALARM")
        assert not page or f"\n- {row.alarm}: " in text, f"{page} does not name its cause"
        return text.partition("\n")[0]

    def _hear_in_chat(self, message: str, key: str, state: str) -> str:
        text = self.people.hear(self.people.chat, first_line(message))
        self.people.settle(key, state)
        self._told[text] += 1
        return text

    def _set(self, alarm: str, state: str, reason: str) -> None:
        self._cloudwatch.set_alarm_state(AlarmName=f"{PREFIX}-{alarm}", StateValue=state, StateReason=reason)
        (self._ringing.add if state == "ALARM" else self._ringing.discard)(alarm)

    def _keep(self, row: Row, seen: str, seconds: float, message: str) -> None:
        assert seconds <= row.within, f"{row.fault}: {row.alarm} took {seconds:.0f} s"
        self.measured.append(Measured(row.fault, row.metric, seen, row.alarm, message, f"{seconds:.0f}", ""))
