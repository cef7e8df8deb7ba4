"""Counts what is sent to Redis: each command by its name, those that a new connection begins with included."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from redis.connection import AbstractConnection

# An array begins each command, and its first text is the name.
_NAME = re.compile(rb"\*\d+\r\n\$\d+\r\n([A-Za-z]+)\r\n")


def names(packed: Any) -> list[str]:
    """The commands in what redis-py is about to send."""
    parts = [packed] if isinstance(packed, bytes | str) else packed
    whole = b"".join(part.encode() if isinstance(part, str) else bytes(part) for part in parts)
    return [found.decode().upper() for found in _NAME.findall(whole)]


@contextmanager
def counted(calls: Counter[str]) -> Iterator[None]:
    """Count all that is sent inside the block."""
    send: Any = AbstractConnection.send_packed_command

    def count(connection: Any, command: Any, *rest: Any, **options: Any) -> Any:
        command = [command] if isinstance(command, bytes | str) else list(command)
        calls.update(names(command))
        return send(connection, command, *rest, **options)

    with patch.object(AbstractConnection, "send_packed_command", count):
        yield
