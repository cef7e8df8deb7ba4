"""What every workflow has to keep to, beyond what zizmor looks for."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tools.paths import ROOT

FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))
PREPARE = ROOT / ".github" / "actions" / "prepare" / "action.yml"

_PINNED = re.compile(r"^\s*(?:- )?uses: (?:\$/\.github/\S+|[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$")
_OWNERS = ("actions/", "aws-actions/")
_CREDENTIALS = "aws-actions/configure-aws-credentials@"

_WORKFLOW_KEYS = {"name", "on", "permissions", "concurrency", "jobs"}
_JOB_KEYS = {"name", "needs", "if", "strategy", "permissions", "concurrency"}
_JOB_KEYS_OF = {
    "uses": _JOB_KEYS | {"uses", "with"},
    "runs-on": _JOB_KEYS | {"runs-on", "timeout-minutes", "environment", "env", "steps"},
}
_STEP_KEYS = {"name", "if", "uses", "with", "run", "env", "shell"}

# All that a job may be given. Nothing writes to the repository.
_GRANTS = {("contents", "read"), ("id-token", "write"), ("issues", "write"), ("pull-requests", "write")}


def read(file: Path) -> dict[str, Any]:
    return parse(file.read_text())


def parse(text: str) -> dict[str, Any]:
    # Every scalar as it is written: YAML takes `on` for a truth value.
    parsed: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    return parsed


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job.get("steps", ())]


def broken(text: str) -> list[str]:
    """The rules that a workflow breaks, or an action of our own."""
    workflow = parse(text)
    if "runs" in workflow:
        return [*_of_text(text), *_of_steps(workflow["runs"]["steps"])]
    return [*_of_text(text), *_of_triggers(workflow), *_of_jobs(workflow), *_of_steps(steps(workflow))]


def _of_text(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if "uses:" in line and not _PINNED.match(line):
            yield f"not pinned by commit and version: {line.strip()}"
    if re.search(r"\bsecrets(?:\.|:|\[)", text):
        yield "there are no secrets: roles are assumed, and the token is github.token"


def _of_triggers(workflow: dict[str, Any]) -> Iterator[str]:
    if unknown := set(workflow) - _WORKFLOW_KEYS:
        yield f"unknown keys: {unknown}"
    if dangerous := set(workflow["on"]) & {"pull_request_target", "workflow_run", "issue_comment", "issues"}:
        yield f"strangers start this with our rights: {dangerous}"
    if workflow.get("permissions") != {}:
        yield "the workflow itself is granted something"
    if workflow.get("concurrency", {}).get("cancel-in-progress", "false") != "false":
        yield "a plan that is cancelled leaves a lock"


def _of_jobs(workflow: dict[str, Any]) -> Iterator[str]:
    for name, job in workflow["jobs"].items():
        kind = "uses" if "uses" in job else "runs-on"
        if unknown := set(job) - _JOB_KEYS_OF[kind]:
            yield f"{name}: unknown keys: {unknown}"
        if kind == "runs-on" and "timeout-minutes" not in job:
            yield f"{name}: no timeout"
        yield from _of_grants(name, job)


def _of_grants(name: str, job: dict[str, Any]) -> Iterator[str]:
    grants = set(job.get("permissions", {"all": "of them"}).items())
    if grants - _GRANTS:
        yield f"{name}: granted too much: {grants - _GRANTS}"
    assumes = any(_CREDENTIALS in step.get("uses", "") for step in job.get("steps", ()))
    called = str(job.get("uses", "")).rpartition("/")[2] in ("_plan.yml", "_apply.yml")
    if (("id-token", "write") in grants) != (assumes or called):
        yield f"{name}: an identity where no role is assumed, or none where one is"
    if ("id-token", "write") in grants and any(
        grant in grants for grant in _GRANTS if grant[0] in ("issues", "pull-requests")
    ):
        yield f"{name}: writes to people and reads AWS in one job"


def _of_steps(found: list[dict[str, Any]]) -> Iterator[str]:
    for step in found:
        used, what = step.get("uses", ""), step.get("uses", step.get("run", ""))
        if unknown := set(step) - _STEP_KEYS:
            yield f"{what}: unknown keys: {unknown}"
        if "${{" in step.get("run", ""):
            yield f"{what}: an expression becomes part of the script; hand it over in env"
        if used and not used.startswith(("$/", *_OWNERS)):
            yield f"{what}: a stranger's action"
        checkout = step.get("with", {})
        if used.startswith("actions/checkout@") and (checkout != {"persist-credentials": "false"}):
            yield f"{what}: leaves its token behind, or takes another commit"
