"""Coming into a game and coming back: the reply tells all that a client needs to go on from there."""

import random
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from adapters.correlation import about
from adapters.live.connections import Connections
from adapters.live.frozen import FrozenQuestions
from adapters.live.games import Games
from adapters.live.joining import Joining
from adapters.live.players import Players
from adapters.live.times import now_ms
from adapters.observability import logger
from quiz.callers import Caller
from quiz.errors import Forbidden, InvalidInput
from quiz.live.games import Game, Phase, wire_time
from quiz.live.messages import Asked, QuizJoined
from quiz.live.names import UserInfo, display_name
from quiz.live.participants import Participant
from quiz.live.reveal import shown
from quiz.live.wishes import JoinQuiz


class Door(Struct, frozen=True):
    """Lets players and hosts in."""

    games: Games
    questions: FrozenQuestions
    players: Players
    joining: Joining
    connections: Connections
    media_url: Callable[[str], str]
    now: Callable[[], int] = now_ms

    def join(self, message: JoinQuiz, caller: Caller, connection_id: str) -> QuizJoined:
        """Let the connection hear of the game, and then tell where the game stands, so that nothing is missed."""
        game = self._game(message.quiz_id)
        about(quiz_id=game.quiz_id, game_id=game.game_id)
        is_host = message.user_info is None and (caller.is_instructor or caller.user_id == game.host_id)
        player = None if is_host else self._player(game, caller.user_id, message.user_info)
        if game.phase is not Phase.ENDED:
            self.connections.add(game, connection_id, caller.user_id)
            logger().info("a connection hears of the game", host=is_host)
            game = self.games.fresh(game.game_id)
        return self._joined(game, player, is_host)

    def _game(self, name: str) -> Game:
        game = self.games.find(name)
        # Another game of the quiz may have begun since it was read.
        return self.games.fresh(name) if game.phase is Phase.ENDED else game

    def _player(self, game: Game, user_id: str, user_info: UserInfo | None) -> Participant | None:
        has_ended = game.phase is Phase.ENDED
        if user_info is not None and not has_ended:
            return self.joining.join(game, user_id, display_name(user_info.name))
        player = self.players.get(game.game_id, user_id)
        if player is None and not has_ended:
            raise InvalidInput("say who you are - at `$.user_info`")
        if player is not None and player.kicked:
            raise Forbidden("the host has sent you away")
        return player

    def _joined(self, game: Game, player: Participant | None, is_host: bool) -> QuizJoined:
        return QuizJoined(
            game_id=game.game_id,
            quiz_id=game.quiz_id,
            join_code=game.join_code,
            title=game.title,
            phase=str(game.phase),
            version=game.version,
            index=game.index,
            total=game.total,
            paused=game.paused,
            server_time=wire_time(self.now()),
            host=is_host,
            **self._of_player(game, player),
            **self._of_question(game, player),
        )

    def _of_player(self, game: Game, player: Participant | None) -> dict[str, Any]:
        if player is None:
            return {}
        return {"participant_id": player.participant_id, "name": player.name, "score": _score(game, player)}

    def _of_question(self, game: Game, player: Participant | None) -> dict[str, Any]:
        if game.phase is not Phase.OPEN or game.question_id is None:
            return {}
        return {
            "question": self._asked(game, game.question_id),
            "opens_at": wire_time(game.opened_at),
            "closes_at": wire_time(game.closes_at),
            "answered": None if player is None else game.question_id in player.answers,
        }

    def _asked(self, game: Game, question_id: str) -> Asked:
        question = self.questions.get(game.game_id, question_id)
        # The order of matches that the announcement had.
        chance: Any = random.Random(f"{game.game_id}:{question_id}")  # noqa: S311  # no secret
        return shown(game, question, chance, self.media_url(question.media_key) if question.media_key else None)


def _score(game: Game, player: Participant) -> int:
    """The player's points, without those of an open question whose answer is still a secret."""
    hidden = game.phase is Phase.OPEN and game.settings.reveal == "closed"
    record = player.answers.get(game.question_id or "") if hidden else None
    return player.score - (record.points if record else 0)
