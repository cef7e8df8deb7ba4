"""Every configuration is validated, and every module through one of them."""

from pathlib import Path

import pytest

from tools.paths import ROOT
from tools.terraform import TerraformFailed, validate

_MODULES = [folder for folder in (ROOT / "modules").iterdir() if list(folder.glob("*.tf"))]


def test_all_modules_have_a_caller() -> None:
    validate.require_callers(_MODULES)


def test_a_module_that_nobody_calls_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    forgotten = _MODULES[0]
    monkeypatch.setattr(validate, "validate", lambda directory: _MODULES[1:])
    assert validate.main() == 1
    assert capsys.readouterr().err == f"nobody calls {forgotten.name}\n"


def test_what_terraform_says_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(directory: Path) -> list[Path]:
        raise TerraformFailed(f"Unsupported argument in {directory.name}")

    monkeypatch.setattr(validate, "validate", fail)
    assert validate.main() == 1
    assert "Unsupported argument in" in capsys.readouterr().err


def test_the_bootstrap_is_one_of_them() -> None:
    assert set(validate.CONFIGURATIONS) == {ROOT, ROOT / "bootstrap"}
