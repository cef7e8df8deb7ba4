"""The tables that the proofs and the unit tests make are those that Terraform makes."""

from typing import Any

import pytest

from tests.terraform.plans import Plan
from tests.unit.live.tables import TABLES, Index, Table


def _table(found: Any) -> Table:
    return Table(
        hash_key=found["hash_key"],
        range_key=found.get("range_key"),
        indexes={
            index["name"]: Index(
                index["hash_key"], index.get("range_key") or None, tuple(sorted(index.get("non_key_attributes") or ()))
            )
            for index in found.get("global_secondary_index", ())
        },
        numbers=tuple(one["name"] for one in found["attribute"] if one["type"] == "N"),
        stream=found.get("stream_view_type") or None,
    )


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_made_as_it_is_planned(name: str, local_plan: Plan) -> None:
    found = local_plan.resources.by_address[f'module.tables.aws_dynamodb_table.this["{name}"]']
    assert _table(found) == TABLES[name]
