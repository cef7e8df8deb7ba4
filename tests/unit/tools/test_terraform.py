"""Terraform is found or fetched and verified; its provider comes from the registry or from a mirror."""

import hashlib
import io
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tools import terraform
from tools.terraform import TerraformFailed, TerraformMissing, binary, command, mirror


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A machine without Terraform, of a platform that has a pinned release."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(binary, "LOCAL", tmp_path / "local")
    monkeypatch.setattr(binary, "_platform", lambda: "linux_amd64")
    binary.terraform.cache_clear()
    yield tmp_path
    binary.terraform.cache_clear()


def _answer(content: bytes, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []

    def urlopen(url: str, timeout: float) -> Any:
        asked.append(url)
        return io.BytesIO(content)

    monkeypatch.setattr(urllib.request, "urlopen", urlopen)
    return asked


def _release() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("terraform", "#!/bin/sh\n")
    return packed.getvalue()


def test_a_missing_terraform_is_fetched_once(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = _release()
    monkeypatch.setattr(binary, "_CHECKSUMS", {"linux_amd64": hashlib.sha256(content).hexdigest()})
    asked = _answer(content, monkeypatch)
    found = binary.terraform()
    assert found.read_text() == "#!/bin/sh\n"
    assert found.stat().st_mode & 0o111
    binary.terraform.cache_clear()
    assert binary.terraform() == found
    assert len(asked) == 1
    assert f"terraform_{binary.RELEASE}_linux_amd64.zip" in asked[0]


@pytest.mark.usefixtures("bare_machine")
def test_a_release_with_another_checksum_is_thrown_away(monkeypatch: pytest.MonkeyPatch, bare_machine: Path) -> None:
    _answer(_release(), monkeypatch)
    with pytest.raises(TerraformMissing, match="does not match its checksum"):
        binary.terraform()
    assert not list((bare_machine / "local").rglob("terraform*"))


@pytest.mark.usefixtures("bare_machine")
def test_without_a_network_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError("no route to host")

    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    with pytest.raises(TerraformMissing, match=r"^install Terraform 1\.11\.4 or newer and put it on PATH: .*no route"):
        binary.terraform()


def test_an_old_terraform_on_the_path_is_passed_over(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = bare_machine / "bin" / "terraform"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho Terraform v1.5.7\n")
    old.chmod(0o755)
    content = _release()
    monkeypatch.setattr(binary, "_CHECKSUMS", {"linux_amd64": hashlib.sha256(content).hexdigest()})
    _answer(content, monkeypatch)
    assert binary.terraform() != old


def test_a_configuration_file_that_does_not_exist_is_not_passed_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", str(tmp_path / "absent.tfrc"))
    assert "TF_CLI_CONFIG_FILE" not in terraform.environment()
    (tmp_path / "absent.tfrc").touch()
    assert terraform.environment()["TF_CLI_CONFIG_FILE"] == str(tmp_path / "absent.tfrc")


def _registry_is_down(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[dict[str, str]]:
    configurations: list[dict[str, str]] = []

    def run(arguments: Any, directory: Any = None, extra: Any = None) -> str:
        configurations.append(extra or {})
        if "TF_CLI_CONFIG_FILE" not in (extra or {}):
            raise TerraformFailed("Could not retrieve the list: could not connect to the registry")
        return ""

    monkeypatch.setattr(command, "run", run)
    monkeypatch.setattr(mirror, "LOCAL", tmp_path)
    return configurations


def test_without_a_registry_the_mirror_is_used_and_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    configurations = _registry_is_down(monkeypatch, tmp_path)
    monkeypatch.setenv("TF_PLUGIN_MIRROR", str(tmp_path / "mirror"))
    assert terraform.init() == f"the provider mirror {tmp_path / 'mirror'}"
    written = Path(configurations[-1]["TF_CLI_CONFIG_FILE"]).read_text()
    assert f'path = "{tmp_path / "mirror"}"' in written


def test_without_either_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _registry_is_down(monkeypatch, tmp_path)
    monkeypatch.delenv("TF_PLUGIN_MIRROR", raising=False)
    monkeypatch.setattr(mirror, "_USUAL_ROOTS", ())
    with pytest.raises(TerraformFailed, match="no provider registry answers and no mirror was found"):
        terraform.init()


def test_a_mirror_is_found_under_the_usual_roots(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "plugins" / "registry.terraform.io").mkdir(parents=True)
    monkeypatch.delenv("TF_PLUGIN_MIRROR", raising=False)
    monkeypatch.setattr(mirror, "_USUAL_ROOTS", (tmp_path / "absent", tmp_path))
    assert mirror.find() == tmp_path / "plugins"


def test_other_failures_of_terraform_are_told_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*_: Any, **__: Any) -> str:
        raise TerraformFailed("Error: Unsupported argument")

    monkeypatch.setattr(command, "run", run)
    with pytest.raises(TerraformFailed, match="Unsupported argument"):
        terraform.init()
