"""Plan and deploy refuse what they cannot do, and a deploy applies nothing but the kept plan."""

from pathlib import Path

import pytest

from tools import environment


@pytest.fixture
def development(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment whose Terraform commands are only noted down, in the order they would have run."""
    monkeypatch.setattr(environment, "LOCAL", tmp_path)
    monkeypatch.setattr(environment, "_ENVIRONMENTS", tmp_path)
    (tmp_path / "development.tfvars").touch()
    return tmp_path


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    ran: list[str] = []
    monkeypatch.setattr(environment, "plan", lambda name: ran.append(f"plan {name}"))
    monkeypatch.setattr(environment, "_terraform", lambda _, arguments: ran.append(" ".join(arguments)))
    return ran


def test_an_environment_that_is_not_there_is_refused_and_the_known_are_named(
    development: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert environment.main(["plan", "prodution"]) == 1
    assert "no environments/prodution.tfvars (there is: development)" in capsys.readouterr().err


def test_the_kept_plan_is_applied_and_forgotten(development: Path, commands: list[str]) -> None:
    kept = development / "development.tfplan"
    kept.touch()
    assert environment.main(["deploy", "development"]) == 0
    assert commands == [f"apply -input=false {kept}"]
    assert not kept.exists()


@pytest.mark.usefixtures("development")
def test_without_a_kept_plan_and_a_person_nothing_is_applied(
    commands: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert environment.main(["deploy", "development"]) == 1
    assert commands == ["plan development"]
    assert "nothing was applied" in capsys.readouterr().err


def test_unknown_commands_show_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert environment.main(["destroy", "development"]) == 2
    assert "plan|deploy" in capsys.readouterr().err
