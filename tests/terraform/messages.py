"""What Terraform prints with -json: one message a line."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tools import terraform


def messages(arguments: Sequence[str], directory: Path) -> list[dict[str, Any]]:
    """Run a command that may fail, and read its messages."""
    try:
        printed = terraform.run(arguments, directory)
    except terraform.TerraformFailed as failure:
        printed = str(failure)
    return [json.loads(line) for line in printed.splitlines() if line.startswith("{")]


def errors(found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The diagnostics that are errors."""
    diagnostics: list[dict[str, Any]] = [message["diagnostic"] for message in found if message["type"] == "diagnostic"]
    return [diagnostic for diagnostic in diagnostics if diagnostic["severity"] == "error"]


def summaries(found: Sequence[dict[str, Any]]) -> str:
    """The errors as text."""
    return "\n".join(sorted({f"{error['summary']} {error['detail']}" for error in errors(found)}))
