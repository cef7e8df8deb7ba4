"""What clients of live quizzes say: version 1 of the WebSocket protocol. Every message has an `action`."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from quiz.live.names import UserInfo

GameName = Annotated[
    str, Meta(min_length=1, max_length=128, description="A quiz id (its running game is meant), game id or join code.")
]
RequestId = Annotated[str, Meta(max_length=64, description="Comes back with the answer to this message.")]


class ClientMessage(Struct, frozen=True, forbid_unknown_fields=True, tag_field="action", kw_only=True):
    """What every message of a client may hold."""

    request_id: RequestId | None = None


class JoinQuiz(ClientMessage, frozen=True, tag="join_quiz"):
    """Come in, or come back; instructors without `user_info` come to watch and to host."""

    quiz_id: GameName
    user_info: UserInfo | None = None


class GiveAnswer(ClientMessage, frozen=True, tag="answer"):
    """Answer the open question."""

    quiz_id: GameName
    question_id: Annotated[str, Meta(min_length=1, max_length=128)]
    answer: Any


class Ping(ClientMessage, frozen=True, tag="ping"):
    """Keep the connection: API Gateway closes what is silent for ten minutes."""


class HostMessage(ClientMessage, frozen=True, kw_only=True):
    """What hosts say; with the `version` they saw, a wish that came too late changes nothing."""

    quiz_id: GameName
    version: int | None = None


class StartQuiz(HostMessage, frozen=True, tag="start_quiz"):
    """Begin: the first question comes. Without a game in its lobby, one is opened first."""


class NextQuestion(HostMessage, frozen=True, tag="next_question"):
    """Close the open question now, or go on to the next."""


class PauseQuiz(HostMessage, frozen=True, tag="pause_quiz"):
    """Let nothing follow the open question by itself."""


class ResumeQuiz(HostMessage, frozen=True, tag="resume_quiz"):
    """Go on after a pause."""


class EndQuiz(HostMessage, frozen=True, tag="end_quiz"):
    """End the game; an open question is closed first."""


class Kick(HostMessage, frozen=True, tag="kick"):
    """Send a player away for the rest of the game."""

    participant_id: Annotated[str, Meta(min_length=1, max_length=128)]


class ShowLeaderboard(ClientMessage, frozen=True, tag="leaderboard"):
    """The best, and the places around oneself."""

    quiz_id: GameName
    top: Annotated[int, Meta(ge=0, le=100)] = 10
    around: Annotated[str, Meta(pattern="^me$")] | None = None


PlayerMessage = JoinQuiz | GiveAnswer | Ping
AnyHostMessage = StartQuiz | NextQuestion | PauseQuiz | ResumeQuiz | EndQuiz | Kick
