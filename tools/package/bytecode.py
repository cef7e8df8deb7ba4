"""Compiles modules to .pyc files, so that a cold start reads code instead of parsing it."""

import json
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from tools.package.errors import PackageError

_WORKER = Path(__file__).with_name("bytecode_worker.py")


def compile_all(interpreter: str, base: Path, names: Iterable[str], compiled: Mapping[str, str], out: Path) -> set[str]:
    """Compile the named files of `base` in one process; `compiled` says what to call each. Returns what failed."""
    # Sorted, so that the process does the same work in the same order wherever it runs.
    jobs = [[str(base / name), name, str(out / compiled[name])] for name in sorted(names)]
    # Isolated: no site-packages and no variable of this environment may change what is compiled.
    command = [interpreter, "-I", "-S", "-W", "ignore", str(_WORKER)]
    done = subprocess.run(command, input=json.dumps(jobs), capture_output=True, text=True, check=False)
    if done.returncode:
        raise PackageError(f"{interpreter} could not compile: {done.stderr.strip()[-500:]}")
    failed: list[str] = json.loads(done.stdout)
    return set(failed)
