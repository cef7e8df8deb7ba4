"""An emulator that a proof has for itself: it neither sees nor disturbs the local stack."""

import os
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from tools.stack import emulator
from tools.stack.processes import free_port

_SECONDS_TO_START = 60
_SECONDS_TO_STOP = 10


@contextmanager
def own_emulator() -> Iterator[str]:
    """Its address; it is gone with the block."""
    port = free_port()
    home = emulator.prepare()
    url = f"http://127.0.0.1:{port}"
    variables = {
        **emulator.without_aws(dict(os.environ)),
        "AUTH": "true",
        "AWS_ACCESS_KEY_ID": emulator.ACCESS_KEY_ID,
        "AWS_SECRET_ACCESS_KEY": emulator.SECRET_ACCESS_KEY,
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "IOT_MTLS_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
        "MINISTACK_HOST": "127.0.0.1",
        "MINISTACK_REGION": emulator.REGION,
        "SFTP_ENABLED": "0",
    }
    process = subprocess.Popen(
        [home / "bin" / "ministack"], env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(url, process)
        yield url
    finally:
        process.terminate()
        try:
            process.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while True:
        try:
            with urllib.request.urlopen(f"{url}/_ministack/health", timeout=5):
                return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
