"""A copy of the checkout, in which a mistake may be made and its tests run while the checkout stays as it is."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from tools import homes
from tools.paths import ROOT

# The compiled modules come along: they are looked at by the time of their source, which is copied too.
_LEFT_OUT = shutil.ignore_patterns(".*", "build")
_LONGEST_SECONDS = 600
_ENOUGH_FAILURES = 3
_PACKAGES = ("quiz", "adapters", "handlers", "tests", "tools")
_SOME_FAILED = 1


class Verdict(NamedTuple):
    """What pytest said of some files: its exit code, how many tests ran, and which of them failed."""

    code: int
    tests: int
    failed: tuple[str, ...]
    seconds: float
    said: str

    @property
    def passed(self) -> bool:
        """Whether there were tests, and all went well."""
        return self.code == 0 and self.tests > 0

    @property
    def caught(self) -> bool:
        """Whether a test failed by itself: one that could not even be collected tells nothing."""
        return self.code == _SOME_FAILED and bool(self.failed)


class Copy:
    """A folder with everything that the tests read."""

    def __init__(self, home: Path) -> None:
        self._home = home
        shutil.copytree(ROOT, home, ignore=_LEFT_OUT)
        # The Redis of some tests comes from the emulator's environment, which takes long to make.
        emulator = homes.prepare("emulator")
        (home / emulator.relative_to(ROOT)).parent.mkdir()
        (home / emulator.relative_to(ROOT)).symlink_to(emulator)
        # The checkout's own sources are on the path of its virtual environment; these come before them.
        paths = {"PYTHONPATH": os.pathsep.join([str(home / "src"), str(home)])}
        # Git takes no patch for a file that a repository around the copy leaves out.
        self._environment = {**os.environ, **paths, "PROOF_SCALE": "1", "GIT_CEILING_DIRECTORIES": str(home.parent)}
        self._require_own_sources()

    @contextmanager
    def patched(self, patch: Path) -> Iterator[None]:
        """Make the mistake, and undo it."""
        self._run(["git", "apply", patch], check=True)
        try:
            yield
        finally:
            self._run(["git", "apply", "--reverse", patch], check=True)

    def test(self, files: Sequence[str]) -> Verdict:
        """Run these tests, until enough of them have failed."""
        begun, report = time.monotonic(), self._home / "report.xml"
        report.unlink(missing_ok=True)
        options = ["-q", "-p", "no:cacheprovider", f"--maxfail={_ENOUGH_FAILURES}", f"--junitxml={report}"]
        try:
            done = self._run([sys.executable, "-m", "pytest", *options, *files], timeout=_LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            return Verdict(-1, 0, (), time.monotonic() - begun, f"took longer than {_LONGEST_SECONDS} s")
        # Written by pytest a moment ago.
        cases = list(ElementTree.parse(report).iter("testcase")) if report.exists() else []
        failed = tuple(_name(case) for case in cases if case.find("failure") is not None)
        last = (done.stdout.strip().splitlines() or [""])[-1]
        return Verdict(done.returncode, len(cases), failed, time.monotonic() - begun, last)

    def _require_own_sources(self) -> None:
        code = f"import {', '.join(_PACKAGES)}; print(*(m.__path__[0] for m in ({', '.join(_PACKAGES)})), sep='\\n')"
        found = self._run([sys.executable, "-c", code], check=True).stdout.splitlines()
        strangers = [path for path in found if not Path(path).resolve().is_relative_to(self._home.resolve())]
        if strangers:
            raise RuntimeError(f"not of the copy: {strangers}")

    def _run(self, command: Sequence[str | Path], *, check: bool = False, timeout: float | None = None) -> "_Done":
        return subprocess.run(
            command,
            cwd=self._home,
            env=self._environment,
            capture_output=True,
            text=True,
            check=check,
            timeout=timeout,
        )


_Done = subprocess.CompletedProcess[str]


def _name(case: ElementTree.Element) -> str:
    return f"{case.get('classname', '').rpartition('.')[2]}::{case.get('name')}"
