"""The phases of `make up`: each on one line with the time it took, all of it kept for those who measure."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext

import msgspec
from rich.console import Console

from tools.paths import LOCAL

FILE = LOCAL / "up.json"
# Whether an emulator was there before.
FROM_NOTHING, AGAIN = "from nothing", "again"


class Phases:
    """What has been done so far, and the seconds that it took; a phase that is done twice counts twice."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self.seconds: dict[str, float] = {}

    @contextmanager
    def phase(self, name: str, spinner: bool = True) -> Iterator[list[str]]:
        """One line for one phase; what the phase notes stands behind its time."""
        begun = time.monotonic()
        note: list[str] = []
        with self._console.status(f"{name} …") if spinner else nullcontext():
            yield note
        taken = time.monotonic() - begun
        self.seconds[name] = self.seconds.get(name, 0.0) + taken
        self._console.print(f"  [green]✓[/] {name:<22}{taken:6.1f} s  [dim]{'; '.join(note)}[/]")


def keep(kind: str, seconds: Mapping[str, float]) -> None:
    """Remember the newest of its kind."""
    FILE.write_bytes(msgspec.json.encode({**kept(), kind: seconds}))


def kept() -> dict[str, dict[str, float]]:
    """Seconds by phase, of the newest of each kind."""
    try:
        return msgspec.json.decode(FILE.read_bytes(), type=dict[str, dict[str, float]])
    except (FileNotFoundError, msgspec.MsgspecError):
        return {}
