"""Packages for Lambda's platform, built on another."""

import struct
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.package.support import contents
from tools.package import interpreters
from tools.package.errors import PackageError
from tools.package.targets import LAMBDA, compiler

MAGIC_OF_3_13 = struct.pack("<H", 3571) + b"\r\n"
AARCH64 = 183


def test_extension_modules_are_for_graviton(lambda_zips: Path) -> None:
    libraries = {name: body for name, body in contents(lambda_zips / "queue.zip").items() if name.endswith(".so")}
    assert libraries
    for name, body in libraries.items():
        assert "cpython-313-aarch64" in name
        assert struct.unpack_from("<H", body, 18) == (AARCH64,)


def test_bytecode_is_of_its_version(lambda_zips: Path) -> None:
    files = contents(lambda_zips / "queue.zip")
    if not LAMBDA.interpreter():
        # Nothing here can compile for Lambda, so the sources are shipped instead.
        assert "botocore/client.py" in files
        assert not [name for name in files if name.endswith(".pyc")]
        return
    compiled = {name: body for name, body in files.items() if name.endswith(".pyc")}
    assert {"botocore/client.pyc", "handlers/queue/__pycache__/submissions.cpython-313.pyc"} <= set(compiled)
    assert "botocore/client.py" not in files
    for body in compiled.values():
        # Flag 1: checked by hash; flag 2 would be "look at the source".
        assert body[:8] == MAGIC_OF_3_13 + struct.pack("<L", 1)


def test_without_an_interpreter_sources_are_shipped_and_the_loss_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    nobody = replace(LAMBDA, interpreter=lambda: None)
    assert compiler(nobody, required=False) is None
    assert "hold no bytecode" in capsys.readouterr().err
    with pytest.raises(PackageError, match=r"uv python install 3\.13"):
        compiler(nobody, required=True)


def test_a_shim_that_does_not_run_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    works = tmp_path / "pyenv" / "versions" / "3.99.1" / "bin" / "python3.99"
    for path, script in ((tmp_path / "bin" / "python3.99", "exit 127"), (works, "echo cpython-399")):
        path.parent.mkdir(parents=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    assert interpreters.find_interpreter((3, 99)) == str(works)
