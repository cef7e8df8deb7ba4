"""What an environment consists of, as Terraform plans it: `python -m tools.cost.inventory ENV PLAN.json` keeps it.

PLAN.json is what `terraform show -json` says of a saved plan. Making one takes Terraform and a minute, so what matters
of it is kept in inventory.toml, and a test compares that with what the configuration says.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

_HOURS = 730
_FILE = Path(__file__).parent / "inventory.toml"


class Inventory(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is paid for, used or not. An alarm is paid for each metric that it looks at."""

    metric_alarms: int
    alarm_metrics: int
    composite_alarms: int
    dashboards: int
    kms_keys: int
    cache_node_type: str
    cache_nodes: int
    polled_queues: int
    runs_a_month: dict[str, float]
    recoverable_tables: int
    user_pool_tier: str
    nat_gateways: int


@cache
def environments() -> dict[str, Inventory]:
    """Every environment's, by its name."""
    return msgspec.toml.decode(_FILE.read_bytes(), type=dict[str, Inventory])


def read(root_module: Mapping[str, Any]) -> Inventory:
    """From the `root_module` of planned values."""
    found = list(_managed(root_module))
    kinds = Counter(kind for kind, _ in found)

    def of(wanted: str) -> list[Mapping[str, Any]]:
        return [values for kind, values in found if kind == wanted]

    caches = of("aws_elasticache_replication_group")
    [pool] = of("aws_cognito_user_pool")
    return Inventory(
        metric_alarms=kinds["aws_cloudwatch_metric_alarm"],
        alarm_metrics=sum(_metrics(alarm) for alarm in of("aws_cloudwatch_metric_alarm")),
        composite_alarms=kinds["aws_cloudwatch_composite_alarm"],
        dashboards=kinds["aws_cloudwatch_dashboard"],
        kms_keys=kinds["aws_kms_key"],
        cache_node_type=caches[0]["node_type"] if caches else "",
        cache_nodes=sum(cache["num_cache_clusters"] for cache in caches),
        # Those of streams begin somewhere in their stream; a queue has no such place.
        polled_queues=sum(not mapping.get("starting_position") for mapping in of("aws_lambda_event_source_mapping")),
        runs_a_month={values["name"]: _runs(values["schedule_expression"]) for values in of("aws_scheduler_schedule")},
        recoverable_tables=sum(_recoverable(table) for table in of("aws_dynamodb_table")),
        user_pool_tier=pool["user_pool_tier"],
        nat_gateways=kinds["aws_nat_gateway"],
    )


def _managed(module: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for resource in module.get("resources", []):
        if resource["mode"] == "managed":
            yield resource["type"], resource.get("values", {})
    for child in module.get("child_modules", []):
        yield from _managed(child)


def _metrics(alarm: Mapping[str, Any]) -> int:
    return sum(1 for query in alarm.get("metric_query") or [] if query.get("metric")) or 1


def _recoverable(table: Mapping[str, Any]) -> bool:
    return any(recovery["enabled"] for recovery in table.get("point_in_time_recovery") or [])


def _runs(expression: str) -> float:
    """How often in a month of 730 hours; a cron expression here is daily."""
    found = re.fullmatch(r"rate\((\d+) (minute|hour)s?\)", expression)
    if found is None:
        return round(_HOURS / 24, 2)
    return round(_HOURS / int(found[1]) * (60 if found[2] == "minute" else 1), 2)


def main(arguments: list[str]) -> int:
    """Keep what the plan says of the environment."""
    name, plan = arguments
    planned = json.loads(Path(plan).read_text())["planned_values"]["root_module"]
    kept = {**(environments() if _FILE.exists() else {}), name: read(planned)}
    header = "# Made from Terraform's plans by tools/cost/inventory.py; not by hand.\n"
    _FILE.write_bytes(header.encode() + msgspec.toml.encode(dict(sorted(kept.items()))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
