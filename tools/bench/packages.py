"""The functions' packages: how large, and how long they take to build."""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tools import package
from tools.package import archive
from tools.package.targets import TARGETS
from tools.paths import ROOT
from tools.report import Row, Section

_ROUNDS = 5

# In a process of its own, with a cache of its own: what is kept in memory or on disk is nobody's here.
_BUILD = """
import functools, pathlib, sys
from tools.package import assemble
target, folder = sys.argv[1], pathlib.Path(sys.argv[2])
assemble.prepare = functools.partial(assemble.prepare, cache=folder / "cache")
assemble.build(target, out=folder / "out")
"""

_ABOUT_SIZES = """\
The zips that are deployed, for Lambda on Graviton, stored without compression: each package's own handlers, the domain,
the adapters, and what they reach of the locked distributions, as bytecode. The build refuses what is larger than its
limit."""

_ABOUT_TIMES = f"""\
All packages: from nothing, with every distribution installed by pip (its cache of downloads stays) and compiled; and
once more, with nothing changed. A process each; medians of {_ROUNDS}."""


class Build(NamedTuple):
    """Seconds that it took."""

    from_nothing: float
    again: float


def sections(_: Path | None) -> list[Section]:
    """Sizes and times."""
    return [_sizes(), _times()]


def _sizes() -> Section:
    with TemporaryDirectory() as folder:
        rows = [_size(built) for built in package.build("lambda", out=Path(folder))]
    return Section("Package sizes", _ABOUT_SIZES, ("package", "files", "MB", "limit, MB"), tuple(rows))


def _size(built: package.Built) -> Row:
    limit = archive.limit_of(built.name)
    shown = (built.name, f"{built.files:,}", f"{built.size / 1e6:.2f}", f"{limit / 1e6:.0f}")
    return Row(shown, built.size <= limit)


def _times() -> Section:
    builds = {target: [_build(target) for _ in range(_ROUNDS)] for target in TARGETS}
    rows = tuple(
        Row((target, *(f"{median(one[index] for one in built):.1f}" for index in range(2))))
        for target, built in builds.items()
    )
    return Section("Build time", _ABOUT_TIMES, ("target", "from nothing, s", "again, s"), rows)


def _build(target: str) -> Build:
    with TemporaryDirectory() as folder:
        return Build(_run(target, folder), _run(target, folder))


def _run(target: str, folder: str) -> float:
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", _BUILD, target, folder], cwd=ROOT, check=True)
    return time.monotonic() - begun
