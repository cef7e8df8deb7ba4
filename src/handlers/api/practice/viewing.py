"""Sessions as their owners see them."""

from collections.abc import Callable

from msgspec import Struct

from adapters.practice.sessions import Sessions
from handlers.api.practice.asking import Asking
from quiz.practice.sessions import Session
from quiz.practice.wire import SessionQuestion, SessionState, ending, indicator, moment, standing


class Viewing(Struct, frozen=True):
    """Shows how a session stands."""

    asking: Asking
    sessions: Sessions
    now: Callable[[], int]

    def read(self, session_id: str, user_id: str) -> Session:
        """The session as it is stored."""
        return self.sessions.get(session_id, user_id, self.now())

    def settled(self, session: Session) -> Session:
        """The session with a question on show that the bank still holds."""
        while not session.is_complete and self.asking.question(session) is None:
            # Whoever writes first decides; what is met instead may have the same trouble.
            session = self.sessions.replace(session, self.asking.passed(session))
        return session

    def question(self, session: Session) -> SessionQuestion:
        """The question on show."""
        session = self.settled(session)
        return SessionQuestion(
            question=self.asking.shown(session),
            version=session.version,
            remaining=session.remaining,
            wrong_pool=len(session.wrong_pool),
            penalty_indicator=indicator(session),
            next_action=ending(session),
        )

    def state(self, session: Session) -> SessionState:
        """Everything of the session that its owner may see."""
        session = self.settled(session)
        return SessionState(
            session_id=session.session_id,
            version=session.version,
            policy=session.policy,
            total_questions=session.total,
            created_at=moment(session.created_at),
            expires_at=moment(session.expires_at),
            question=self.asking.shown(session),
            progress=standing(session),
            penalty_indicator=indicator(session),
            next_action=ending(session),
            quiz_id=session.quiz_id,
            category=session.category,
            difficulty=session.difficulty,
        )
