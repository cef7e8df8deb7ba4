"""A server made of the pure rules and nothing else: one session in memory."""

from collections import Counter
from decimal import Decimal

from quiz.practice import practising, showing
from quiz.practice.memory import Memory
from quiz.practice.progress import Answered, answered
from quiz.practice.sessions import CreateSession, PolicyName, Session, new_session
from quiz.questions import Question
from quiz.scoring import ALL, grade
from tests.proofs.practice.wire import Books, Row, State, Told

_SECONDS = 10
_DAY = 86_400
NOW = 1_772_600_000


class Pure:
    """Follows the rules as the real handler does: look at the version, practise, choose, name, remember."""

    def __init__(self, asked: list[Question], due: int, policy: PolicyName, seed: str) -> None:
        self.questions = asked
        wanted = CreateSession(category="music", policy=policy)
        fresh = new_session(wanted, "session", "ann", seed, "list", len(asked) - due, due, NOW)
        self.session = self._choose(fresh, None)
        self.rows: dict[str, Counter[str]] = {}

    def read(self) -> State:
        return _state(self.session, self.questions)

    def answer(self, question_id: str, version: int, answer: str) -> Told:
        session, last = self.session, self.session.last
        if version != session.version:
            if last and (last.version, last.question_id, last.fingerprint) == (version, question_id, answer):
                return self._told()
            return Told("outdated", self.read())
        if session.asked is None or session.asked.question_id != question_id:
            return Told("refused", None)
        question = self.questions[session.asked.place]
        practised = practising.practise(session, session.asked, grade(question, answer) == ALL)
        self._enter(answered(practised, question, self._memory(session), "ann", _SECONDS, NOW))
        after = practised.session
        if after.asked is None:
            after = self._choose(after, session.asked.place)
        self.session = practising.remembering(practised, after, answer, "")
        return self._told()

    def books(self) -> Books:
        rows = {question_id: _row(row) for question_id, row in self.rows.items()}
        return Books(_row(sum(self.rows.values(), Counter())), rows)

    def _choose(self, session: Session, but: int | None) -> Session:
        after, pick = practising.chosen(session, but)
        return practising.named(after, pick, "" if pick is None else self.questions[pick.place].question_id)

    def _memory(self, session: Session) -> Memory | None:
        is_due = session.asked is not None and session.asked.place >= session.new
        return Memory(Decimal(3), Decimal(5), NOW, NOW - 3 * _DAY) if is_due else None

    def _enter(self, told: Answered) -> None:
        row = self.rows.setdefault(told.question_id, Counter())
        row.update(
            answered=1,
            correct=told.correct,
            mastered=told.is_mastered,
            memories=told.is_first and told.memory is not None,
        )

    def _told(self) -> Told:
        last = self.session.last
        assert last is not None
        return Told("accepted", self.read(), last.correct, last.next_action, practising.penalty(last.tries))


def _state(session: Session, questions: list[Question]) -> State:
    asked = session.asked
    order: tuple[str, ...] = ()
    if asked is not None:
        seen = showing.shown(questions[asked.place], session.seed, asked)
        order = tuple(option.id for option in seen.options)
    return State(
        version=session.version,
        question_id=None if asked is None else asked.question_id,
        order=order,
        remaining=session.remaining,
        pool=len(session.wrong_pool),
        mastered=session.mastered,
        answered=session.answered,
        correct=session.correct,
    )


def _row(row: Counter[str]) -> Row:
    return Row(row["answered"], row["correct"], row["mastered"], row["memories"])
