"""What goes wrong, how often, and when: all of it follows from the seed."""

from collections.abc import Mapping
from enum import StrEnum

from tests.proofs.campaigns.delivering.chance import Chance


class Trouble(StrEnum):
    """One misfortune, of a call or of a whole invocation."""

    KILLED_BEFORE = "before the call"
    KILLED_AFTER = "after the call, before its answer"
    KILLED_ANSWERED = "with the answer on its way"
    KILLED_AT_ONCE = "as it got the batch"
    KILLED_SOMETIME = "at some moment"
    KILLED_RESPONDING = "with its response on its way"
    CUT_OFF = "at the function's timeout"
    DIED = "of itself"
    THROTTLED = "throttled"
    THROTTLED_TWICE = "throttled, and its repetition too"
    STALLED_BEFORE = "timed out without effect"
    STALLED_AFTER = "timed out after it took effect"
    STALLED_LATE = "timed out, and took effect later"
    DROPPED_BEFORE = "cut off without effect"
    DROPPED_AFTER = "cut off after it took effect"
    FAILED_BEFORE = "failed with a 500 without effect"
    FAILED_AFTER = "failed with a 500 after it took effect"
    LEFT_OVER = "answered only in part"
    UNHEARD = "response lost"
    SLOW = "slow of itself"


KILLS = frozenset({*(one for one in Trouble if one.name.startswith("KILLED")), Trouble.CUT_OFF})
THROTTLES = frozenset({Trouble.THROTTLED, Trouble.THROTTLED_TWICE})
TIMEOUTS = frozenset({Trouble.STALLED_BEFORE, Trouble.STALLED_AFTER, Trouble.STALLED_LATE})
OTHER_TROUBLE = frozenset(
    {
        Trouble.DROPPED_BEFORE,
        Trouble.DROPPED_AFTER,
        Trouble.FAILED_BEFORE,
        Trouble.FAILED_AFTER,
        Trouble.LEFT_OVER,
    }
)
TAKES_EFFECT = frozenset(
    {
        Trouble.KILLED_AFTER,
        Trouble.KILLED_ANSWERED,
        Trouble.STALLED_AFTER,
        Trouble.DROPPED_AFTER,
        Trouble.FAILED_AFTER,
        Trouble.LEFT_OVER,
    }
)

_OF_A_CALL: Mapping[Trouble, float] = {
    Trouble.KILLED_BEFORE: 0.004,
    Trouble.KILLED_AFTER: 0.004,
    Trouble.KILLED_ANSWERED: 0.003,
    Trouble.THROTTLED: 0.015,
    Trouble.THROTTLED_TWICE: 0.008,
    # Few, because a client really waits for each until it gives up.
    Trouble.STALLED_BEFORE: 0.0007,
    Trouble.STALLED_AFTER: 0.0007,
    Trouble.STALLED_LATE: 0.0007,
    Trouble.DROPPED_BEFORE: 0.003,
    Trouble.DROPPED_AFTER: 0.003,
    Trouble.FAILED_BEFORE: 0.002,
    Trouble.FAILED_AFTER: 0.002,
    Trouble.LEFT_OVER: 0.01,
}
_OF_AN_INVOCATION: Mapping[Trouble, float] = {
    Trouble.KILLED_AT_ONCE: 0.005,
    Trouble.KILLED_SOMETIME: 0.01,
    Trouble.KILLED_RESPONDING: 0.005,
    Trouble.UNHEARD: 0.02,
}
# Messages with which no call ever works, until there is peace: SQS gives up on them.
_UNLUCKY = 0.002


class Adversary:
    """Decides, until there is peace."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self.at_peace = False

    def of_call(self, operation: str, about: str | int, number: int) -> Trouble | None:
        """What happens to that call: the `number`th of its kind for the message, or for the quiz."""
        if self.at_peace:
            return None
        if operation == "PutItem" and self._chance.of("unlucky", about) < _UNLUCKY:
            return Trouble.THROTTLED
        if number and self._of_call(operation, about, number - 1) is Trouble.THROTTLED_TWICE:
            return Trouble.THROTTLED
        return self._of_call(operation, about, number)

    def of_invocation(self, number: int) -> Trouble | None:
        """What happens to that invocation."""
        return None if self.at_peace else _drawn(_OF_AN_INVOCATION, self._chance.of("invocation", number))

    def _of_call(self, operation: str, about: str | int, number: int) -> Trouble | None:
        drawn = _drawn(_OF_A_CALL, self._chance.of(operation, about, number))
        return None if drawn is Trouble.LEFT_OVER and operation != "BatchGetItem" else drawn


def _drawn(rates: Mapping[Trouble, float], number: float) -> Trouble | None:
    for trouble, rate in rates.items():
        number -= rate
        if number < 0:
            return trouble
    return None
