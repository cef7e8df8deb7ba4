"""Run checkov: quietly, without a network, and whatever the person's own settings are."""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools import homes
from tools.policy.errors import PolicyError
from tools.policy.skips import Block

_OPTIONS = ("--skip-download", "--quiet", "--compact", "--soft-fail", "--output", "json")
_OFFLINE = {"BC_SKIP_MAPPING": "TRUE", "CKV_SKIP_PACKAGE_UPDATE_CHECK": "TRUE"}


@dataclass(frozen=True, order=True)
class Finding:
    """A check that a block does not pass."""

    block: Block
    check: str
    name: str


def code(copied: Path) -> set[Finding]:
    """What is wrong with the configuration as it is written."""
    return {
        Finding(_block(Path(found["file_path"]).parent.as_posix().strip("/") or ".", found["resource"]), *_told(found))
        for found in _failed(["--directory", str(copied), "--framework", "terraform"], copied)
    }


def plan(planned: Mapping[str, Any]) -> set[Finding]:
    """What is wrong with the values of a plan."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plan.json"
        file.write_text(json.dumps(planned))
        failed = list(_failed(["--file", str(file), "--framework", "terraform_plan"], Path(folder)))
    root = planned["configuration"]["root_module"]
    return {Finding(_block(_directory(found["resource"], root), found["resource"]), *_told(found)) for found in failed}


def _failed(scanned: list[str], directory: Path) -> Iterator[Mapping[str, Any]]:
    checkov = homes.prepare("policy") / "bin" / "checkov"
    with tempfile.TemporaryDirectory() as nobodys_home:
        done = subprocess.run(
            [checkov, *scanned, *_OPTIONS],
            cwd=directory,
            env={**_OFFLINE, "HOME": nobodys_home, "PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
        )
    report = json.loads(done.stdout) if done.returncode == 0 else {}
    summary = report.get("summary", {})
    # A scan that saw nothing, or could not read everything, must not look like one that found nothing.
    if not summary.get("passed") or summary["parsing_errors"]:
        raise PolicyError(f"checkov did not scan {scanned[1]}: {summary or done.stderr.strip()[-2000:]}")
    yield from report["results"]["failed_checks"]


def _told(found: Mapping[str, Any]) -> tuple[str, str]:
    return found["check_id"], found["check_name"]


def _block(directory: str, address: str) -> Block:
    kind, name = _parts(address)[-2:]
    return Block(directory, kind, name)


def _directory(address: str, module: Mapping[str, Any]) -> str:
    """Where the module lies that an address begins with, by the calls that lead there."""
    directory = Path()
    parts = _parts(address)
    while parts[0] == "module":
        call = module["module_calls"][parts[1]]
        directory, module, parts = directory / call["source"], call["module"], parts[2:]
    return os.path.normpath(directory)


def _parts(address: str) -> list[str]:
    """The names in an address, without what stands in brackets: a key may hold dots of its own."""
    names, depth = "", 0
    for character in address:
        depth += {"[": 1, "]": -1}.get(character, 0)
        names += character if depth == 0 and character != "]" else ""
    return names.split(".")
