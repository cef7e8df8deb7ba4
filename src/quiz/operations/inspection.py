"""What is asked of the function that reaches the cache, and what it answers: no other function can look into it."""

from collections.abc import Mapping

from msgspec import Struct


class Inspection(Struct, frozen=True):
    """Players by game whose ranks on the board are wanted, and how many more to draw from the boards that there are.

    Nothing at all asks only whether the cache answers.
    """

    games: Mapping[str, tuple[str, ...]] = {}
    drawn: int = 0


class Board(Struct, frozen=True):
    """One game in the cache: whether its board is known to be whole, and the ranks of those who are on it.

    They are the numbers that the board sorts by, points and time in one: see quiz.live.points.rank.
    """

    complete: bool
    ranks: Mapping[str, int] = {}


class Inspected(Struct, frozen=True):
    """What the cache answered; a game without a board is left out."""

    reachable: bool
    milliseconds: float
    boards: Mapping[str, Board] = {}


class Inspect(Struct, frozen=True, forbid_unknown_fields=True):
    """The event of a direct invocation, so that it cannot be taken for a request: `{"inspect": {...}}`."""

    inspect: Inspection
