"""Bring the local stack up: what is there already is kept, what changed is applied."""

from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from tools.package import build as build_packages
from tools.stack import apply, bank, chat, emulator, fit, outputs, phases, processes, redis
from tools.stack.phases import Phases
from tools.stack.users import USERS
from tools.stack.users import ensure as ensure_users

_MOST_EMULATORS = 3
_console = Console(highlight=False, soft_wrap=True)


def up() -> None:
    """Run every phase, each on one line with the time it took."""
    kind = phases.AGAIN if processes.running(emulator.NAME) else phases.FROM_NOTHING
    done = Phases(_console)
    with done.phase("emulator environment"):
        home = emulator.prepare()
    with done.phase("redis"):
        cache = redis.start(home)
    with done.phase("packages"):
        build_packages("local")
    url, changes = _applied_at_last(done, home, cache.port)
    with done.phase("sample bank"):
        applied = apply.outputs(url)
        outputs.write(applied, url, redis.url(cache), USERS)
        bank.store(bank.read(), outputs.client("dynamodb"), applied["tables"])
    with done.phase("demo users"):
        ensure_users(outputs.read())
    with done.phase("chat"):
        chat.introduce(outputs.client("ssm"), chat.start())
    phases.keep(kind, done.seconds)
    if changes.of_code:
        _console.print(
            "\n[yellow]The emulator's WebSocket routes keep running the code they had; make down up changes it.[/]"
        )
    _console.print(f"\nThe local stack is up ({sum(done.seconds.values()):.0f} s). What to call: {outputs.FILE}")


def _applied_at_last(done: Phases, home: Path, redis_port: int) -> tuple[str, apply.Changes]:
    """The platform on an emulator that answered each request once."""
    for _ in range(_MOST_EMULATORS - 1):
        try:
            return _applied(done, home, redis_port)
        except fit.Unusable as reason:
            # The state lies in the emulator, so both begin anew.
            _console.print(f"  [yellow]{reason}; once more with a new emulator[/]")
            processes.stop(emulator.NAME)
    return _applied(done, home, redis_port)


def _applied(done: Phases, home: Path, redis_port: int) -> tuple[str, apply.Changes]:
    """The platform on an emulator, which is started if none runs; returns its address."""
    with done.phase("emulator"):
        url = emulator.endpoint(emulator.start(home, redis_port))
    with done.phase("terraform init") as note:
        note.append(f"provider from {apply.initialise(url)}")
    with done.phase("terraform apply", spinner=False) as note:
        changes = _apply(url)
        note.append(f"{changes.number} changes")
        fit.check_mappings(emulator.client("lambda", url))
    return url, changes


def _apply(url: str) -> apply.Changes:
    columns = SpinnerColumn(), TextColumn("terraform apply"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=_console, transient=True) as bar:
        task = bar.add_task("apply", total=None)
        return apply.apply(url, lambda done, planned: bar.update(task, completed=done, total=planned or None))
