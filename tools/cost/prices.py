"""The price file, and lines of a bill."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

_FILE = Path(__file__).parent / "prices.toml"
FROM_MEMORY = "memory"


class Price(Struct, frozen=True, forbid_unknown_fields=True):
    """What so many units cost, and where that was looked up."""

    service: Annotated[str, Meta(min_length=1)]
    unit: Annotated[str, Meta(min_length=1)]
    usd: Annotated[float, Meta(gt=0)]
    per: Annotated[int, Meta(ge=1)]
    checked: Annotated[str, Meta(min_length=1)]


class Prices(Struct, frozen=True, forbid_unknown_fields=True):
    """All prices, of one region and day."""

    region: str
    date: date
    price: dict[str, Price]


class Line(Struct, frozen=True):
    """So many units of something."""

    price: str
    count: float

    @property
    def listed(self) -> Price:
        """The price by the list."""
        return prices().price[self.price]

    @property
    def usd(self) -> float:
        """What the line comes to."""
        return self.count * self.listed.usd / self.listed.per


class Bill(Struct, frozen=True):
    """What something costs, line by line."""

    title: str
    lines: tuple[Line, ...]

    @property
    def usd(self) -> float:
        """The sum."""
        return sum(line.usd for line in self.lines)

    def dearest_first(self) -> list[Line]:
        """The lines, by what they cost."""
        return sorted(self.lines, key=lambda line: (-line.usd, line.price))


@cache
def prices() -> Prices:
    """What the price file says."""
    return msgspec.toml.decode(_FILE.read_bytes(), type=Prices)
