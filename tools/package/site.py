"""The locked distributions as installed for one target: made once per lock file, then read from the cache."""

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.package.bytecode import compile_all
from tools.package.distributions import Distribution, installed
from tools.package.errors import PackageError
from tools.package.pruning import is_needed
from tools.package.targets import Target
from tools.paths import LOCAL, ROOT

LOCK = ROOT / "requirements" / "lambda.txt"
CACHE = LOCAL / "packages"

_TAIL_LINES = 6


@dataclass(frozen=True)
class Site:
    """Where the distributions lie; `bytecode` holds their .pyc files under the same names, if they could be made."""

    directory: Path
    bytecode: Path | None
    distributions: dict[str, Distribution]


def prepare(target: Target, interpreter: str | None, lock: Path = LOCK, cache: Path = CACHE) -> Site:
    """Install and compile whatever is not in the cache yet."""
    digest = hashlib.sha256(lock.read_bytes() + target.key.encode()).hexdigest()[:16]
    folder = cache / f"{target.name}-{digest}"
    folder.mkdir(parents=True, exist_ok=True)
    directory, bytecode = folder / "site", folder / "bytecode"
    if not directory.is_dir():
        with _all_or_nothing(directory) as made:
            _install(target, lock, made)
    distributions = installed(directory, target.markers)
    if interpreter and not bytecode.is_dir():
        with _all_or_nothing(bytecode) as made:
            _compile(interpreter, directory, distributions, made)
    # Never somebody else's bytecode beside sources of ours that could not be compiled: all of a zip or nothing.
    return Site(directory, bytecode if interpreter else None, distributions)


@contextmanager
def _all_or_nothing(final: Path) -> Iterator[Path]:
    """A directory that gets its name once it is complete. Of two builds at once, the first to finish wins."""
    with tempfile.TemporaryDirectory(dir=final.parent, prefix=f".{final.name}-") as scratch:
        made = Path(scratch) / final.name
        made.mkdir()
        yield made
        try:
            made.rename(final)
        except OSError:
            if not final.is_dir():
                raise


def _install(target: Target, lock: Path, directory: Path) -> None:
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    command += ["--no-compile", "--no-deps", "--require-hashes", *target.pip_options]
    command += ["--target", str(directory), "-r", str(lock)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line and not line.startswith("WARNING")]
        tail = "\n".join(f"  {line}" for line in lines[-_TAIL_LINES:])
        raise PackageError(f"pip could not install {lock.name} for {target.name}; it says:\n{tail}")


def _compile(interpreter: str, directory: Path, distributions: dict[str, Distribution], out: Path) -> None:
    files = [name for distribution in distributions.values() for name in distribution.files if is_needed(name)]
    modules = [name for name in files if name.endswith(".py")]
    # A file that does not compile (code for another version, kept apart by its package) is shipped as source.
    compile_all(interpreter, directory, modules, {name: f"{name}c" for name in modules}, out)
