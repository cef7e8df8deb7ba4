"""What comes over a WebSocket, handed to whoever can do it."""

from collections.abc import Mapping

from msgspec import Struct, structs

from adapters.gateway.frames import Sender
from adapters.live.times import now_ms
from handlers.api.live.environment import Live
from handlers.api.live.joining import Door
from handlers.api.live.kicking import Kicking
from quiz.live.clock import Action
from quiz.live.games import Game, wire_time
from quiz.live.messages import AnswerAccepted, Pong, ServerMessage, state_of
from quiz.live.wishes import (
    AnyHostMessage,
    EndQuiz,
    GiveAnswer,
    HostMessage,
    JoinQuiz,
    Kick,
    NextQuestion,
    PauseQuiz,
    Ping,
    PlayerMessage,
    ResumeQuiz,
    StartQuiz,
)

_ACTIONS: Mapping[type[HostMessage], Action] = {
    StartQuiz: Action.START,
    NextQuestion: Action.NEXT,
    PauseQuiz: Action.PAUSE,
    ResumeQuiz: Action.RESUME,
    EndQuiz: Action.END,
}


class Room(Struct, frozen=True):
    """Answers messages."""

    live: Live
    door: Door
    kicking: Kicking

    def answer(self, message: PlayerMessage | AnyHostMessage, sender: Sender) -> ServerMessage:
        """The answer to one message, or one of our errors."""
        match message:
            case Ping():
                return Pong(server_time=wire_time(now_ms()))
            case JoinQuiz():
                return self.door.join(message, sender.caller, sender.connection_id)
            case GiveAnswer():
                answered = self.live.answering.answer(
                    message.quiz_id, message.question_id, message.answer, sender.caller.user_id
                )
                return AnswerAccepted(**structs.asdict(answered))
        sender.caller.require_instructor()
        return state_of(self._host(message, sender))

    def _host(self, message: HostMessage, sender: Sender) -> Game:
        if isinstance(message, Kick):
            return self.kicking.kick(message.quiz_id, message.participant_id)
        return self.live.hosting.wish(
            _ACTIONS[type(message)], message.quiz_id, sender.caller.user_id, sender.delivery, message.version
        )
