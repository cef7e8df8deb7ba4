"""What a plan does to each resource, read from `terraform show -json`."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

# In the order of what a reader has to see first.
_VERBS = {"destroy": "destroyed", "replace": "replaced", "forget": "forgotten", "change": "changed", "add": "added"}
_MOST_LINES = 60


@dataclass(frozen=True)
class Changes:
    """Addresses of resources by what becomes of them, and the names of outputs that change."""

    resources: tuple[tuple[str, str], ...]
    outputs: tuple[str, ...]

    @property
    def headline(self) -> str:
        """The counts, in one line."""
        counts = [(verb, len(self.of(verb))) for verb in _VERBS]
        told = [f"{count} to {verb}" for verb, count in counts if count]
        told += [f"{len(self.outputs)} outputs to change"] if self.outputs and not told else []
        return ", ".join(told) or "no changes"

    def of(self, verb: str) -> list[str]:
        """The addresses that this becomes of."""
        return [address for address, what in self.resources if what == verb]

    def lines(self) -> list[str]:
        """One line per change, the worst first, and no more than people read."""
        told = [f"{_VERBS[verb]}: `{address}`" for verb in _VERBS for address in self.of(verb)]
        told += [f"changed: output `{name}`" for name in self.outputs]
        return told if len(told) <= _MOST_LINES else [*told[:_MOST_LINES], f"and {len(told) - _MOST_LINES} more"]

    def losses(self) -> list[str]:
        """What goes away, and everything that it holds."""
        return Changes(tuple(pair for pair in self.resources if pair[1] in ("destroy", "replace")), ()).lines()


def parse(shown: str) -> Changes:
    """The changes of a plan; what is only read, or stays as it is, is none."""
    plan = json.loads(shown)
    resources = ((item["address"], _verb(item["change"]["actions"])) for item in plan.get("resource_changes", ()))
    outputs = plan.get("output_changes", {}).items()
    return Changes(
        tuple((address, verb) for address, verb in resources if verb),
        tuple(name for name, change in outputs if _verb(change["actions"])),
    )


def _verb(actions: Iterable[str]) -> str:
    found = set(actions)
    if {"create", "delete"} <= found:
        return "replace"
    verbs = {"create": "add", "update": "change", "delete": "destroy", "forget": "forget"}
    return next((verb for action, verb in verbs.items() if action in found), "")
