"""Known vulnerabilities of what is locked, by pip-audit.

Without an answer for everything there is no verdict: pip-audit itself finds «no known vulnerabilities» where it found
nobody to ask. A laptop without a network may go on, told loudly; CI may not.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tools.supply.lock import REQUIREMENTS

# Advisories that somebody read and found not to apply here, each with the reason.
ACCEPTED: Mapping[str, str] = {}

_PIP_AUDIT = [sys.executable, "-m", "pip_audit", "--format=json", "--progress-spinner=off", "--disable-pip"]


def audit(variables: Mapping[str, str], command: Sequence[str] = _PIP_AUDIT, folder: Path = REQUIREMENTS) -> int:
    """Ask about every lock file; returns 1 for vulnerabilities, and in CI also where there was no answer."""
    flaws: set[str] = set()
    unknown: set[str] = set()
    files = sorted(folder.glob("*.txt"))
    for file in files:
        found, unanswered = _ask(file, command)
        flaws |= found
        unknown |= unanswered
    for flaw in sorted(flaws):
        print(flaw)
    if unknown:
        _tell(sorted(unknown))
    elif not flaws:
        print(f"no known vulnerability in {', '.join(file.name for file in files)}")
    return 1 if flaws or (unknown and variables.get("CI")) else 0


def _ask(file: Path, command: Sequence[str]) -> tuple[set[str], set[str]]:
    asked = [*command, "--require-hashes", f"--requirement={file}"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    try:
        dependencies = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return set(), {f"{file.name}: {(done.stderr.strip().splitlines() or ['pip-audit said nothing'])[-1]}"}
    flaws = {flaw for dependency in dependencies for flaw in _flaws(file.name, dependency)}
    return flaws, {item["skip_reason"] for item in dependencies if "skip_reason" in item}


def _flaws(file: str, dependency: Mapping[str, Any]) -> list[str]:
    what = f"{file}: {dependency['name']} {dependency.get('version', '')}".rstrip()
    return [
        f"{what} has {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'no release yet'}"
        for flaw in dependency.get("vulns", ())
        if not {flaw["id"], *flaw.get("aliases", ())} & set(ACCEPTED)
    ]


def _tell(unknown: Sequence[str]) -> None:
    print(f"NOT AUDITED: no answer for {len(unknown)} of what was asked; the first: {unknown[0]}", file=sys.stderr)
    print("This says nothing about vulnerabilities. CI fails here; try again with a network.", file=sys.stderr)
