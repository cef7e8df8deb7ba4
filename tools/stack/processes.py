"""Servers that outlive the command that started them: started detached, found again and stopped by process id."""

import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

import msgspec
import psutil

from tools.paths import LOCAL

_SECONDS_TO_START = 60
_SECONDS_TO_STOP = 10


class Server(msgspec.Struct, frozen=True):
    """A server of ours: its start time tells it from a stranger that got the same process id later."""

    pid: int
    started: float
    port: int

    def runs(self, home: Path) -> bool:
        """Whether its program is the one installed there."""
        return any(part.startswith(f"{home}/") for part in psutil.Process(self.pid).cmdline())

    @classmethod
    def launch(cls, name: str, command: Sequence[str | Path], environment: Mapping[str, str], port: int) -> Self:
        """Start it in a session of its own, logging to .local/<name>.log."""
        with log_file(name).open("wb") as log:
            process = subprocess.Popen(
                command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        # Python warns of a process that is still running when it is forgotten; this one is meant to outlive us.
        process.returncode = 0
        server = cls(process.pid, psutil.Process(process.pid).create_time(), port)
        _record(name).write_bytes(msgspec.json.encode(server))
        return server


class ServerFailed(Exception):
    """A server did not come up."""


def launch(
    name: str, command: Sequence[str | Path], environment: Mapping[str, str], port: int, answers: Callable[[int], bool]
) -> Server:
    """Start a server and wait until it answers on its port."""
    server = Server.launch(name, command, environment, port)
    deadline = time.monotonic() + _SECONDS_TO_START
    while not answers(port):
        if running(name) is None or time.monotonic() > deadline:
            raise ServerFailed(f"{name} did not come up; see {log_file(name)}")
        time.sleep(0.05)
    return server


def log_file(name: str) -> Path:
    """Where the server of this name logs."""
    LOCAL.mkdir(exist_ok=True)
    return LOCAL / f"{name}.log"


def running(name: str) -> Server | None:
    """The server of this name, if it was started here and still runs."""
    try:
        server = msgspec.json.decode(_record(name).read_bytes(), type=Server)
        process = psutil.Process(server.pid)
        alive = process.create_time() == server.started and process.status() != psutil.STATUS_ZOMBIE
    except (FileNotFoundError, msgspec.MsgspecError, psutil.NoSuchProcess):
        return None
    return server if alive else None


def stop(name: str) -> bool:
    """Stop it and its children; False if it was not running."""
    server = running(name)
    _record(name).unlink(missing_ok=True)
    if server is None:
        return False
    process = psutil.Process(server.pid)
    family = [process, *process.children(recursive=True)]
    for member in family:
        _signal(member.terminate)
    _, stubborn = psutil.wait_procs(family, timeout=_SECONDS_TO_STOP)
    for member in stubborn:
        _signal(member.kill)
    return True


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _record(name: str) -> Path:
    return LOCAL / f"{name}.json"


def _signal(send: Callable[[], None]) -> None:
    try:
        send()
    except psutil.NoSuchProcess:
        return
