"""A deploy applies nothing but the kept plan, and refuses it when something else has changed since."""

import shutil
from collections.abc import Callable

import pytest

from tests.unit.tools.environment.conftest import Checkout
from tools.environment import main

_EACH = pytest.mark.parametrize("name", ["development", "production"])


@_EACH
def test_the_kept_plan_is_applied_and_forgotten(checkout: Checkout, name: str) -> None:
    assert main(["plan", name]) == 0
    assert main(["deploy", name]) == 0
    assert checkout.commands == ["init", "plan", "init", "show", "apply"]
    noted = (checkout.tools / "commands").read_text().splitlines()
    assert noted[-1] == f"apply -input=false {checkout.plan_file(name)}"
    assert not list((checkout.root / ".local").iterdir())


def test_a_plan_whose_application_failed_stays(checkout: Checkout) -> None:
    assert main(["plan", "production"]) == 0
    checkout.fail("apply", "Error: Saved plan is stale")
    assert main(["deploy", "production"]) == 1
    assert checkout.plan_file("production").exists()


def test_without_a_kept_plan_and_a_person_nothing_is_applied(
    checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["deploy", "production"]) == 1
    assert checkout.commands == ["init", "plan"]
    assert "nothing was applied" in capsys.readouterr().err


def _somebody_types(monkeypatch: pytest.MonkeyPatch, answer: Callable[[str], str]) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", answer)


@pytest.mark.parametrize(("typed", "applied"), [("production", True), ("yes", False), ("", False)])
def test_a_person_types_the_name_of_what_is_deployed(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, typed: str, applied: bool
) -> None:
    _somebody_types(monkeypatch, lambda _: typed)
    assert main(["deploy", "production"]) == (0 if applied else 1)
    assert ("apply" in checkout.commands) == applied


def test_what_changes_while_a_person_reads_is_refused(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(_: str) -> str:
        checkout.write("main.tf", "# new")
        return "production"

    _somebody_types(monkeypatch, answer)
    assert main(["deploy", "production"]) == 1
    assert "apply" not in checkout.commands


@_EACH
@pytest.mark.parametrize("name_of_zip", ["api.zip", "queue.zip"])
def test_other_packages_are_refused(
    checkout: Checkout, capsys: pytest.CaptureFixture[str], name: str, name_of_zip: str
) -> None:
    assert main(["plan", name]) == 0
    checkout.write(f"build/lambda/{name_of_zip}", "other code")
    assert main(["deploy", name]) == 1
    assert f"packages changed since the plan: build/lambda/{name_of_zip}; " in capsys.readouterr().err
    assert "apply" not in checkout.commands


def test_packages_that_are_gone_are_refused(checkout: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "development"]) == 0
    shutil.rmtree(checkout.root / "build")
    assert main(["deploy", "development"]) == 1
    assert "build/lambda/api.zip, build/lambda/queue.zip; make it anew" in capsys.readouterr().err
