"""Programs that pin other versions than the platform does live in virtual environments of their own."""

import fcntl
import hashlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.paths import LOCAL, ROOT


class InstallFailed(Exception):
    """A program could not be installed."""


def prepare(name: str) -> Path:
    """The virtual environment of `requirements/<name>.txt`, made once for each version of that file."""
    lock_file = ROOT / "requirements" / f"{name}.txt"
    digest = hashlib.sha256(lock_file.read_bytes() + sys.version.encode()).hexdigest()[:12]
    home = LOCAL / f"{name}-{digest}"
    ready = home / ".ready"
    with alone(name):
        if not ready.exists():
            _quietly([sys.executable, "-m", "venv", "--clear", home])
            _quietly([home / "bin" / "python", "-m", "pip", "install", "--require-hashes", "-r", lock_file])
            ready.touch()
    return home


@contextmanager
def alone(name: str) -> Iterator[None]:
    """One process at a time; the others wait."""
    LOCAL.mkdir(exist_ok=True)
    with (LOCAL / f"{name}.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _quietly(command: list[str | Path]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise InstallFailed(f"{Path(command[0]).name} failed: {done.stderr.strip()[-2000:]}")
