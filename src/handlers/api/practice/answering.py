"""Answers to the question on show: each counts once, and its repetition is told the same."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from adapters.practice.lists import Lists
from adapters.practice.sessions import Sessions
from handlers.api.practice.asking import Asking
from handlers.api.practice.viewing import Viewing
from quiz.answers import canonical, fingerprint, to_json
from quiz.errors import Conflict, OutdatedSession
from quiz.feedback import correct_answer, feedback
from quiz.practice.memory import Memory
from quiz.practice.practising import NextAction, Practised, penalty, practise, remembering
from quiz.practice.progress import answered, selected
from quiz.practice.sessions import Asked, LastAnswer, Session
from quiz.practice.wire import SessionAnswer, SessionReply, message, standing
from quiz.questions import Question
from quiz.scoring import ALL, grade


class Answering(Struct, frozen=True):
    """Takes answers."""

    asking: Asking
    lists: Lists
    sessions: Sessions
    viewing: Viewing
    now: Callable[[], int]

    def answer(self, sent: SessionAnswer, session_id: str, user_id: str) -> SessionReply:
        """Count the answer, and tell what comes next."""
        mark = _mark(sent, session_id)
        before = self.viewing.read(session_id, user_id)
        if _is_repeated(before, sent, mark):
            return self._reply(before, sent)
        asked = self._asked(before, sent)
        question = self.asking.question(before)
        if question is None:
            after = self._withdrawn(before, asked, mark)
            stored = self.sessions.replace(before, after)
        else:
            practised = self._practised(before, asked, question, sent)
            after = remembering(practised, practised.session, mark, feedback="")
            counted = answered(practised, question, self._memory(before, asked), user_id, sent.time_spent, self.now())
            stored = self.sessions.answer(before, after, counted)
        if stored is after or _is_repeated(stored, sent, mark):
            return self._reply(stored, sent)
        raise self._outdated(stored, sent)

    def _memory(self, session: Session, asked: Asked) -> Memory | None:
        """What was remembered of the question when the session began; all but the due ones count as new."""
        if asked.origin != "due":
            return None
        return self.lists.read(session.list_id, session.total).memories.get(asked.place)

    def _asked(self, session: Session, sent: SessionAnswer) -> Asked:
        if sent.version != session.version:
            raise self._outdated(session, sent)
        if session.asked is None:
            raise Conflict("the session is complete")
        if sent.question_id != session.asked.question_id:
            raise Conflict(f"the question on show is {session.asked.question_id!r}")
        return session.asked

    def _outdated(self, session: Session, sent: SessionAnswer) -> OutdatedSession:
        state = self.viewing.state(session)
        return OutdatedSession(f"the session is at version {state.version}, not {sent.version}", state)

    def _practised(self, before: Session, asked: Asked, question: Question, sent: SessionAnswer) -> Practised:
        correct = grade(question, selected(question, sent.selected_answers)) == ALL
        practised = practise(before, asked, correct)
        if not correct:
            return practised
        after = self.asking.next(practised.session, asked.place)
        # What was left may be gone.
        action = NextAction.COMPLETE if after.is_complete else NextAction.NEXT
        return replace(practised, session=after, next_action=action)

    def _withdrawn(self, before: Session, asked: Asked, mark: str) -> Session:
        """The session after an answer that nobody can tell right or wrong any more."""
        after = self.asking.passed(before)
        action = NextAction.COMPLETE if after.is_complete else NextAction.NEXT
        return replace(after, last=LastAnswer(asked.question_id, mark, before.version, False, str(action), 0))

    def _reply(self, session: Session, sent: SessionAnswer) -> SessionReply:
        """What is told about the last answer: all of it follows from the session, so that it can be told again."""
        session = self.viewing.settled(session)
        last: Any = session.last
        action = NextAction(last.next_action)
        # It was read a moment ago, unless this is a repetition.
        question = self.asking.questions.get(last.question_id)
        told: dict[str, Any] = {}
        if question is not None and (last.correct or action is NextAction.RETRY):
            told["feedback"] = feedback(question, selected(question, sent.selected_answers))
        if question is not None and last.correct:
            told |= {"explanation": question.explanation, "correct_answer": correct_answer(question.key)}
        return SessionReply(
            correct=last.correct,
            next_action=action,
            penalty_indicator=penalty(last.tries),
            message=message(last.correct, action, last.tries),
            version=session.version,
            progress=standing(session),
            question=self.asking.shown(session),
            **told,
        )


def _mark(sent: SessionAnswer, session_id: str) -> str:
    """The same for the same answer to the same question."""
    return fingerprint(f"{session_id}\n{sent.question_id}", to_json(canonical({"answers": sent.selected_answers})))


def _is_repeated(session: Session, sent: SessionAnswer, mark: str) -> bool:
    last = session.last
    return last is not None and (last.version, last.fingerprint) == (sent.version, mark)
