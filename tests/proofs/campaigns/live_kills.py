"""Ends invocations early: of every function, and at any call."""

from collections import Counter
from collections.abc import Callable
from math import exp, log
from random import Random
from threading import Lock
from typing import Any, NamedTuple

from tests.proofs.campaigns.live_afterwards import Afterwards
from tests.proofs.faults import Killed
from tests.proofs.live.calls import Crash
from tests.proofs.live.world import World

_MOST = 0.4
_BEFORE = 0.25
_MOST_TRIES = 100


class Odds(NamedTuple):
    """How often an invocation is to die, and after how many calls at most; it may make fewer."""

    share: float
    calls: int


# Rarer where there are more invocations.
ODDS = {
    "socket": Odds(0.02, 4),
    "http": Odds(0.1, 4),
    "leaderboard": Odds(0.3, 2),
    "clock": Odds(0.3, 20),
    "broadcast": Odds(0.06, 400),
    "projector": Odds(0.1, 2),
}


class Kills:
    """What a world has around its invocations; `often` multiplies the odds."""

    def __init__(self, world: World, seed: int, often: float = 1.0) -> None:
        self.killed: Counter[str] = Counter()
        self.afterwards = Afterwards(world, Random(f"afterwards {seed}"))
        self._world = world
        self._often = often
        self._chance = Random(f"kills {seed}")
        self._lock = Lock()

    def __call__(self, function: str, event: dict[str, Any], make: Callable[[], Any]) -> Any:
        """Make the invocation until it lives, or until it is left to the queue or the client."""
        for _ in range(_MOST_TRIES):
            told = self.afterwards.of(function, event, self._made(function, make))
            if told is not None:
                return told
        raise AssertionError(f"{function} failed {_MOST_TRIES} times in a row")

    def _made(self, function: str, make: Callable[[], Any]) -> Any:
        """What is answered; None if the environment died."""
        crash = self._drawn(function)
        with self._world.calls.crashing(crash):
            try:
                answer = make()
            except Killed:
                with self._lock:
                    self.killed[function] += 1
                return None
        assert not crash.dead, f"{function} went on after {crash.names[-1]}, where it had died"
        return answer

    def _drawn(self, function: str) -> Crash:
        with self._lock:
            odds = ODDS[function]
            if self._chance.random() >= min(_MOST, odds.share * self._often):
                return Crash()
            # Early calls and late ones, whether there are three or three hundred.
            number = int(exp(self._chance.uniform(0, log(odds.calls + 1)))) - 1
            return Crash(number, before=self._chance.random() < _BEFORE)
