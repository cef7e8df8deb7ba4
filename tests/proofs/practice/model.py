"""What the issue promises, in plain lists: written from its text, and not from the code."""

from tests.proofs.practice.wire import Books, Row, State, Told
from tests.proofs.violation import Violation

TWICE_MORE = 2


class Model:
    """A session and all that was told about it. Every method raises a Violation of the rule that is broken."""

    def __init__(self, options: dict[str, int], state: State) -> None:
        self.options = options
        self.unasked = list(options)
        # [question, how often it has to be right], the one that has waited longest first.
        self.waiting: list[list[str | int]] = []
        self.mastered: list[str] = []
        self.answers: dict[str, list[bool]] = {}
        self.state = state
        self.was_wrong = False
        self._show(state, None)

    @property
    def count(self) -> int:
        """How many answers were accepted."""
        return sum(map(len, self.answers.values()))

    @property
    def correct(self) -> int:
        """How many of them were right."""
        return sum(map(sum, self.answers.values()))

    def accepted(self, told: Told, is_right: bool) -> None:
        """An answer to the question on show was taken."""
        _hold(told.verdict == "accepted", f"rule 5: the answer to the shown question was {told.verdict}")
        _hold(told.correct == is_right, f"rule 1: told {told.correct} for an answer that is {is_right}")
        before, state = self.state, told.state
        assert before.question_id is not None
        assert state is not None
        _hold(state.version == before.version + 1, f"rule 5: version {before.version} was followed by {state.version}")
        self.answers.setdefault(before.question_id, []).append(is_right)
        if is_right:
            self._right(before.question_id, told, state)
        else:
            self._wrong(before.question_id, told, state)
        self.state = state
        self._check_counts(state)

    def unchanged(self, state: State) -> None:
        """Nothing may have happened since the last accepted answer."""
        _hold(state == self.state, f"rule 5: the session is {state} and was {self.state}")

    def check_books(self, books: Books) -> None:
        """Rule 6: progress is what was answered, question by question and in sum."""
        for question_id, given in self.answers.items():
            row = Row(len(given), sum(given), int(question_id in self.mastered), 1)
            found = books.questions.get(question_id)
            _hold(found == row, f"rule 6: progress of {question_id} is {found} and should be {row}")
        _hold(set(books.questions) == set(self.answers), "rule 6: progress of what was not answered")
        row = Row(self.count, self.correct, len(self.mastered), len(self.answers))
        _hold(books.summary == row, f"rule 6: the summary is {books.summary} and should be {row}")

    def _wrong(self, question_id: str, told: Told, state: State) -> None:
        for one in self.waiting:
            if one[0] == question_id:
                one[1] = TWICE_MORE
        self.was_wrong = True
        _hold(told.action == "RETRY_SAME_QUESTION", f"rule 1: {told.action} after a wrong answer")
        _hold(state.question_id == question_id, f"rule 1: {state.question_id} instead of {question_id} again")
        _hold(told.penalty == "(+1 Question @ 2 Tries)", f"rule 1: the penalty reads {told.penalty}")
        _hold(sorted(state.order) == sorted(self.state.order), "rule 1: other options")
        if self.options[question_id] > 1:
            _hold(state.order != self.state.order, f"rule 1: {question_id} came again in the same order")

    def _right(self, question_id: str, told: Told, state: State) -> None:
        left = self._settle(question_id)
        text = {0: None, 1: "(+1 Question @ 1 Try)", 2: "(+1 Question @ 2 Tries)"}[left]
        _hold(
            told.penalty == text,
            f"rule 3: {left} tries are left of {question_id}, and the penalty reads {told.penalty}",
        )
        self._show(state, question_id)
        action = "SESSION_COMPLETE" if state.question_id is None else "NEXT_QUESTION"
        _hold(told.action == action, f"rule 4: {told.action} and then {state.question_id}")

    def _settle(self, question_id: str) -> int:
        """Rules 2 and 3: how often the question has to be right from now on."""
        entry = next((one for one in self.waiting if one[0] == question_id), None)
        if self.was_wrong:
            self.waiting = [one for one in self.waiting if one is not entry] + [[question_id, TWICE_MORE]]
            return TWICE_MORE
        left = int(entry[1]) - 1 if entry else 0
        if entry:
            entry[1] = left
        if not left:
            self.waiting = [one for one in self.waiting if one is not entry]
            self.mastered.append(question_id)
        return left

    def _show(self, state: State, just: str | None) -> None:
        """Rule 4: the question that follows is one that may."""
        allowed = self._allowed(just)
        what = f"rule 4: after {just} came {state.question_id}, with {self.waiting} waiting and {self.unasked} unasked"
        _hold(state.question_id in allowed if allowed else state.question_id is None, what)
        if state.question_id in self.unasked:
            self.unasked.remove(state.question_id)
        self.was_wrong = False
        if state.question_id is not None:
            _hold(len(state.order) == self.options[state.question_id], "rule 1: options are missing")

    def _allowed(self, just: str | None) -> list[str]:
        waiting = [str(one[0]) for one in self.waiting]
        others = [one for one in waiting if one != just]
        return (others[:1] + self.unasked) or waiting

    def _check_counts(self, state: State) -> None:
        told = (state.remaining, state.pool, state.mastered, state.answered, state.correct)
        counted = (len(self.unasked), len(self.waiting), len(self.mastered), self.count, self.correct)
        _hold(
            told == counted, f"rule 6: told {told} (unasked, waiting, mastered, answered, correct), counted {counted}"
        )


def _hold(condition: bool, otherwise: str) -> None:
    if not condition:
        raise Violation(otherwise)
