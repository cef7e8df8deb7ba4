"""Updates: what becomes of an item."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from tests.proofs.campaigns.live_aws.reading import Bound, Path, Words, found, named
from tests.proofs.campaigns.live_aws.values import Item, Value, added, invalid

# The new value at a path, or None if nothing is to be left there.
Change: TypeAlias = tuple[Path, Callable[[Bound], Value | None]]

_CLAUSES = ("SET", "REMOVE", "ADD", "DELETE")


class Update(NamedTuple):
    """An update that was read, with what it names."""

    changes: tuple[Change, ...]
    used: frozenset[str]

    def apply(self, bound: Bound) -> tuple[Item, Item]:
        """The item afterwards, and of it what was changed. All is worked out from what was there before."""
        after, changed = dict(bound.item), Item()
        for path, change in self.changes:
            names, value = [named(bound, part) for part in path], change(bound)
            _put(after, names, value)
            if value is not None:
                _put(changed, names, value, alone=True)
        return after, changed


@lru_cache(maxsize=1_000)
def update(text: str) -> Update:
    """Read it."""
    words = Words(text)
    changes: list[Change] = []
    while words.next:
        clause = words.take().upper()
        if clause not in _CLAUSES:
            raise words.strange()
        changes.append(_change(words, clause))
        while words.took(","):
            changes.append(_change(words, clause))
    return Update(tuple(changes), words.used)


def _change(words: Words, clause: str) -> Change:
    path = words.path()
    if clause == "REMOVE":
        return path, lambda bound: None
    if clause == "SET":
        words.expect("=")
        return path, _required(words)
    operand = words.operand()
    combine = _joined if clause == "ADD" else _without
    return path, lambda bound: combine(found(bound, path), operand(bound))


def _required(words: Words) -> Callable[[Bound], Value | None]:
    given = words.sum()

    def value(bound: Bound) -> Value:
        there = given(bound)
        if there is None:
            raise invalid("an attribute that is to be copied does not exist")
        return there

    return value


def _joined(before: Value | None, more: Value | None) -> Value | None:
    if before is None or more is None:
        return more
    if "SS" in more and "SS" in before:
        return {"SS": sorted({*before["SS"], *more["SS"]})}
    return added(before, more)


def _without(before: Value | None, less: Value | None) -> Value | None:
    if before is None or less is None:
        return before
    if "SS" not in before or "SS" not in less:
        raise invalid("only sets lose elements")
    # A set that would be empty is none.
    left = sorted({*before["SS"]} - {*less["SS"]})
    return {"SS": left} if left else None


def _put(item: Item, names: list[str], value: Value | None, alone: bool = False) -> None:
    """Put the value there, in copies of what it is in; `alone` makes the maps that are missing."""
    *outer, last = names
    for name in outer:
        around = item.get(name, {"M": {}} if alone else {})
        if "M" not in around:
            raise invalid(f"the document path has no {name}")
        item[name] = {"M": dict(around["M"])}
        item = item[name]["M"]
    if value is None:
        item.pop(last, None)
    else:
        item[last] = value
