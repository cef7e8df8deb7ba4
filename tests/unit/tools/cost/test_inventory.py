"""What was kept of the plans is what the configuration says."""

import json
import re
from pathlib import Path

import pytest
import yaml

from tools.cost import inventory
from tools.cost.inventory import environments
from tools.paths import ROOT

LOCAL = ROOT / "tests" / "terraform" / "inventories" / "root-local.yaml"


def _given(environment: str, pattern: str) -> str | None:
    text = (ROOT / "environments" / f"{environment}.tfvars").read_text()
    found = re.search(pattern, text)
    return found[1] if found else None


@pytest.mark.parametrize("name", sorted(environments()))
def test_caches_and_plans_are_those_of_the_variables(name: str) -> None:
    kept = environments()[name]
    assert kept.cache_node_type == _given(name, r'node_type\s*=\s*"([\w.]+)"')
    assert kept.cache_nodes == 1 + int(_given(name, r"replicas\s*=\s*(\d+)") or 1)
    protection = _given(name, r'threat_protection\s*=\s*"(\w+)"') or "OFF"
    assert kept.user_pool_tier == ("ESSENTIALS" if protection == "OFF" else "PLUS")
    hours = int(_given(name, r"reconcile_hours\s*=\s*(\d+)") or 1)
    assert kept.runs_a_month["reconcile"] == pytest.approx(730 / hours, abs=0.01)


@pytest.mark.parametrize("name", sorted(environments()))
def test_alarms_are_as_many_as_planned(name: str) -> None:
    """The laptop's plan is tested by itself; a node more is three alarms more, and a lone one has no lag."""
    kept, local = environments()[name], yaml.safe_load(LOCAL.read_text())["counts"]
    nodes = {1: -4, 2: 0, 3: 3}
    assert kept.metric_alarms == local["aws_cloudwatch_metric_alarm"] + nodes[kept.cache_nodes]
    assert kept.composite_alarms == local["aws_cloudwatch_composite_alarm"]
    assert kept.dashboards == local["aws_cloudwatch_dashboard"]
    assert len(kept.runs_a_month) == local["aws_scheduler_schedule"]
    assert kept.nat_gateways == local["aws_nat_gateway"] == 0


def _resource(kind: str, **values: object) -> dict[str, object]:
    return {"mode": "managed", "type": f"aws_{kind}", "values": values}


def _root() -> dict[str, object]:
    query = {"metric": [{"metric_name": "m"}]}
    child = {
        "resources": [
            _resource("cloudwatch_metric_alarm", metric_query=[query, query, {"expression": "a + b", "metric": []}]),
            _resource("cloudwatch_metric_alarm", metric_query=[]),
            _resource("lambda_event_source_mapping", starting_position="TRIM_HORIZON"),
            _resource("lambda_event_source_mapping", starting_position=None),
            _resource("elasticache_replication_group", node_type="cache.x", num_cache_clusters=2),
            _resource("dynamodb_table", point_in_time_recovery=[{"enabled": True}]),
            _resource("dynamodb_table", point_in_time_recovery=[{"enabled": False}]),
        ]
    }
    return {
        "resources": [
            _resource("cognito_user_pool", user_pool_tier="PLUS"),
            _resource("scheduler_schedule", name="s", schedule_expression="rate(5 minutes)"),
            {"mode": "data", "type": "aws_kms_key"},
        ],
        "child_modules": [child],
    }


def test_a_plan_is_read_through_its_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps({"planned_values": {"root_module": _root()}}))
    monkeypatch.setattr(inventory, "_FILE", tmp_path / "inventory.toml")
    environments.cache_clear()
    try:
        assert inventory.main(["mine", str(plan)]) == 0
        kept = environments()["mine"]
    finally:
        environments.cache_clear()
    assert (kept.metric_alarms, kept.alarm_metrics) == (2, 3)
    assert (kept.polled_queues, kept.cache_nodes, kept.recoverable_tables, kept.kms_keys) == (1, 2, 1, 0)
    assert kept.runs_a_month == {"s": 8760}
