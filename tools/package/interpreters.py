"""Finds a Python of a given version on this machine, for its bytecode compiler alone."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_TELL_VERSION = "import sys; print(sys.implementation.cache_tag)"


@cache
def find_interpreter(version: tuple[int, int]) -> str | None:
    """The first one that really runs: what a PATH holds may be a shim of a version that is not switched on."""
    name = f"{version[0]}.{version[1]}"
    tag = f"cpython-{version[0]}{version[1]}"
    candidates = (candidate for source in (_running, _on_path, _of_pyenv, _of_uv) for candidate in source(name))
    return next((candidate for candidate in candidates if _answer(candidate, "-I", "-c", _TELL_VERSION) == tag), None)


def _running(name: str) -> Iterator[str]:
    if name == f"{sys.version_info[0]}.{sys.version_info[1]}":
        yield sys.executable


def _on_path(name: str) -> Iterator[str]:
    for folder in os.get_exec_path():
        if found := shutil.which(f"python{name}", path=folder):
            yield found


def _of_pyenv(name: str) -> Iterator[str]:
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    # Always the same one of several, so that two builds on one machine agree.
    yield from sorted((str(found) for found in root.glob(f"versions/{name}*/bin/python{name}")), reverse=True)


def _of_uv(name: str) -> Iterator[str]:
    beside = Path(sys.executable).with_name("uv")
    uv = str(beside) if beside.is_file() else shutil.which("uv")
    # Only uv's own interpreters: on a PATH it stops at the first shim that fails, and PATH was searched above.
    options = ("--managed-python", "--no-python-downloads", "--offline")
    if uv and (found := _answer(uv, "python", "find", *options, name)):
        yield found


def _answer(*command: str) -> str | None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
