"""Who did what to which box: a line when a run begins and one when it ends, so that one that was killed shows, too."""

import getpass
import json
import os
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from tools.deployed import Deployed
from tools.paths import LOCAL


class Audit:
    """Lines about one run, each on disk before anything else happens."""

    def __init__(self, deployed: Deployed, box: str, command: str, asked: dict[str, Any]) -> None:
        self.file = LOCAL / "dlq-audit.jsonl"
        self._same = {
            "run": uuid.uuid4().hex[:12],
            "who": _caller(deployed),
            "user": getpass.getuser(),
            "environment": deployed.name,
            "box": box,
            "command": command,
            "asked": asked,
        }

    def write(self, event: str, **facts: Any) -> str:
        """Write one line, and return it."""
        line = json.dumps({"at": _now(), "event": event, **self._same, **facts}, default=str)
        append(self.file, [line])
        return line


def append(file: Path, lines: list[str]) -> None:
    """Add lines to a file that only its owner may read; they are on the disk when this returns."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w", encoding="utf-8") as opened:
        opened.writelines(f"{line}\n" for line in lines)
        opened.flush()
        os.fsync(opened.fileno())


def _caller(deployed: Deployed) -> str:
    try:
        return str(deployed.client("sts").get_caller_identity()["Arn"])
    except (BotoCoreError, ClientError):
        # They may not be allowed to know; the machine's user stands beside it.
        return "unknown"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
