"""Watch a release that has a share: promote it when its time is over, take it back as soon as an alarm is on.

The functions of a release belong together: one that fails takes all of them back. Whoever watches may die at any
moment. The notify function takes the share of a failing function away by itself, and nothing is promoted by itself.
"""

from collections.abc import Callable, Sequence
from enum import Enum

from msgspec import Struct

from tools.release.alarms import Alarms
from tools.release.aliases import Alias, Aliases, Overtaken


class End(Enum):
    """How a release ended."""

    NOTHING_TRIED = "no function is tried: nothing to watch"
    PROMOTED = "promoted"
    TAKEN_BACK = "taken back"
    LEFT = "left as it is; only the alarms watch it now. It goes on with: watch"


class Watch(Struct, frozen=True):
    """Somebody who watches."""

    aliases: Aliases
    alarms: Alarms
    now: Callable[[], float]
    pause: Callable[[], None]
    stopped: Callable[[], bool]

    def until(self, seconds: float) -> End:
        """Watch for so long."""
        began = self.now()
        tried = [alias for alias in self.aliases.all() if alias.tried]
        if not tried:
            return End.NOTHING_TRIED
        for alias in tried:
            print(f"{alias.short:<12} {alias.serving} serves, {alias.tried} has {alias.share:.0%}")
        while True:
            if reason := self._failing(tried):
                print(reason)
                return self._take_back([alias.short for alias in tried])
            if self.now() - began >= seconds:
                return self._promote(tried)
            if self.stopped():
                return End.LEFT
            self.pause()

    def _failing(self, tried: Sequence[Alias]) -> str:
        now = self.aliases.of([alias.short for alias in tried])
        if changed := [alias.short for alias, before in zip(now, tried, strict=True) if alias != before]:
            return f"somebody else changed {', '.join(changed)}"
        if ringing := self.alarms.ringing(tried):
            return f"{', '.join(alias.alarm for alias in ringing)} is on"
        return ""

    def _promote(self, tried: Sequence[Alias]) -> End:
        for alias in tried:
            try:
                self.aliases.point(alias, str(alias.tried))
            except Overtaken:
                print(f"somebody else changed {alias.short}")
                return self._take_back([alias.short for alias in tried], {alias.short: alias for alias in tried})
            print(f"{alias.short:<12} {alias.tried} serves")
        return End.PROMOTED

    def _take_back(self, shorts: Sequence[str], before: dict[str, Alias] | None = None) -> End:
        """All that is still tried, and what this watch promoted a moment ago."""
        for alias in self.aliases.of(shorts):
            served = before[alias.short].serving if before else alias.serving
            promoted = before is not None and alias.serving == before[alias.short].tried
            if alias.tried or promoted:
                self.aliases.point(alias, served)
            print(f"{alias.short:<12} {served if alias.tried or promoted else alias.serving} serves")
        return End.TAKEN_BACK
