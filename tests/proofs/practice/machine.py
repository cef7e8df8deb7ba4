"""Sessions under any interleaving of right, wrong, repeated, stale and concurrent answers."""

from typing import ClassVar, NamedTuple

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from quiz.practice.sessions import PolicyName
from quiz.questions import Question
from tests.proofs.practice.model import Model
from tests.proofs.practice.pure import Pure
from tests.proofs.practice.wire import RIGHT, WRONG, Server, Told, questions
from tests.proofs.violation import Violation

answers = st.sampled_from([RIGHT, *WRONG])


class Sent(NamedTuple):
    """An answer on its way."""

    question_id: str
    version: int
    answer: str


class Practice(RuleBasedStateMachine):
    """One student with one session, seen by as many clients as like to."""

    most_questions: ClassVar[int] = 8

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[Sent, Told]] = []

    def serve(self, asked: list[Question], due: int, policy: PolicyName, seed: str) -> Server:
        """The server that is put to the proof."""
        return Pure(asked, due, policy, seed)

    def race(self, first: Sent, second: Sent) -> tuple[tuple[Sent, Told], tuple[Sent, Told]]:
        """Send two answers at once: what each is told, the one that was taken up first before the other."""
        return (first, self.server.answer(*first)), (second, self.server.answer(*second))

    @initialize(count=st.integers(1, 8), policy=st.sampled_from(["classic", "spaced"]), data=st.data())
    def open(self, count: int, policy: PolicyName, data: st.DataObject) -> None:
        asked = questions(min(count, self.most_questions))
        due = data.draw(st.integers(0, len(asked))) if policy == "spaced" else 0
        self.given = (asked, due, policy, data.draw(st.text("abc", max_size=4)))
        self.server = self.serve(*self.given)
        self.model = Model({one.question_id: len(one.options) for one in asked}, self.server.read())

    @property
    def complete(self) -> bool:
        return self.model.state.question_id is None

    @precondition(lambda self: not self.complete)
    @rule()
    def right(self) -> None:
        self._answer(RIGHT)

    @precondition(lambda self: not self.complete)
    @rule(answer=st.sampled_from(WRONG))
    def wrong(self, answer: str) -> None:
        self._answer(answer)

    @precondition(lambda self: not self.complete)
    @rule(first=answers, second=answers)
    def concurrent(self, first: str, second: str) -> None:
        one, other = self.race(self._next(first), self._next(second))
        self._take(*one)
        if first == second:
            self._same(one[1], other[1])
        else:
            self._outdated(other[1])

    @precondition(lambda self: self.sent)
    @rule()
    def replayed(self) -> None:
        last, told = self.sent[-1]
        self._same(told, self.server.answer(*last))

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def replayed_with_another_answer(self, data: st.DataObject) -> None:
        last, _ = self.sent[-1]
        other = data.draw(answers.filter(lambda answer: answer != last.answer))
        self._outdated(self.server.answer(last.question_id, last.version, other))

    @precondition(lambda self: len(self.sent) > 1)
    @rule(data=st.data())
    def stale(self, data: st.DataObject) -> None:
        old, _ = data.draw(st.sampled_from(self.sent[:-1]))
        self._outdated(self.server.answer(*old))

    @rule(answer=answers, ahead=st.integers(1, 3))
    def ahead_of_its_time(self, answer: str, ahead: int) -> None:
        self._outdated(self.server.answer("q0", self.model.state.version + ahead, answer))

    @rule(answer=answers, data=st.data())
    def another_question(self, answer: str, data: st.DataObject) -> None:
        state = self.model.state
        other = data.draw(
            st.sampled_from([*self.model.options, "unknown"]).filter(lambda one: one != state.question_id)
        )
        told = self.server.answer(other, state.version, answer)
        if told.verdict != "refused":
            raise Violation(f"rule 5: the answer to {other} was {told.verdict}, and {state.question_id} was asked")

    @invariant()
    def restored(self) -> None:
        self.model.unchanged(self.server.read())

    @invariant()
    def entered(self) -> None:
        self.model.check_books(self.server.books())

    def teardown(self) -> None:
        """The same answers to a session of the same seed are told the same."""
        if not hasattr(self, "model"):
            return
        again = self.serve(*self.given)
        for sent, told in self.sent:
            if again.answer(*sent) != told:
                raise Violation(f"rule 4: {sent} was told something else when the session was replayed")

    def _next(self, answer: str) -> Sent:
        state = self.model.state
        assert state.question_id is not None
        return Sent(state.question_id, state.version, answer)

    def _answer(self, answer: str) -> None:
        sent = self._next(answer)
        self._take(sent, self.server.answer(*sent))

    def _take(self, sent: Sent, told: Told) -> None:
        self.model.accepted(told, sent.answer == RIGHT)
        self.sent.append((sent, told))

    def _same(self, told: Told, again: Told) -> None:
        if again != told:
            raise Violation(f"rule 5: told {told}, and {again} when it was sent again")

    def _outdated(self, told: Told) -> None:
        if told.verdict != "outdated" or told.state is None:
            raise Violation(f"rule 5: an answer to another version was {told.verdict}")
        self.model.unchanged(told.state)
