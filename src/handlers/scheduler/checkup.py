"""Everything that the health check looks at."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial

from msgspec import Struct

from adapters.operations.ages import Ages
from adapters.operations.inspection import Inspector
from adapters.operations.probes import Tables
from adapters.operations.queues import Queues
from handlers.scheduler.canary import CanaryCheck
from handlers.scheduler.checking import Check, Readings
from quiz.operations import checks
from quiz.operations.checks import Thresholds
from quiz.operations.inspection import Inspection

# Longer than any client tries, so that it says itself what went wrong.
_SECONDS = 12


class Checkup(Struct, frozen=True):
    """What there is, by short name, and what it is looked at with."""

    healthy: Thresholds
    queue_urls: Mapping[str, str]
    dead_letters_urls: Mapping[str, str]
    table_names: Mapping[str, str]
    queues: Queues
    ages: Ages
    tables: Tables
    inspector: Inspector
    canary: CanaryCheck

    def checks(self) -> Iterator[Check]:
        """One for each thing, so that the others are looked at where it does not answer."""
        for name, url in self.queue_urls.items():
            yield Check(f"queue {name}", _SECONDS, partial(self._queue, name, url))
        for name, url in self.dead_letters_urls.items():
            yield Check(f"dead letters {name}", _SECONDS, partial(self._dead_letters, name, url))
        for name, table in self.table_names.items():
            yield Check(f"table {name}", _SECONDS, partial(self._table, name, table))
        yield Check("message ages", _SECONDS, self._ages)
        yield Check("cache", _SECONDS, self._cache)
        yield Check("canary", self.healthy.canary_seconds + _SECONDS, self.canary.run)

    def _queue(self, name: str, url: str) -> Readings:
        load = self.queues.load(url)
        return checks.queue(name, load.waiting, load.in_flight, self.healthy)

    def _dead_letters(self, name: str, url: str) -> Readings:
        load = self.queues.load(url)
        # What somebody is looking at is still there.
        return (checks.dead_letters(name, load.waiting + load.in_flight, self.healthy),)

    def _table(self, name: str, table: str) -> Readings:
        return (checks.table(name, self.tables.milliseconds(name, table), self.healthy),)

    def _ages(self) -> Readings:
        oldest = self.ages.oldest(self.queue_urls, datetime.now(UTC))
        return tuple(checks.age(name, seconds, self.healthy) for name, seconds in oldest.items())

    def _cache(self) -> Readings:
        found = self.inspector.inspect(Inspection())
        return (checks.cache(found.milliseconds, reachable=found.reachable, healthy=self.healthy),)
