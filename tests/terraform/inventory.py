"""Inventories: the attributes of a plan that carry a decision, and how many resources there are of a type."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.terraform.plans import Resources

FOLDER = Path(__file__).parent / "inventories"


def check(name: str, found: Resources) -> None:
    """Fail with every difference, and with the counts as they are."""
    wrong = _differences(name, found)
    assert not wrong, "\n".join([f"not as in {name}:", *wrong, f"planned are {dict(sorted(found.counts.items()))}"])


def _differences(name: str, found: Resources) -> list[str]:
    wanted = yaml.safe_load((FOLDER / name).read_text())
    if unknown := set(wanted) - {"values", "counts"}:
        raise ValueError(f"{name} has sections that nothing reads: {sorted(unknown)}")
    return [*_values(wanted.get("values", {}), found), *_counts(wanted.get("counts", {}), found)]


def _values(wanted: Mapping[str, Any], found: Resources) -> Iterator[str]:
    for address, attributes in wanted.items():
        if address not in found.by_address:
            yield f"{address} does not exist"
        else:
            yield from _compare(address, attributes, found.by_address[address])


def _counts(wanted: Mapping[str, int], found: Resources) -> Iterator[str]:
    for kind, number in wanted.items():
        if (real := found.counts[kind]) != number:
            yield f"there are {real} {kind}, not {number}"


def _compare(place: str, wanted: Any, found: Any) -> Iterator[str]:
    """A mapping may leave out keys; a list may not leave out items. A mapping also describes JSON in a string."""
    if isinstance(wanted, dict) and isinstance(found, str):
        found = json.loads(found)
    if isinstance(wanted, dict) and isinstance(found, dict):
        for key, value in wanted.items():
            yield from _compare(f"{place}.{key}", value, found.get(key))
    elif isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        for position, value in enumerate(wanted):
            yield from _compare(f"{place}[{position}]", value, found[position])
    elif wanted != found:
        yield f"{place} is {json.dumps(found)}, not {json.dumps(wanted)}"
