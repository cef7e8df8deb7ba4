"""What a measurement was made on, without which its figures say little."""

import os
import platform
from datetime import UTC, datetime
from importlib import metadata

_PACKAGES = ("botocore", "redis", "msgspec", "aws-lambda-powertools")


def described() -> str:
    """Day, machine and versions in one line."""
    packages = ", ".join(f"{name} {metadata.version(name)}" for name in _PACKAGES)
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return f"{datetime.now(UTC):%Y-%m-%d}, {machine}, Python {platform.python_version()}, {packages}"


def hold_to_one_core() -> None:
    """Hold this process to one core, as Lambda does with functions of up to 1.8 GB."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
