"""Checkov finds what was broken, in the code and in a plan, and nothing else: so the rest of both is clean."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.terraform.plans import Plan
from tools.paths import ROOT
from tools.policy import checkov, configuration
from tools.policy.judging import complaints
from tools.policy.skips import skips

# By file: what it says, what a careless change makes of it, and what has to be found.
_IN_CODE = {
    "bootstrap/state.tf": ("block_public_acls       = true", "block_public_acls = false", "CKV_AWS_53"),
    "modules/alarms/topic.tf": ("enable_key_rotation     = true", "", "CKV_AWS_7"),
    "modules/bucket/bucket.tf": ("restrict_public_buckets = true", "", "CKV_AWS_56"),
    "modules/queue/queue.tf": ("sqs_managed_sse_enabled    = true", "", "CKV_AWS_27"),
    "modules/scheduler/winners.tf": ('kms_master_key_id = "alias/aws/sns"', "", "CKV_AWS_26"),
}
# By type and name: what a plan could hold.
_IN_PLAN: Mapping[tuple[str, str], tuple[dict[str, Any], str]] = {
    ("aws_dynamodb_table", "this"): ({"point_in_time_recovery": [{"enabled": False}]}, "CKV_AWS_28"),
    ("aws_elasticache_replication_group", "main"): ({"transit_encryption_enabled": False}, "CKV_AWS_30"),
    ("aws_lambda_function", "this"): ({"tracing_config": []}, "CKV_AWS_50"),
}
# What looks at the same settings as others above: a bucket's block as a whole, and who may read along.
_AS_WELL = {"CKV2_AWS_6", "CKV_AWS_31"}
# All that checkov reads of a plan.
_READ = ("configuration", "format_version", "planned_values", "resource_changes", "terraform_version")


@pytest.fixture
def broken_code(tmp_path: Path) -> Path:
    copied = configuration.copy(tmp_path)
    for name, (good, bad, _) in _IN_CODE.items():
        text = (copied / name).read_text()
        assert good in text, name
        (copied / name).write_text(text.replace(good, bad))
    return copied


@pytest.fixture
def broken_plan(default_plan: Plan) -> dict[str, Any]:
    plan: dict[str, Any] = json.loads(json.dumps({name: default_plan.planned[name] for name in _READ}))
    _break(plan["planned_values"]["root_module"])
    return plan


def _break(module: dict[str, Any]) -> None:
    for resource in module.get("resources", []):
        if broken := _IN_PLAN.get((resource["type"], resource["name"])):
            resource["values"] |= broken[0]
    for child in module.get("child_modules", []):
        _break(child)


def test_checkov_finds_each_fault_and_nothing_that_is_not_excused(
    broken_code: Path, broken_plan: dict[str, Any]
) -> None:
    told = complaints(checkov.code(broken_code) | checkov.plan(broken_plan), skips())
    wanted = {check for *_, check in [*_IN_CODE.values(), *_IN_PLAN.values()]} | _AS_WELL
    assert {line.split(": ")[1].split()[-1] for line in told} == wanted
    assert {line.split(": ")[0] for line in told} == {
        *(str(Path(name).parent) for name in _IN_CODE),
        "modules/cache",
        "modules/function",
        "modules/tables",
    }


def test_production_keeps_its_logs_for_a_year() -> None:
    """As the excuses say of shorter defaults."""
    [days] = [
        line.split("=")[1]
        for line in (ROOT / "environments" / "production.tfvars").read_text().splitlines()
        if line.startswith("log_retention_days")
    ]
    assert int(days) >= 365
