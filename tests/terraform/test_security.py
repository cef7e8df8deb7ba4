"""Rules for what checkov does not look at, and for each a fault that it finds."""

from collections.abc import Iterator, Mapping

import pytest

from tests.terraform.plans import Plan, Raw, Resources
from tests.terraform.security_faults import FAULTS, Fault
from tests.terraform.security_rules import DOCUMENTS, SETTINGS, secret_name, secret_value

_FAULTS = [(name, fault) for name, faults in FAULTS.items() for fault in faults]


def _of(name: str, default_plan: Plan, local: Resources) -> Resources:
    return default_plan.resources if name in SETTINGS else local


@pytest.mark.parametrize("name", [*SETTINGS, *DOCUMENTS])
def test_the_root_keeps_the_rule(name: str, default_plan: Plan, local: Resources) -> None:
    rule = {**SETTINGS, **DOCUMENTS}[name]
    assert not rule(_of(name, default_plan, local))


def test_every_rule_has_a_fault_that_it_finds() -> None:
    assert set(FAULTS) == {*SETTINGS, *DOCUMENTS}


@pytest.mark.parametrize(("name", "fault"), _FAULTS, ids=[name for name, _ in _FAULTS])
def test_the_rule_finds_the_fault(name: str, fault: Fault, default_plan: Plan, local: Resources) -> None:
    rule = {**SETTINGS, **DOCUMENTS}[name]
    assert len(rule(fault(_of(name, default_plan, local)))) == 1


def _unmarked(module: Raw) -> Iterator[str]:
    """Variables and outputs of a module, and of those that it calls, whose name tells of a secret."""
    for kind in ("outputs", "variables"):
        declared: Mapping[str, Raw] = module.get(kind, {})
        yield from (name for name, one in declared.items() if secret_name(name) and not one.get("sensitive"))
    for call in module.get("module_calls", {}).values():
        yield from _unmarked(call["module"])


class TestVariablesAndOutputs:
    def test_that_would_hold_a_secret_are_marked(self, default_plan: Plan) -> None:
        assert not list(_unmarked(default_plan.planned["configuration"]["root_module"]))

    def test_of_a_module_within_are_looked_at(self) -> None:
        inner = {"variables": {"chat_webhook": {}, "webhook_parameter": {}}, "outputs": {"token": {"sensitive": True}}}
        assert list(_unmarked({"module_calls": {"alarms": {"module": inner}}})) == ["chat_webhook"]

    def test_put_out_nothing_that_looks_like_a_secret(self, default_plan: Plan) -> None:
        told = default_plan.planned["planned_values"]["outputs"]
        assert told
        assert not {name for name, output in told.items() if secret_value(str(output.get("value", "")))}
