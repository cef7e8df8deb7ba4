"""Pull requests are planned and never applied; what is applied was planned, approved, and tried before."""

import re
import tomllib
from typing import Any

import pytest

from tests.unit.delivery.rules import FOLDER, PREPARE, WORKFLOWS, parse, read, steps
from tools.package.targets import LAMBDA
from tools.paths import ROOT
from tools.terraform.binary import RELEASE

ENVIRONMENTS = ["development", "staging", "production"]


def _workflow(name: str) -> dict[str, Any]:
    return read(FOLDER / f"{name}.yml")


def _step(workflow: dict[str, Any], action: str) -> dict[str, Any]:
    [found] = [step for step in steps(workflow) if step.get("uses", "").startswith(f"{action}@")][:1]
    return found


def test_every_environment_but_the_laptop_is_delivered_to() -> None:
    assert {file.stem for file in (ROOT / "environments").glob("*.tfvars")} == {"local", *ENVIRONMENTS}


@pytest.mark.parametrize("name", ["plan", "drift"])
def test_every_environment_is_planned_and_told_of(name: str) -> None:
    workflow = _workflow(name)
    assert workflow["jobs"]["plan"]["strategy"]["matrix"]["environment"] == ENVIRONMENTS
    assert any(step.get("run", "").endswith(" ".join(ENVIRONMENTS)) for step in steps(workflow))


def test_a_fork_gets_no_credentials() -> None:
    jobs = _workflow("plan")["jobs"]
    condition = jobs["plan"]["if"]
    assert condition.startswith("github.event.pull_request.head.repo.full_name == github.repository && ")
    assert "||" not in condition
    assert jobs["comment"]["needs"] == "plan"
    assert "needs.plan.result != 'skipped'" in jobs["comment"]["if"]


def test_only_what_was_merged_is_applied() -> None:
    callers = [file.stem for file in WORKFLOWS if "uses: $/.github/workflows/_apply.yml" in file.read_text()]
    assert callers == ["apply"]
    assert _workflow("apply")["on"] == {"push": {"branches": ["main"]}}
    assert [file.stem for file in WORKFLOWS if "vars.APPLY_ROLE" in file.read_text()] == ["_apply"]
    assert set(_workflow("_apply")["on"]) == set(_workflow("_plan")["on"]) == {"workflow_call"}


def test_environments_come_one_after_the_other_once_all_checks_have_passed() -> None:
    jobs = _workflow("apply")["jobs"]
    needs = {name: job.get("needs") for name, job in jobs.items()}
    assert needs == {
        "check": None,
        "stack": None,
        "development": ["check", "stack"],
        "staging": "development",
        "production": "staging",
    }
    assert all("if" not in job for job in jobs.values()), "a condition could let an environment be passed over"


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_an_environment_is_applied_to_by_one_run_at_a_time(name: str) -> None:
    job = _workflow("apply")["jobs"][name]
    # Whoever is served in production meets new code a few at a time.
    assert job["with"] == {"environment": name, **({"share": "10"} if name == "production" else {})}
    assert job["concurrency"] == {"group": f"apply-{name}", "cancel-in-progress": "false"}


def test_the_role_that_applies_is_only_for_githubs_environment() -> None:
    jobs = _workflow("_apply")["jobs"]
    assert jobs["apply"]["environment"] == "${{ inputs.environment }}"
    assert jobs["apply"]["needs"] == "plan"
    assert jobs["plan"]["with"] == {"environment": "${{ inputs.environment }}", "share": "${{ inputs.share }}"}
    assert "environment" not in _workflow("_plan")["jobs"]["plan"]


def test_what_is_applied_is_the_plan_and_the_zips_of_the_same_run() -> None:
    plan, apply = _workflow("_plan"), _workflow("_apply")
    kept, taken = _step(plan, "actions/upload-artifact")["with"], _step(apply, "actions/download-artifact")["with"]
    assert kept["name"] == taken["name"]
    assert kept["path"].split() == [".local/${{", "inputs.environment", "}}.tfplan*", "build/lambda"]
    assert (kept["include-hidden-files"], kept["if-no-files-found"], taken["path"]) == ("true", "error", ".")
    # From this run: without a run's id the action takes none from another.
    assert set(taken) == {"name", "path"}


def test_new_code_is_watched_before_the_next_environment_gets_it() -> None:
    assert [step["run"] for step in steps(_workflow("_apply")) if "run" in step] == [
        'make deploy ENV="$ENVIRONMENT"',
        '.venv/bin/python -m tools.release watch "$ENVIRONMENT"',
        '.venv/bin/python -m tools.smoke "$ENVIRONMENT"',
    ]
    planned = [(step["if"], step["run"].split()[-1]) for step in steps(_workflow("_plan")) if "if" in step]
    assert planned == [("inputs.share == 0", 'ENV="$ENVIRONMENT"'), ("inputs.share > 0", '"$SHARE"')]


def test_every_command_is_one_of_ours_and_runs_on_a_laptop() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for command in (step["run"] for file in WORKFLOWS for step in steps(read(file)) if "run" in step):
        words = command.split()
        if words[0] == "make":
            assert words[1] in targets, command
        else:
            assert words[:2] == [".venv/bin/python", "-m"], command
            module = ROOT / words[2].replace(".", "/")
            runs = module.with_suffix(".py").is_file() or (module / "__main__.py").is_file()
            assert runs or words[2] == "pytest", command


def test_versions_are_written_down_once() -> None:
    action = parse(PREPARE.read_text())
    assert action["inputs"]["python-version"]["default"] == ".".join(map(str, LAMBDA.python))
    oldest = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"].removeprefix(">=")
    tried = _workflow("check")["jobs"]["check"]["strategy"]["matrix"]["python"]
    assert tried == [oldest, action["inputs"]["python-version"]["default"]]
    # tools/terraform fetches the release that it pins.
    assert not [file.name for file in WORKFLOWS if "setup-terraform" in file.read_text() or RELEASE in file.read_text()]
