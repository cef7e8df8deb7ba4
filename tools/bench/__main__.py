"""Run all measurements and show them."""

import platform
import secrets
import sys
import time
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from tools import package
from tools.bench import broadcast, cold_start, drain, leaderboard, live_answer, practice, warm

# One function of each package, the one that people wait for.
_ENTRIES = {
    "alarms": "handlers.alarms.notify.handler",
    "api": "handlers.api.http.handler",
    "authorizer": "handlers.authorizer.token.handler",
    "cache": "handlers.cache.leaderboard.handler",
    "intake": "handlers.intake.ledger.handler",
    "queue": "handlers.queue.submissions.handler",
    "scheduler": "handlers.scheduler.clock.handler",
    "tables": "handlers.tables.stream.handler",
}
_console = Console(highlight=False)


def main() -> int:
    """Measure packages, cold starts, warm calls, live quizzes and the queue of the local stack; 1 if a bound breaks."""
    _console.print(f"{platform.system()} {platform.machine()}, Python {platform.python_version()}\n")
    _packages()
    _submissions()
    live, practised = _live(), _practice()
    return 0 if live and practised else 1


def _packages() -> None:
    begun = time.monotonic()
    built = package.build("local")
    seconds = time.monotonic() - begun
    table = Table("package", "size", "cold start", "least possible", "ratio", title="Packages and cold starts")
    for zipped in built:
        size = f"{zipped.size / 1e6:.2f} MB"
        if not zipped.services:
            # It calls no AWS service, so there is no client to compare it with.
            table.add_row(zipped.name, size)
            continue
        floor, handler = cold_start.measure(zipped.path, _ENTRIES[zipped.name], zipped.services[0])
        table.add_row(zipped.name, size, f"{handler * 1000:.0f} ms", f"{floor * 1000:.0f} ms", f"{handler / floor:.2f}")
    _console.print(table, f"all packages built in {seconds:.1f} s\n")


def _submissions() -> None:
    calls, cpu = warm.measure()
    shown = ", ".join(f"{number} {operation}" for operation, number in calls.items())
    _console.print(f"a warm batch of ten students: {shown}; {cpu:.2f} ms of CPU per submission")
    messages, taken = drain.measure(f"bench-{secrets.token_hex(3)}")
    rate = f"{messages / taken:.0f}/s"
    _console.print(f"the local stack: {messages} submissions posted, scored and stored in {taken:.1f} s, {rate}\n")


def _live() -> bool:
    """Whether every bound holds."""
    answers, posts, boards = live_answer.measure(), broadcast.measure(), leaderboard.measure()
    reads = (("top 100", boards.best), ("around me", boards.around), ("both", boards.best_and_around))
    return _bounds(
        "Live quizzes",
        [
            ("AWS calls of a warm answer", answers.calls.total(), "1", answers.calls.total() <= 1),
            ("CPU of a warm answer, ms", round(answers.cpu_ms, 2), "", True),
            ("broadcast, times the speed of a loop", round(posts.speedup, 1), "at least 8", posts.speedup >= 8),
            ("broadcast, part of a loop's CPU", round(posts.cpu_ratio, 2), "at most 0.7", posts.cpu_ratio <= 0.7),
            *(
                (f"leaderboard of a million, {what}, times a bare ZREVRANGE", round(ratio, 2), "at most 2", ratio <= 2)
                for what, ratio in reads
            ),
            ("AWS calls of a warm leaderboard", boards.calls.total(), "0", not boards.calls),
            (
                "changes into Redis per second of CPU",
                round(boards.changes_per_second),
                "at least 20000",
                boards.changes_per_second >= 20_000,
            ),
        ],
    )


def _practice() -> bool:
    """Whether every bound holds."""
    found = practice.measure()
    calls = found.calls.total()
    return _bounds(
        "Adaptive practice",
        [
            ("choosing among 10,000 questions, times among 10", round(found.ratio, 2), "under 1.5", found.ratio < 1.5),
            ("stored session with 500 wrong answers, bytes", found.item_bytes, "under 4096", found.item_bytes < 4096),
            ("AWS calls of a warm answer", calls, "at most 2", calls <= 2),
            ("answers that need no more than these, %", round(100 * found.answers_of_two_calls), "", True),
            ("CPU of a warm answer, ms", round(found.cpu_ms, 2), "", True),
        ],
    )


def _bounds(title: str, bounds: Sequence[tuple[str, float, str, bool]]) -> bool:
    table = Table("", "measured", "bound", "", title=title)
    for what, measured, bound, holds in bounds:
        table.add_row(what, str(measured), bound, "[green]holds[/]" if holds else "[red]broken[/]")
    _console.print(table)
    return all(holds for *_, holds in bounds)


if __name__ == "__main__":
    sys.exit(main())
