"""A plan is kept with what it was made from; an environment that is not ready is not planned at all."""

import json

import pytest

from tests.unit.tools.environment.conftest import Checkout
from tools import environment
from tools.environment import main


def test_an_environment_that_is_not_there_is_refused_and_the_known_are_named(
    checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", "prodution"]) == 1
    assert "no environments/prodution.tfvars (there is: development, production)" in capsys.readouterr().err
    assert not checkout.commands


def test_unknown_commands_show_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["destroy", "development"]) == 2
    assert "plan|deploy" in capsys.readouterr().err


def test_a_plan_is_kept_for_a_deploy(checkout: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "production"]) == 0
    assert checkout.commands == ["init", "plan"]
    assert environment.kept("production") == checkout.plan_file("production")
    assert checkout.plan_file("production").exists()
    assert "make deploy ENV=production" in capsys.readouterr().out


def test_a_plan_of_uncommitted_changes_is_only_to_look_at(
    checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout.write("main.tf", "# new")
    assert main(["plan", "production"]) == 0
    said = capsys.readouterr().out
    assert "Only to look at" in said
    assert "make deploy" not in said


def test_elsewhere_uncommitted_changes_are_as_good(checkout: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    checkout.write("main.tf", "# new")
    assert main(["plan", "development"]) == 0
    assert "make deploy ENV=development" in capsys.readouterr().out


def test_whatever_is_not_ready_is_told_at_once_and_before_anything_is_built(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    checkout.mistakes = ("sign_in.mfaa is not declared",)
    checkout.write("environments/production.tfvars", 'account_id = "333333333333"\nemails = ["quiz@example.com"]\n')
    (checkout.root / "environments" / "production.s3.tfbackend").unlink()
    assert main(["plan", "production"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "production is not ready; docs/deploying.md tells how:",
        "production.tfvars: sign_in.mfaa is not declared",
        "production.tfvars still holds placeholders: 333333333333, example.com",
        "production.s3.tfbackend is missing: it says where the state lies",
        "there are no AWS credentials: sign in, as with aws sso login, and set AWS_PROFILE",
    ]
    assert not checkout.commands
    assert not (checkout.root / "build").exists()


def test_a_profile_that_does_not_exist_is_named(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "production-admin")
    assert main(["plan", "production"]) == 1
    assert "no AWS credentials (The config profile (production-admin) could not be found)" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ('S3 bucket "quiz-210987654321-state" does not exist.', "bootstrap/ makes that bucket"),
        ("api error AccessDenied: not authorized to perform s3:ListBucket", "environment's account?"),
        ("https response error StatusCode: 403, Forbidden", "environment's account?"),
        ("api error ExpiredToken: The provided token has expired.", "sign in again"),
        ("Error: No valid credential sources found", "sign in again"),
    ],
)
def test_a_state_that_cannot_be_reached_is_told_with_what_helps(
    checkout: Checkout, capsys: pytest.CaptureFixture[str], said: str, hint: str
) -> None:
    checkout.fail("init", said)
    assert main(["plan", "development"]) == 1
    told = capsys.readouterr().err
    assert said in told
    assert hint in told


def test_a_plan_that_failed_is_not_kept(checkout: Checkout) -> None:
    checkout.fail("plan", "Error: Unsupported argument")
    assert main(["plan", "development"]) == 1
    assert not list((checkout.root / ".local").iterdir())


def test_a_plan_remembers_its_commit_where_commits_count(checkout: Checkout) -> None:
    for name in ("development", "production"):
        assert main(["plan", name]) == 0
    origins = {
        name: json.loads((checkout.root / ".local" / f"{name}.tfplan.json").read_text())["origin"]
        for name in ("development", "production")
    }
    assert origins["development"] is None
    assert len(origins["production"]["commit"]) == 40
