"""Whether a curve is as flat as it was promised to be: a table with a column for each size, and bounds on its rows."""

from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from tools.report import Row

# What something costs, by size.
Costs = Mapping[int, float]


def medians(sizes: Sequence[int], cost: Callable[[int], float], rounds: int) -> dict[int, float]:
    """The cost at each size; all sizes take turns, so that a busy machine slows all of them."""
    measured = [{size: cost(size) for size in sizes} for _ in range(rounds)]
    return {size: median(one[size] for one in measured) for size in sizes}


def of_each(costs: Costs) -> dict[int, float]:
    """The cost of one among so many: flat where the cost of all is linear."""
    return {size: cost / size for size, cost in costs.items()}


def growth(costs: Costs) -> float:
    """The cost at the largest size as multiples of that at the smallest."""
    return costs[max(costs)] / costs[min(costs)]


class Table(NamedTuple):
    """What is counted, and in which sizes. Costs that some sizes lack leave their cells empty."""

    counted: str
    sizes: tuple[int, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The head of the table."""
        return (self.counted, *(f"{size:,}" for size in self.sizes), "last over first", "bound")

    def plain(self, what: str, costs: Costs, form: str = ".2f") -> Row:
        """Nothing was promised."""
        return self._row(what, costs, form, "", None)

    def flat(self, what: str, costs: Costs, at_most: float, form: str = ".2f") -> Row:
        """The cost at the largest size may be so many times that at the smallest."""
        return self._row(what, costs, form, f"last over first: at most {at_most:g}", growth(costs) <= at_most)

    def capped(self, what: str, costs: Costs, at_most: float, form: str = ".2f") -> Row:
        """No size may cost more."""
        return self._row(what, costs, form, f"each: at most {at_most:,g}", max(costs.values()) <= at_most)

    def least(self, what: str, costs: Costs, at_least: float, form: str = ".2f") -> Row:
        """No size may have less."""
        return self._row(what, costs, form, f"each: at least {at_least:,g}", min(costs.values()) >= at_least)

    def _row(self, what: str, costs: Costs, form: str, bound: str, holds: bool | None) -> Row:
        shown = [format(costs[size], form) if size in costs else "" for size in self.sizes]
        return Row((what, *shown, f"{growth(costs):.2f}", bound), holds)
