"""A run ends, whatever the box does."""

from typing import Any

import pytest

from tests.unit.tools.dlq.builders import letter
from tools.dlq.letters import Letter
from tools.dlq.sweeping import Choice, Tally, sweep


class _Reading:
    """Hands out bundles and notes what is deleted."""

    def __init__(self, *bundles: list[Letter]) -> None:
        self._bundles = bundles
        self.deleted: list[str] = []

    def __iter__(self) -> Any:
        return iter(self._bundles)

    def delete(self, letters: list[Letter]) -> set[str]:
        self.deleted += [one.message_id for one in letters]
        return {one.message_id for one in letters if one.message_id.startswith("stuck")}


class _Settling:
    """Lets letters stay as it is told, and makes an id of each."""

    def __init__(self, **staying: str) -> None:
        self._staying = staying
        self.made: set[str] = set()

    def settle(self, letters: list[Letter]) -> dict[str, str]:
        self.made |= {f"new-{one.message_id}" for one in letters}
        return {one.message_id: self._staying[one.message_id] for one in letters if one.message_id in self._staying}


def _sweep(reading: Any, choice: Choice | None = None, settling: Any = None, stop: bool = False) -> Tally:
    return sweep(reading, choice or Choice(), settling or _Settling(), lambda: stop, lambda _: None)


def test_only_what_is_done_is_deleted() -> None:
    reading = _Reading([letter("a"), letter("b")])
    tally = _sweep(reading, settling=_Settling(b="wrong"))
    assert reading.deleted == ["a"]
    assert (tally.done, dict(tally.stayed), tally.is_clean) == (1, {"wrong": 1}, False)


@pytest.mark.parametrize(
    ("choice", "taken"),
    [
        (Choice(), ["a", "b", "c"]),
        (Choice(codes=frozenset({"none"})), ["a", "c"]),
        (Choice(codes=frozenset({"x", "y"})), ["b"]),
        (Choice(student="bea"), ["c"]),
        (Choice(most=2), ["a", "b"]),
        (Choice(codes=frozenset({"none"}), most=1), ["a"]),
    ],
)
def test_only_what_is_chosen_is_taken(choice: Choice, taken: list[str]) -> None:
    reading = _Reading([letter("a"), letter("b", error_code="x")], [letter("c", group="bea")])
    tally = _sweep(reading, choice)
    assert reading.deleted == taken
    assert tally.is_clean


def test_what_comes_back_is_left() -> None:
    again = letter("c", error_code="x", source_message_id="new-a")
    reading = _Reading([letter("a")], [letter("new-a")], [again])
    tally = _sweep(reading)
    assert reading.deleted == ["a"]
    assert dict(tally.came_back) == {"none": 1, "x": 1}


def test_what_is_done_but_not_deleted_is_told() -> None:
    tally = _sweep(_Reading([letter("stuck-1"), letter("a")]))
    assert (tally.done, tally.not_deleted, tally.is_clean) == (2, 1, False)


def test_who_stops_it_stops_it_between_two_bundles() -> None:
    reading = _Reading([letter("a")], [letter("b")])
    tally = _sweep(reading, stop=True)
    assert (reading.deleted, tally.stopped, tally.is_clean) == (["a"], True, False)
