"""`.local/outputs.json`: every address, name and demo credential that a client of the local stack needs."""

import json
from typing import Any

from tools.paths import LOCAL
from tools.stack import emulator

FILE = LOCAL / "outputs.json"


class StackDown(Exception):
    """There is no local stack to talk to."""


def write(applied: dict[str, Any], url: str, redis_url: str, users: dict[str, Any]) -> None:
    """Write what Terraform put out, and what only the local stack knows."""
    known = {
        "endpoint_url": url,
        "access_key_id": emulator.ACCESS_KEY_ID,
        "secret_access_key": emulator.SECRET_ACCESS_KEY,
        "redis_url": redis_url,
        **applied,
        # AWS gives each API a host name; the emulator gives it a path.
        "http_api_url": f"{url}/_aws/execute-api/{applied['http_api_id']}",
        "websocket_url": f"{url}/_aws/execute-api/{applied['websocket_api_id']}/live".replace("http", "ws", 1),
        "users": users,
    }
    FILE.write_text(json.dumps(known, indent=2) + "\n")


def read() -> dict[str, Any]:
    """What `make up` wrote."""
    if not FILE.exists():
        raise StackDown("the local stack is not up; run: make up")
    known: dict[str, Any] = json.loads(FILE.read_text())
    return known


def client(service: str, known: dict[str, Any] | None = None, **options: Any) -> Any:
    """An AWS client of the local stack, as its administrator."""
    return emulator.client(service, (known or read())["endpoint_url"], **options)
