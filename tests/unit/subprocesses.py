"""Runs a piece of Python in a process of its own, to see what importing and starting really do."""

import subprocess
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path

from tests.unit.builders import SRC

ROOT = Path(__file__).parents[2]

FAKE_AWS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}


def run_python(code: str, environment: Mapping[str, str] | None = None) -> list[str]:
    """The lines printed by the code, which sees our sources and no variables but these."""
    preamble = f"import sys; sys.path[:0] = {[str(SRC), str(ROOT)]!r}\n"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", preamble + textwrap.dedent(code)],
        env=dict(environment or {}),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
