"""What a function has printed, line by line."""

import json
import logging
import sys
from typing import Any

import pytest

from adapters.observability import logger


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """Log lines and metrics as they were written since the last look."""
    written = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    # A logger that was made while a test was set up writes to where nobody looks.
    for handler in logger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.stream = sys.stdout
    return written


def metrics_of(written: list[dict[str, Any]]) -> dict[str, Any]:
    """All metrics of the lines, later ones over earlier ones."""
    return {name: value for line in written if "_aws" in line for name, value in line.items()}


def said(written: list[dict[str, Any]], message: str) -> dict[str, Any]:
    """The one line that says it."""
    [line] = [line for line in written if line.get("message") == message]
    return line


def ids(written: list[dict[str, Any]], name: str = "correlation_id") -> set[Any]:
    """Every value of a field; None for a line without it."""
    return {line.get(name) for line in written}
