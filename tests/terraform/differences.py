"""Where settings or plans of several environments differ."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from tests.terraform.plans import Resources

_KEY = re.compile(r"\[.*?\](?=\.|$)")


def of_values(found: Sequence[Any], place: str = "") -> Iterator[str]:
    """The places, as a.b.c, at which some values differ; lists are compared as a whole."""
    if all(isinstance(value, Mapping) for value in found):
        for key in sorted(set().union(*found)):
            yield from of_values([value.get(key) for value in found], f"{place}.{key}".lstrip("."))
    elif any(one != other for one, other in pairwise(found)):
        yield place


def of_plans(found: Sequence[Resources]) -> set[str]:
    """The attributes, as type.attribute, in which resources of the same address differ."""
    shared = set(found[0].by_address).intersection(*(plan.by_address.keys() for plan in found))
    return {
        f"{found[0].types[address]}.{place}"
        for address in shared
        for place in of_values([_unwrapped(plan.by_address[address]) for plan in found])
    }


def of_addresses(found: Sequence[Resources]) -> set[str]:
    """The addresses, without their keys, that are not in every plan."""
    counted = Counter(address for plan in found for address in plan.by_address)
    return {_KEY.sub("", address) for address, number in counted.items() if number < len(found)}


def _unwrapped(values: Any) -> Any:
    """Values in which a block, a list of one mapping in a plan, is that mapping."""
    if isinstance(values, list) and values and all(isinstance(value, Mapping) for value in values):
        return {str(position): _unwrapped(value) for position, value in enumerate(values)}
    if isinstance(values, Mapping):
        return {key: _unwrapped(value) for key, value in values.items()}
    return values
