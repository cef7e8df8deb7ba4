"""Run all measurements and show them."""

import platform
import secrets
import sys
import time

from rich.console import Console
from rich.table import Table

from tools import package
from tools.bench import cold_start, drain, warm

_ENTRIES = {
    "api": "handlers.api.http.handler",
    "queue": "handlers.queue.submissions.handler",
    "tables": "handlers.tables.stream.handler",
}
_console = Console(highlight=False)


def main() -> int:
    """Measure packages, cold starts, a warm batch and the queue of the local stack."""
    _console.print(f"{platform.system()} {platform.machine()}, Python {platform.python_version()}\n")
    begun = time.monotonic()
    built = package.build("local")
    seconds = time.monotonic() - begun
    table = Table("package", "size", "cold start", "least possible", "ratio", title="Packages and cold starts")
    for zipped in built:
        floor, handler = cold_start.measure(zipped.path, _ENTRIES[zipped.name], zipped.services[0])
        size = f"{zipped.size / 1e6:.2f} MB"
        table.add_row(zipped.name, size, f"{handler * 1000:.0f} ms", f"{floor * 1000:.0f} ms", f"{handler / floor:.2f}")
    _console.print(table, f"all packages built in {seconds:.1f} s\n")

    calls, cpu = warm.measure()
    shown = ", ".join(f"{number} {operation}" for operation, number in calls.items())
    _console.print(f"a warm batch of ten students: {shown}; {cpu:.2f} ms of CPU per submission")

    messages, taken = drain.measure(f"bench-{secrets.token_hex(3)}")
    _console.print(
        f"the local stack: {messages} submissions posted, scored and stored in {taken:.1f} s, {messages / taken:.0f}/s"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
