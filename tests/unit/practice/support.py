"""Sessions without a table, and a measure for chance."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, TypeVar

from msgspec.structs import replace

from quiz.practice.pools import Entry, Pool
from quiz.practice.sessions import CreateSession, PolicyName, Session, new_session

T = TypeVar("T")

NOW = 1_772_600_000
DAY = 86_400


def session(new: int = 10, due: int = 0, policy: PolicyName = "classic", seed: str = "seed", **changed: Any) -> Session:
    wanted = CreateSession(category="music", policy=policy)
    return replace(new_session(wanted, "session", "ann", seed, "list", new, due, NOW), **changed)


def pool(*entries: tuple[int, int]) -> str:
    """The text of a pool with these places and tries, the oldest first."""
    made = Pool()
    for place, tries in entries:
        made = made.with_last(Entry(place, tries))
    return str(made)


def chi_square(seen: Mapping[T, int], expected: Mapping[T, float]) -> float:
    """How far the counts are from the shares that they should have. A thing that has no share must not be there."""
    assert set(seen) <= set(expected)
    total = sum(seen.values())
    counts = Counter(seen)
    return sum((counts[one] - share * total) ** 2 / (share * total) for one, share in expected.items())


def critical(freedom: int) -> float:
    """What chi-square exceeds once in some ten thousand times (Wilson and Hilferty's approximation)."""
    part = 2 / (9 * freedom)
    return float(freedom * (1 - part + 3.719 * part**0.5) ** 3)
