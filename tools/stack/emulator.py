"""MiniStack, the AWS emulator, in an environment of its own: it pins an older botocore than the platform does."""

import os
import urllib.request
from pathlib import Path
from typing import Any

import boto3

from tools import homes
from tools.stack.processes import Server, free_port, launch, running, stop

NAME = "emulator"
REGION = "us-east-1"
ACCESS_KEY_ID = "local-administrator"
SECRET_ACCESS_KEY = "local-administrator-secret"  # noqa: S105  # of an emulator on the loopback interface


def prepare() -> Path:
    """The emulator's own virtual environment."""
    return homes.prepare(NAME)


def start(home: Path, redis_port: int) -> Server:
    """The running emulator, if it is of this version and answers; else a new one, which is empty."""
    if (server := running(NAME)) and server.runs(home) and _answers(server.port):
        return server
    stop(NAME)
    port = free_port()
    return launch(NAME, [home / "bin" / "ministack"], _environment(port, redis_port), port, _answers)


def endpoint(server: Server) -> str:
    """The address that all AWS calls go to."""
    return f"http://127.0.0.1:{server.port}"


def client(service: str, url: str, **options: Any) -> Any:
    """An AWS client of the emulator, as its administrator."""
    # The name is not known to the type checker here, so neither is the client's type.
    make: Any = boto3.client
    return make(
        service,
        endpoint_url=url,
        region_name=REGION,
        aws_access_key_id=ACCESS_KEY_ID,
        aws_secret_access_key=SECRET_ACCESS_KEY,
        **options,
    )


def credentials(url: str) -> dict[str, str]:
    """Environment variables that send any AWS client to the emulator as its administrator."""
    return {
        "AWS_ACCESS_KEY_ID": ACCESS_KEY_ID,
        "AWS_SECRET_ACCESS_KEY": SECRET_ACCESS_KEY,
        "AWS_REGION": REGION,
        "AWS_ENDPOINT_URL": url,
    }


def without_aws(variables: dict[str, str]) -> dict[str, str]:
    """Without anything that would send an AWS client to the person's real account."""
    return {name: value for name, value in variables.items() if not name.startswith("AWS_")}


def _environment(port: int, redis_port: int) -> dict[str, str]:
    return {
        **without_aws(dict(os.environ)),
        "AUTH": "true",
        "AWS_ACCESS_KEY_ID": ACCESS_KEY_ID,
        "AWS_SECRET_ACCESS_KEY": SECRET_ACCESS_KEY,
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "IOT_MTLS_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
        "MINISTACK_HOST": "127.0.0.1",
        "MINISTACK_REGION": REGION,
        "REDIS_HOST": "127.0.0.1",
        "REDIS_PORT": str(redis_port),
        "SFTP_ENABLED": "0",
    }


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_ministack/health", timeout=5):
            return True
    except OSError:
        return False
