"""The measurements, in the order of the page."""

from collections.abc import Callable
from pathlib import Path

from tools.bench import calls, cold_start, cpu, drain, latency, packages, times
from tools.bench.curves import bank_import, broadcast, leaderboard, projection, selection
from tools.report import Section

# Each takes the folder of other implementations to compare with, if there is one.
Measurement = Callable[[Path | None], list[Section]]
MEASUREMENTS: dict[str, Measurement] = {
    "calls": calls.sections,
    "cpu": cpu.sections,
    "cold-start": cold_start.sections,
    "latency": latency.sections,
    "drain": drain.sections,
    "selection": selection.sections,
    "leaderboard": leaderboard.sections,
    "changes": projection.sections,
    "broadcast": broadcast.sections,
    "bank-import": bank_import.sections,
    "packages": packages.sections,
    "times": times.sections,
}
