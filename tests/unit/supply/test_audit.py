"""An audit without an answer is never a good one."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tools.supply import audit
from tools.supply.__main__ import main

FLAW = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["1.1"]}
CLEAN = {"name": "good", "version": "1.0", "vulns": []}
FLAWED = {"name": "bad", "version": "1.0", "vulns": [FLAW]}
SKIPPED = {"name": "lost", "skip_reason": "Dependency not found and could not be audited: lost (1.0)"}

Said = pytest.CaptureFixture[str]


def _audit(folder: Path, *dependencies: dict[str, Any], ci: bool = False, status: int = 0) -> int:
    (folder / "dev.txt").touch()
    said = json.dumps({"dependencies": dependencies})
    command = [sys.executable, "-c", f"import sys; print({said!r}); sys.exit({status})"]
    return audit.audit({"CI": "true"} if ci else {}, command, folder)


def test_no_vulnerability_is_good(tmp_path: Path, capsys: Said) -> None:
    assert _audit(tmp_path, CLEAN, ci=True) == 0
    assert capsys.readouterr().out == "no known vulnerability in dev.txt\n"


@pytest.mark.parametrize("ci", [False, True])
def test_a_vulnerability_fails_everywhere(tmp_path: Path, capsys: Said, ci: bool) -> None:
    assert _audit(tmp_path, CLEAN, FLAWED, SKIPPED, ci=ci, status=1) == 1
    assert capsys.readouterr().out == "dev.txt: bad 1.0 has PYSEC-1, mended in 1.1\n"


@pytest.mark.parametrize("accepted", ["PYSEC-1", "CVE-1"])
def test_what_was_read_and_does_not_apply_is_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, accepted: str
) -> None:
    monkeypatch.setattr(audit, "ACCEPTED", {accepted: "the function that has it is never called"})
    assert _audit(tmp_path, FLAWED, ci=True) == 0


def test_what_was_skipped_is_told_and_fails_in_ci(tmp_path: Path, capsys: Said) -> None:
    assert _audit(tmp_path, CLEAN, SKIPPED) == 0
    told = capsys.readouterr()
    assert told.err.startswith("NOT AUDITED: no answer for 1 of what was asked; the first: Dependency not found")
    assert "no known vulnerability" not in told.out
    assert _audit(tmp_path, CLEAN, SKIPPED, ci=True) == 1


def test_no_answer_at_all_is_told_and_fails_in_ci(tmp_path: Path, capsys: Said) -> None:
    (tmp_path / "dev.txt").touch()
    mute = [sys.executable, "-c", "import sys; sys.exit('no route to host')"]
    assert audit.audit({}, mute, tmp_path) == 0
    assert "dev.txt: no route to host" in capsys.readouterr().err
    assert audit.audit({"CI": "true"}, mute, tmp_path) == 1


def test_every_accepted_advisory_has_a_reason() -> None:
    assert all(len(reason) > 20 for reason in audit.ACCEPTED.values())


@pytest.mark.parametrize("arguments", [[], ["sbom"], ["sbom", "moon"], ["audit", "lambda"]])
def test_unknown_commands_show_the_usage(arguments: list[str], capsys: Said) -> None:
    assert main(arguments) == 2
    assert "python -m tools.supply sbom TARGET" in capsys.readouterr().err
