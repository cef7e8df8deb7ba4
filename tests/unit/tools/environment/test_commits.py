"""Production takes nothing but the commit that its plan was made from; other environments take what lies there."""

import shutil
from collections.abc import Callable

import pytest

from tests.unit.tools.environment.conftest import Checkout
from tools.environment import main


def _edit(checkout: Checkout) -> None:
    checkout.write("environments/production.tfvars", 'environment = "production"\n')


def _edit_and_stage(checkout: Checkout) -> None:
    _edit(checkout)
    checkout.git("add", "--all")


def _remove(checkout: Checkout) -> None:
    (checkout.root / "environments" / "development.tfvars").unlink()


def _add_beside(checkout: Checkout) -> None:
    """Terraform reads such a file unasked."""
    checkout.write("surprise.auto.tfvars", "log_retention_days = 1\n")


def _add_deep(checkout: Checkout) -> None:
    checkout.write("modules/queue/extra.tf", "# nobody has seen this")


_CHANGES = pytest.mark.parametrize("change", [_edit, _edit_and_stage, _remove, _add_beside, _add_deep])


@_CHANGES
def test_production_takes_nothing_that_is_not_committed(
    checkout: Checkout, capsys: pytest.CaptureFixture[str], change: Callable[[Checkout], None]
) -> None:
    assert main(["plan", "production"]) == 0
    change(checkout)
    assert main(["deploy", "production"]) == 1
    told = capsys.readouterr().err
    assert "production takes nothing but commits, and these files are not committed: " in told
    assert "make plan ENV=production" in told
    assert "apply" not in checkout.commands


@_CHANGES
def test_nor_does_it_plan_such_a_thing_to_deploy_it(checkout: Checkout, change: Callable[[Checkout], None]) -> None:
    change(checkout)
    assert main(["deploy", "production"]) == 1
    assert not checkout.commands


@_CHANGES
def test_a_plan_of_changes_that_were_put_away_since_is_refused(
    checkout: Checkout, capsys: pytest.CaptureFixture[str], change: Callable[[Checkout], None]
) -> None:
    change(checkout)
    assert main(["plan", "production"]) == 0
    checkout.git("stash", "--quiet", "--include-untracked")
    assert main(["deploy", "production"]) == 1
    assert "the plan was made with uncommitted changes in " in capsys.readouterr().err
    assert "apply" not in checkout.commands


def test_a_plan_of_another_commit_is_refused(checkout: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "production"]) == 0
    checkout.commit()
    assert main(["deploy", "production"]) == 1
    assert "the plan is of commit " in capsys.readouterr().err
    assert "apply" not in checkout.commands
    assert main(["plan", "production"]) == 0
    assert main(["deploy", "production"]) == 0


@pytest.mark.parametrize("change", [_edit, _add_beside, Checkout.commit])
def test_development_takes_what_lies_there(checkout: Checkout, change: Callable[[Checkout], None]) -> None:
    assert main(["plan", "development"]) == 0
    change(checkout)
    assert main(["deploy", "development"]) == 0


def test_a_plan_that_came_without_its_commit_is_refused(checkout: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "production"]) == 0
    (checkout.root / ".local" / "production.tfplan.json").unlink()
    assert main(["deploy", "production"]) == 1
    assert "nothing tells which commit the kept plan was made from" in capsys.readouterr().err


def test_a_plan_that_was_made_by_hand_since_is_refused(checkout: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "production"]) == 0
    checkout.plan_file("production").write_text('{"resource_changes": []}')
    assert main(["deploy", "production"]) == 1
    assert "nothing tells which commit the kept plan was made from" in capsys.readouterr().err


def test_a_checkout_without_history_is_refused(checkout: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(checkout.root / ".git")
    assert main(["plan", "development"]) == 0
    assert main(["plan", "production"]) == 1
    assert "git cannot tell of any here" in capsys.readouterr().err
