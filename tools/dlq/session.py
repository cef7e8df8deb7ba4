"""Somebody at work on one box of an environment."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from msgspec import Struct
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tools.deployed import FAILURES, Deployed
from tools.dlq.audit import Audit
from tools.dlq.boxes import Box, count, reading
from tools.dlq.sweeping import Choice, Settling, Stop, Tally, sweep

# New letters may come while a run goes on, but hardly as many again.
_MOST_NEW = 100


class Usage(Exception):
    """What was asked for makes no sense; the message says why."""


class Session(Struct, frozen=True):
    """What every command needs."""

    deployed: Deployed
    box: Box
    sqs: Any
    screen: Console
    stop: Stop

    def sweep(self, choice: Choice, settling: Settling, at_once: int) -> Tally:
        """Go through the box, showing how far it is."""
        total = count(self.sqs, self.box.url).all
        seen = 0

        def stop() -> bool:
            # The second, should it ever not show that a letter is an old one again.
            return self.stop() or seen > _MOST_NEW + 2 * total

        with self.progress(total) as tell, reading(self.sqs, self.box, at_once) as bundles:

            def follow(tally: Tally) -> None:
                nonlocal seen
                seen = tally.seen
                tell(seen)

            tally = sweep(bundles, choice, settling, stop, follow)
        ended_early = tally.stopped or choice.most is not None
        tally.unseen = 0 if ended_early else max(0, total - tally.seen)
        return tally

    @contextmanager
    def progress(self, total: int) -> Iterator[Callable[[int], None]]:
        """A bar on a terminal, nothing elsewhere."""
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
        with Progress(*columns, console=self.screen, transient=True, disable=not self.screen.is_terminal) as bar:
            task = bar.add_task(self.box.name, total=total)
            yield lambda done: bar.update(task, completed=done, total=max(total, done))

    @contextmanager
    def audited(self, command: str, options: Namespace) -> Iterator[dict[str, Any]]:
        """Write down that something begins, and how it ended: what the block notes, and what went wrong."""
        asked = {name: value for name, value in vars(options).items() if name in _ASKED and value}
        audit = Audit(self.deployed, self.box.name, command, asked)
        audit.write("began")
        notes: dict[str, Any] = {}
        try:
            yield notes
        except (*FAILURES, KeyboardInterrupt) as error:
            notes["failed"] = f"{type(error).__name__}: {error}"
            raise
        finally:
            line = audit.write("ended", **notes)
            self.screen.print(line, style="dim", markup=False)


_ASKED = frozenset({"all", "code", "edit", "edit_file", "most", "one_by_one", "student"})
