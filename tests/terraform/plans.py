"""What a plan or a state holds, by address."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import tftest

Raw = Mapping[str, Any]


@dataclass(frozen=True)
class Resources:
    """The resources that Terraform manages; data sources are left out."""

    by_address: Mapping[str, Raw]
    types: Mapping[str, str]
    modules: int

    @classmethod
    def read(cls, root_module: Raw) -> "Resources":
        """From the `root_module` of planned values or of a state, which have the same form."""
        modules = list(_walk(root_module))
        managed = {
            resource["address"]: resource
            for module in modules
            for resource in module.get("resources", [])
            if resource["mode"] == "managed"
        }
        return cls(
            by_address={address: resource.get("values", {}) for address, resource in managed.items()},
            types={address: resource["type"] for address, resource in managed.items()},
            modules=len(modules) - 1,
        )

    def of_type(self, kind: str) -> dict[str, Raw]:
        """All of one type, by address."""
        return {address: self.by_address[address] for address, found in self.types.items() if found == kind}

    @property
    def counts(self) -> Counter[str]:
        """How many there are of each type."""
        return Counter(self.types.values())


def _walk(module: Raw) -> Iterator[Raw]:
    yield module
    for child in module.get("child_modules", []):
        yield from _walk(child)


@dataclass(frozen=True)
class Plan:
    """A plan as tftest parsed it."""

    planned: tftest.TerraformPlanOutput

    @property
    def resources(self) -> Resources:
        """What would exist; attributes that only AWS can tell are absent."""
        return Resources.read(self.planned["planned_values"]["root_module"])

    def unknown_attributes(self) -> dict[str, list[str]]:
        """By address of a managed resource, the attributes that only AWS can tell."""
        return {
            address: [name for name, unknown in change["change"]["after_unknown"].items() if unknown is True]
            for address, change in self.planned.resource_changes.items()
            if change["mode"] == "managed"
        }

    def statements(self, address: str) -> list[Raw]:
        """The statements of a policy document, which a plan shows even where it defers the document."""
        found: list[Raw] = self.planned.resource_changes[address]["change"]["after"]["statement"]
        return found
