"""The state machine of practice, run for so many steps as are wanted, from a seed."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import get_state_machine_test

from quiz.practice.sessions import PolicyName
from quiz.questions import Question
from tests.proofs.campaigns.practice_mortal import Deaths, Mortal
from tests.proofs.practice.machine import Practice, Sent
from tests.proofs.practice.wire import Server, Told

_STEPS = 50
_EXAMPLES = 20


@dataclass
class Tally:
    """What was done."""

    steps: int = 0
    sessions: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)


class Counted(Practice):
    """The machine against the pure rules, counting."""

    tally: ClassVar[Tally]

    def check_invariants(self, *given: Any) -> None:
        """After each step; before the first there is no session yet, and opening one is none."""
        super().check_invariants(*given)
        self._checked = getattr(self, "_checked", 0) + 1
        self.tally.steps += self._checked > 2
        self.tally.sessions += self._checked == 2

    def _take(self, sent: Sent, told: Told) -> None:
        super()._take(sent, told)
        self.tally.verdicts["accepted"] += 1

    def _same(self, told: Told, again: Told) -> None:
        super()._same(told, again)
        self.tally.verdicts["repeated"] += 1

    def _outdated(self, told: Told) -> None:
        super()._outdated(told)
        self.tally.verdicts["outdated"] += 1


def pure(tally: Tally) -> type[Counted]:
    """The rules alone."""
    return type("Pure", (Counted,), {"tally": tally})


def handled(tally: Tally, deaths: Deaths, luck: str) -> type[Counted]:
    """The real handler, its database, and environments that die."""

    class Handled(Counted):
        server: Mortal

        def serve(self, asked: list[Question], due: int, policy: PolicyName, seed: str) -> Server:
            return deaths.serve(asked, due, policy, seed, luck)

        def race(self, first: Sent, second: Sent) -> tuple[tuple[Sent, Told], tuple[Sent, Told]]:
            """The second comes in between what the first reads and writes, and wins."""
            told: list[Told] = []
            deaths.place.meanwhile = lambda: told.append(self.server.directly(*second))
            late = self.server.directly(*first)
            return (second, told[0]), (first, late)

    Handled.tally = tally
    return Handled


def run_machine(machine: Callable[[], Any], tally: Tally, steps: int, begin: int) -> None:
    """Run it until so many steps were made; raise what it finds."""
    profile = settings(
        max_examples=_EXAMPLES,
        stateful_step_count=_STEPS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    while tally.steps < steps:
        once: Any = get_state_machine_test(machine, settings=profile)  # type: ignore[arg-type]
        seed(begin)(once)()
        begin += 1
