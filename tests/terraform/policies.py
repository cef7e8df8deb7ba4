"""Policy documents as sets, and functions with everything that their role allows."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.terraform.plans import Raw, Resources
from tests.terraform.resolved import address_of, arn


@dataclass(frozen=True)
class Statement:
    """One statement of a policy document."""

    sid: str
    effect: str
    actions: frozenset[str]
    resources: frozenset[str]
    principals: Mapping[str, frozenset[str]]
    conditions: Mapping[str, Mapping[str, Any]]

    @property
    def condition_keys(self) -> set[str]:
        """What the conditions look at, whatever the operator."""
        return {key for tests in self.conditions.values() for key in tests}


def statements(document: str) -> list[Statement]:
    """Read a policy document."""
    return [
        Statement(
            sid=statement.get("Sid", ""),
            effect=statement["Effect"],
            actions=_set(statement["Action"]),
            resources=_set(statement.get("Resource", [])),
            principals=_principals(statement.get("Principal", {})),
            conditions=statement.get("Condition", {}),
        )
        for statement in json.loads(document)["Statement"]
    ]


def _set(value: str | list[str]) -> frozenset[str]:
    return frozenset([value] if isinstance(value, str) else value)


def _principals(value: str | dict[str, str | list[str]]) -> dict[str, frozenset[str]]:
    by_kind: dict[str, str | list[str]] = {"*": value} if isinstance(value, str) else value
    return {kind: _set(identifiers) for kind, identifiers in by_kind.items()}


@dataclass(frozen=True)
class Function:
    """A function, what its role allows it, and what invokes it."""

    address: str
    values: Raw
    grants: Mapping[str, Statement]
    mappings: tuple[Raw, ...]
    failure_destinations: frozenset[str]

    @property
    def settings(self) -> Mapping[str, str]:
        """Its environment variables."""
        variables: Mapping[str, str] = self.values["environment"][0]["variables"]
        return variables

    @property
    def log_group(self) -> str:
        """The ARN of the group that its module makes for it."""
        return arn(f"{self.address.rpartition('.aws_lambda_function.')[0]}.aws_cloudwatch_log_group.this")


def functions(found: Resources) -> dict[str, Function]:
    """Every function, by its handler."""
    return {
        values["handler"]: _function(address, values, found)
        for address, values in found.of_type("aws_lambda_function").items()
    }


def _function(address: str, values: Raw, found: Resources) -> Function:
    name, role = values["function_name"], address_of(values["role"])
    policies = [policy for policy in found.of_type("aws_iam_role_policy").values() if policy["role"] == role]
    aliases = {alias["arn"] for alias in found.of_type("aws_lambda_alias").values() if alias["function_name"] == name}
    mappings = [
        mapping
        for mapping in found.of_type("aws_lambda_event_source_mapping").values()
        if mapping["function_name"] in aliases
    ]
    configs = [
        config
        for config in found.of_type("aws_lambda_function_event_invoke_config").values()
        if config["function_name"] == name
    ]
    return Function(
        address=address,
        values=values,
        grants={statement.sid: statement for policy in policies for statement in statements(policy["policy"])},
        mappings=tuple(mappings),
        failure_destinations=frozenset(_failure_destinations([*mappings, *configs])),
    )


def _failure_destinations(configured: list[Raw]) -> set[str]:
    return {
        on_failure.get("destination_arn") or on_failure["destination"]
        for one in configured
        for destination in one["destination_config"] or []
        for on_failure in destination["on_failure"]
    }
