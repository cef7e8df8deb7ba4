"""What a student remembers of a question, by FSRS: when it is due again, and how surely it is known until then."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import cache

from fsrs import Card, Rating, Scheduler, State
from msgspec import Struct

_PLACES = Decimal("0.000001")


class Memory(Struct, frozen=True):
    """The state of one memory. Times are seconds since 1970, in UTC."""

    stability: Decimal
    difficulty: Decimal
    due: int
    reviewed: int


@cache
def _scheduler() -> Scheduler:
    # What comes back within a session is the pool's business, so there are no steps of minutes; and no chance.
    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def reviewed(memory: Memory | None, is_right: bool, now: int) -> Memory:
    """The memory after the question was answered on another day than the last time, or for the first time."""
    card, _ = _scheduler().review_card(_card(memory), Rating.Good if is_right else Rating.Again, _moment(now))
    return Memory(
        stability=_decimal(card.stability),
        difficulty=_decimal(card.difficulty),
        due=int(card.due.timestamp()),
        reviewed=now,
    )


def strength(memory: Memory, now: int) -> float:
    """How likely the student knows it now."""
    return _scheduler().get_card_retrievability(_card(memory), _moment(now))


def _card(memory: Memory | None) -> Card:
    if memory is None:
        # Any number: without one the library waits for the clock to make one.
        return Card(card_id=1)
    return Card(
        card_id=1,
        state=State.Review,
        stability=float(memory.stability),
        difficulty=float(memory.difficulty),
        due=_moment(memory.due),
        last_review=_moment(memory.reviewed),
    )


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _decimal(number: float | None) -> Decimal:
    return Decimal(str(number or 0.0)).quantize(_PLACES)
