"""Who stands where: one order, whether it is read from Redis, from the index or from the table."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

MOST_ROWS = 100
# What a reveal counts at most: everything of a choice, and the commonest of what was typed.
_MOST_ANSWERS_COUNTED = 20


class Standing(Struct, frozen=True):
    """A player in the index by score."""

    participant_id: str
    name: str
    score: int
    rank_score: Decimal
    last_index: int = -1
    last_answer: str = ""
    last_points: int = 0
    last_share: Decimal = Decimal(0)


class ShownName(Struct, frozen=True):
    """Who a row of the leaderboard is."""

    name: str


class Row(Struct, frozen=True):
    """A row of the leaderboard as clients see it."""

    rank: int
    participant_id: str
    score: int
    user_info: ShownName


class Counts(Struct, frozen=True):
    """How a question was answered: by how many, by how many right, and what (as canonical JSON) how often."""

    players: int
    answered: int
    correct: int
    answers: dict[str, int]


def ordered(standings: Iterable[Standing]) -> list[Standing]:
    """The best first. Of two that are equal in all, the greater id: so Redis sorts them, too."""
    return sorted(standings, key=lambda one: (one.rank_score, one.participant_id), reverse=True)


def rows(ordered: Sequence[Standing], first_rank: int = 1) -> tuple[Row, ...]:
    """Rows for players who stand in this order, the first of them at this rank."""
    return tuple(
        Row(rank, one.participant_id, one.score, ShownName(one.name))
        for rank, one in enumerate(ordered, start=first_rank)
    )


def ranks(ordered: Iterable[Standing]) -> Mapping[str, int]:
    """Everybody's rank."""
    return {one.participant_id: rank for rank, one in enumerate(ordered, start=1)}


def counts(standings: Sequence[Standing], index: int) -> Counts:
    """How the question of this index was answered."""
    answered = [one for one in standings if one.last_index == index]
    given = Counter(one.last_answer for one in answered)
    return Counts(
        players=len(standings),
        answered=len(answered),
        correct=sum(one.last_share == 1 for one in answered),
        answers=dict(given.most_common(_MOST_ANSWERS_COUNTED)),
    )
