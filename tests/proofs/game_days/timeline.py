"""How a day goes by: minute after minute, each with what goes on all the time, a look at the sources and a decision."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tests.proofs.game_days.clock import Clock
from tests.proofs.game_days.readings import Reading
from tests.proofs.game_days.sources import Source
from tests.proofs.game_days.standin import Point, StandIn
from tests.stack.support import eventually
from tests.terraform.plans import Raw

_MINUTE = 60
# No alarm needs more of a fault, nor of its end.
_MOST_MINUTES = 90
# More than any alarm looks back to.
_RUNS_BEFORE = 5
_JUST = 0.001


@dataclass
class _Job:
    """What goes on all the time."""

    seconds: float
    run: Callable[[], object]
    due: float


class Timeline:
    """Begins when it is made. The minutes begin with the first datum, which so waits longest to be judged."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self.clock = Clock()
        self._sources = sources
        self._standin = StandIn()
        self._jobs: list[_Job] = []
        self._ends: list[float] = []

    def every(self, seconds: float, run: Callable[[], object], *, after: float = 0) -> None:
        """Do this from now on, or from later on."""
        self._jobs.append(_Job(seconds, run, self.clock.now + after))

    def ran_until_now(self, seconds: float, run: Reading) -> None:
        """What was measured of every run before the fault, the last of which was just over."""
        for before in range(_RUNS_BEFORE):
            self._standin.take([run], -before * seconds - _JUST)

    def passes(self, seconds: float) -> None:
        """Leave out time in which nothing happens."""
        self.clock.advance_to(self.clock.now + seconds)

    def sees(self, alarm: Raw, metric: str, least: float) -> None:
        """Wait, really, until a metric of the alarm shows so much."""

        def seen() -> float:
            self._look()
            return self.so_far(alarm, metric)

        eventually(seen, lambda value: value >= least)

    def so_far(self, alarm: Raw, metric: str) -> float:
        """What the metric came to since the fault."""
        return self._standin.so_far(alarm, metric)

    def until(self, alarm: Raw, *, on: bool, since: float = 0) -> float:
        """The first time from then on at which the alarm is on, or off."""
        end = since
        for end in self._evaluations(since):
            if self._standin.goes_off(alarm, end) is on:
                return end
        raise AssertionError(f"{alarm['alarm_name']} does not go {'on' if on else 'off'}: {self.points(alarm, end)}")

    def was_ever_on(self, alarm: Raw) -> bool:
        """Whether it was, at the end of any minute; silence is no reason, for a day does not look at all."""
        listens = alarm["treat_missing_data"] != "breaching"
        return listens and any(self._standin.goes_off(alarm, end) for end in self._ends)

    def points(self, alarm: Raw, at: float) -> list[Point]:
        """What the alarm compares then."""
        return self._standin.points(alarm, at)

    def _evaluations(self, since: float) -> Iterator[float]:
        yield from [end for end in self._ends if end > since]
        for _ in range(_MOST_MINUTES):
            yield self._minute()

    def _minute(self) -> float:
        """Let a minute pass, and give its end."""
        for job in self._jobs:
            if self.clock.now >= job.due:
                job.run()
                job.due += job.seconds
        self._look()
        begun_at = self._standin.begun_at(self.clock.now)
        end = begun_at + _MINUTE * ((self.clock.now - begun_at) // _MINUTE + 1)
        self.clock.advance_to(end)
        self._ends.append(end)
        return end

    def _look(self) -> None:
        for source in self._sources:
            self._standin.take(source(), self.clock.now)
