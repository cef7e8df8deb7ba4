"""The adversary: any order of sending, delivering, duplicating, failing, waiting and moving, chosen by Hypothesis."""

from typing import ClassVar, TypeAlias

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from tests.proofs.environment import Platform
from tests.proofs.faults import Fault
from tests.proofs.lms import EXAM, Choices, Work
from tests.proofs.poisons import POISONS
from tests.proofs.scenarios import come_to_rest
from tests.proofs.world import World

STUDENTS = ("ada", "bob", "cyd")

students = st.sampled_from(STUDENTS)
# What is answered to each question, and whether there is an answer to a question of another quiz.
Chosen: TypeAlias = tuple[Choices, bool]
chosen = st.tuples(
    st.tuples(*(st.none() | st.integers(0, len(asked.answers) - 1) for asked in EXAM.values())), st.booleans()
)
quizzes = st.sampled_from(["exam", "exam", "exam", "late"])
groups = st.sampled_from([None, None, None, "everyone"])
styles = st.integers(0, 3)
# A cold environment makes two calls to read a quiz, then one per record.
faults = st.dictionaries(st.integers(0, 7), st.sampled_from(Fault), min_size=1, max_size=4)
# How many records, which group comes first, whether groups take turns.
Mixture: TypeAlias = tuple[int, int, bool]
mixtures = st.tuples(st.integers(1, 10), st.integers(0, 3), st.booleans())
# Around the visibility timeout, around and far beyond the de-duplication window.
waits = st.sampled_from([1, 59, 60, 61, 299, 300, 301, 601, 86_400])


def _waiting(machine: "SubmissionDelivery") -> bool:
    return bool(machine.world.history.queue.messages)


class SubmissionDelivery(RuleBasedStateMachine):
    """Runs a world, and has it judged when it has come to rest, and again after a redrive of all dead letters."""

    platform: ClassVar[Platform] = Platform()

    def __init__(self) -> None:
        super().__init__()
        self.world = World(self.platform)
        self.works: list[Work] = []

    @rule(student=students, quiz=quizzes, chosen=chosen, style=styles, group=groups, many=st.integers(1, 4))
    def send(self, student: str, quiz: str, chosen: Chosen, style: int, group: str | None, many: int) -> None:
        for _ in range(many):
            work = Work(student, f"s{len(self.works)}", quiz, *chosen)
            self.works.append(work)
            self.world.send(work, style, group)

    @precondition(lambda self: self.works)
    @rule(number=st.integers(0, 30), style=styles, group=groups)
    def resend(self, number: int, style: int, group: str | None) -> None:
        self.world.send(self.works[number % len(self.works)], style, group)

    @precondition(lambda self: self.works)
    @rule(number=st.integers(0, 30), chosen=chosen, quiz=quizzes, group=groups)
    def send_conflict(self, number: int, chosen: Chosen, quiz: str, group: str | None) -> None:
        work = self.works[number % len(self.works)]
        other = Work(work.student, work.submission, quiz, *chosen)
        self.works.append(other)
        self.world.send(other, group=group)

    @rule(kind=st.sampled_from(sorted(POISONS)), student=students)
    def send_poison(self, kind: str, student: str) -> None:
        self.world.poison(kind, student)

    @precondition(_waiting)
    @rule(faults=faults, mixture=mixtures, rounds=st.integers(1, 6))
    def deliver_with_trouble(self, faults: dict[int, Fault], mixture: Mixture, rounds: int) -> None:
        """The same trouble for some time: six rounds of it exhaust the receives of a message."""
        for _ in range(rounds):
            self.world.deliver(faults, *mixture)
            self.world.advance(60)

    @precondition(_waiting)
    @rule(faults=faults, mixture=mixtures, slow=st.sampled_from([5, 61]))
    def deliver_slowly(self, faults: dict[int, Fault], mixture: Mixture, slow: float) -> None:
        self.world.deliver(faults, *mixture, slow=slow)

    @precondition(_waiting)
    @rule(mixture=mixtures)
    def lose_response(self, mixture: Mixture) -> None:
        self.world.deliver(None, *mixture, lost=True)

    @precondition(_waiting)
    @rule(mixture=mixtures)
    def deliver(self, mixture: Mixture) -> None:
        self.world.deliver(None, *mixture)

    @precondition(lambda self: self.world.received)
    @rule(number=st.integers(0, 30), only=st.none() | st.integers(0, 9), faults=faults)
    def duplicate(self, number: int, only: int | None, faults: dict[int, Fault]) -> None:
        self.world.duplicate(number, only, faults)

    @precondition(_waiting)
    @rule(limit=st.integers(1, 10))
    def throttle_function(self, limit: int) -> None:
        self.world.drop(limit)

    @rule(seconds=waits)
    def wait(self, seconds: float) -> None:
        self.world.advance(seconds)

    @precondition(lambda self: self.world.history.dead_letters.messages)
    @rule(limit=st.integers(1, 5))
    def redrive(self, limit: int) -> None:
        self.world.move_back(limit)

    @rule(what=st.sampled_from(["late quiz", "new keys", "restart"]))
    def change_something(self, what: str) -> None:
        {
            "late quiz": self.world.publish_late_quiz,
            "new keys": self.world.correct_keys,
            "restart": self.world.restart,
        }[what]()

    def teardown(self) -> None:
        come_to_rest(self.world)
