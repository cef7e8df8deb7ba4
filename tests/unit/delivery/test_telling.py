"""Comments and the issue are written over, never repeated; what people wrote stays."""

from pathlib import Path

import pytest

from tests.unit.delivery.conftest import Hub
from tools.delivery import __main__ as command
from tools.delivery import reports
from tools.delivery.github import GitHub, GitHubRefused
from tools.terraform import run

NAMES = ["development", "staging"]


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(reports, "LOCAL", tmp_path)
    return tmp_path / "reports"


@pytest.fixture
def variables(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in hub.variables.items():
        monkeypatch.setenv(name, value)


def _planned(environment: str, *changes: str) -> None:
    headline = f"{len(changes)} to change" if changes else "no changes"
    text = f"<!-- plan: {environment} -->\n{headline}"
    reports.write(reports.Report(environment, headline, list(changes), text))


@pytest.mark.usefixtures("variables")
def test_each_environment_has_one_comment_that_is_kept_up_to_date(hub: Hub) -> None:
    for change in ("a", "b"):
        for name in NAMES:
            _planned(name, change, change)
        assert command.main(["comment", "7", *NAMES]) == 0
    assert [item["body"].splitlines()[0] for item in hub.items["issues/7/comments"]] == [
        "<!-- plan: development -->",
        "<!-- plan: staging -->",
    ]
    assert hub.changes == ["POST issues/7/comments"] * 2 + ["PATCH issues/comments/1", "PATCH issues/comments/2"]


@pytest.mark.usefixtures("variables")
def test_a_failed_plan_replaces_what_an_earlier_one_said(hub: Hub, kept: Path) -> None:
    _planned("staging", "a")
    command.main(["comment", "7", "staging"])
    (kept / "staging.json").unlink()
    command.main(["comment", "7", "staging"])
    [comment] = hub.items["issues/7/comments"]
    assert "could not be planned" in comment["body"]


def test_a_comment_of_ours_is_found_behind_a_hundred_others_and_no_persons_is_touched(hub: Hub) -> None:
    hub.add("issues/7/comments", "<!-- plan: staging --> quoted", kind="User")
    for _ in range(150):
        hub.add("issues/7/comments", "looks good", kind="User")
    hub.add("issues/7/comments", "<!-- plan: staging -->\nold")
    GitHub.of(hub.variables).comment(7, "<!-- plan: staging -->", "<!-- plan: staging -->\nnew")
    assert hub.changes == ["PATCH issues/comments/152"]


@pytest.mark.usefixtures("variables")
def test_one_issue_is_opened_updated_and_closed(hub: Hub) -> None:
    hub.add("issues", "<!-- drift --> a pull request", pull_request={})
    hub.add("issues", None)
    _planned("development")
    for changes in (["changed: `x`"], ["changed: `x`", "destroyed: `y`"], []):
        _planned("staging", *changes)
        assert command.main(["drift", *NAMES]) == 0
    assert hub.changes == ["POST issues", "PATCH issues/3", "PATCH issues/3"]
    issue = hub.find(3)
    assert issue["title"] == "Environments differ from main"
    assert "### staging: 2 to change\n\n- changed: `x`\n- destroyed: `y`\n" in issue["body"]
    assert "development" not in issue["body"]
    assert issue["state"] == "closed"


@pytest.mark.usefixtures("variables")
def test_without_drift_nothing_is_opened_and_an_environment_without_a_plan_is_drift(hub: Hub) -> None:
    _planned("staging")
    command.main(["drift", "staging"])
    assert hub.changes == []
    command.main(["drift", "staging", "production"])
    assert "### production: could not be planned" in hub.items["issues"][0]["body"]


@pytest.mark.usefixtures("variables")
def test_a_refusal_is_one_sentence_without_the_token(hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    hub.refuse = 403
    assert command.main(["comment", "7", "staging"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("GitHub answered 403 to GET issues/7/comments")
    assert "token" not in told


def test_outside_a_workflow_it_says_what_is_missing() -> None:
    with pytest.raises(GitHubRefused, match="GITHUB_API_URL is not set"):
        GitHub.of({})


def test_a_kept_plan_is_described_and_reported(
    planned: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "variables_file", lambda _: None)
    monkeypatch.setattr(command, "kept", lambda _: planned / "kept.tfplan")
    monkeypatch.setattr(command, "run", lambda arguments, extra: run(arguments, planned))
    assert command.main(["describe", "staging"]) == 0
    assert capsys.readouterr().out.rstrip("\n") == reports.read_or_failed("staging").body.rstrip("\n")


@pytest.mark.parametrize(
    "arguments", [[], ["describe"], ["comment", "x", "staging"], ["drift"], ["destroy", "staging"]]
)
def test_unknown_commands_show_the_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(arguments) == 2
    assert "describe ENV" in capsys.readouterr().err
