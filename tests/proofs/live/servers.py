"""An emulator and a Redis of the proofs' own: the local stack, if it runs, is never touched."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tools.leaderboard import scratch
from tools.stack import emulator
from tools.stack.processes import Server, free_port

_SECONDS_TO_START = 60


@contextmanager
def running_emulator(home: Path, **settings: str) -> Iterator[str]:
    """The address of a new emulator, which holds nothing and allows everything, unless a setting says otherwise."""
    port = free_port()
    environment = {**emulator._environment(port, 0), "AUTH": "false", "S3_DATA_DIR": str(home / "s3"), **settings}
    with (
        (home / "log").open("wb") as log,
        subprocess.Popen(
            [emulator.prepare() / "bin" / "ministack"],
            env=environment,
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        ) as process,
    ):
        try:
            deadline = time.monotonic() + _SECONDS_TO_START
            while not emulator._answers(port):
                assert process.poll() is None, (home / "log").read_text(errors="replace")[-2000:]
                assert time.monotonic() < deadline, "the emulator did not come up"
                time.sleep(0.05)
            yield emulator.endpoint(Server(0, 0, port))
        finally:
            process.kill()


class Redis:
    """A real redis-server, which may be killed and comes back on the same port with nothing in it."""

    def __init__(self) -> None:
        self.port = free_port()
        self._running = ExitStack()

    def start(self) -> None:
        self._running.enter_context(scratch.running(self.port))

    def kill(self) -> None:
        self._running.close()
