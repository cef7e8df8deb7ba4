"""Bring the local stack up: what is there already is kept, what changed is applied."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from tools.package import build as build_packages
from tools.stack import apply, bank, chat, emulator, outputs, processes, redis
from tools.stack.users import USERS
from tools.stack.users import ensure as ensure_users

_console = Console(highlight=False, soft_wrap=True)


def up() -> None:
    """Run every phase, each on one line with the time it took."""
    begun = time.monotonic()
    with _phase("emulator environment"):
        home = emulator.prepare()
    with _phase("redis"):
        cache = redis.start(home)
    with _phase("packages"):
        build_packages("local")
    try:
        url, changes = _applied(home, cache.port)
    except apply.Unusable as reason:
        # The state lies in the emulator, so both begin anew.
        _console.print(f"  [yellow]{reason}; once more with a new one[/]")
        processes.stop(emulator.NAME)
        url, changes = _applied(home, cache.port)
    with _phase("sample bank"):
        applied = apply.outputs(url)
        outputs.write(applied, url, redis.url(cache), USERS)
        bank.store(bank.read(), outputs.client("dynamodb"), applied["tables"])
    with _phase("demo users"):
        ensure_users(outputs.read())
    with _phase("chat"):
        chat.introduce(outputs.client("ssm"), chat.start())
    if changes.of_code:
        _console.print(
            "\n[yellow]The emulator's WebSocket routes keep running the code they had; make down up changes it.[/]"
        )
    _console.print(f"\nThe local stack is up ({time.monotonic() - begun:.0f} s). What to call: {outputs.FILE}")


def _applied(home: Path, redis_port: int) -> tuple[str, apply.Changes]:
    """The platform on an emulator, which is started if none runs; returns its address."""
    with _phase("emulator"):
        url = emulator.endpoint(emulator.start(home, redis_port))
    with _phase("terraform init") as note:
        note.append(f"provider from {apply.initialise(url)}")
    with _phase("terraform apply", spinner=False) as note:
        changes = _apply(url)
        note.append(f"{changes.number} changes")
    return url, changes


@contextmanager
def _phase(name: str, spinner: bool = True) -> Iterator[list[str]]:
    """One line for one phase; what the phase notes stands behind its time."""
    begun = time.monotonic()
    note: list[str] = []
    with _console.status(f"{name} …") if spinner else nullcontext():
        yield note
    _console.print(f"  [green]✓[/] {name:<22}{time.monotonic() - begun:6.1f} s  [dim]{'; '.join(note)}[/]")


def _apply(url: str) -> apply.Changes:
    columns = SpinnerColumn(), TextColumn("terraform apply"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=_console, transient=True) as bar:
        task = bar.add_task("apply", total=None)
        return apply.apply(url, lambda done, planned: bar.update(task, completed=done, total=planned or None))
