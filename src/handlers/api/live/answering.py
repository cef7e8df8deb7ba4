"""An answer to the open question, by whichever way it comes: counted once, and told again as often as it is sent."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from adapters.correlation import about
from adapters.live.frozen import FrozenQuestions
from adapters.live.games import Games
from adapters.live.players import Accepted, Players
from adapters.live.times import now_ms
from adapters.observability import count
from quiz import answers as given
from quiz.errors import Forbidden, TooLate
from quiz.feedback import correct_answer
from quiz.live.games import Game, Phase
from quiz.live.participants import require_open, scored


class Answered(Struct, frozen=True):
    """The answer counts. What it earned is null until the quiz tells: at once, or when the question is closed."""

    game_id: str
    question_id: str
    is_correct: bool | None = None
    score_earned: int | None = None
    correct_answer: Any = None
    total_score: int | None = None


class Answering(Struct, frozen=True):
    """Takes answers."""

    games: Games
    questions: FrozenQuestions
    players: Players
    now: Callable[[], int] = now_ms

    def answer(self, name: str, question_id: str, answer: Any, participant_id: str) -> Answered:
        """Count the answer, or recognise it, if it comes in time; recognise it later, too."""
        arrived = self.now()
        game = self._game(name, question_id)
        about(quiz_id=game.quiz_id, game_id=game.game_id)
        try:
            require_open(game, question_id, arrived)
        except TooLate:
            known = self._counted_before(game, question_id, answer, participant_id)
            if known is None:
                count("AnswersLate")
                raise
            accepted = known
        else:
            accepted = self._count(game, question_id, answer, participant_id, arrived)
        count("AnswersAccepted" if accepted.is_new else "AnswersRepeated")
        return self._told(game, question_id, accepted)

    def _game(self, name: str, question_id: str) -> Game:
        game = self.games.find(name)
        if game.phase is Phase.OPEN and game.question_id == question_id:
            return game
        # It may have moved on since it was read, or another game of the quiz may have begun.
        return self.games.fresh(name)

    def _count(self, game: Game, question_id: str, answer: Any, participant_id: str, arrived: int) -> Accepted:
        question = self.questions.get(game.game_id, question_id)
        return self.players.answer(game, participant_id, lambda streak: scored(game, question, answer, streak, arrived))

    def _counted_before(self, game: Game, question_id: str, answer: Any, participant_id: str) -> Accepted | None:
        player = self.players.get(game.game_id, participant_id)
        record = player and player.answers.get(question_id)
        if not player or not record or record.answer != _text(answer):
            return None
        if player.kicked:
            raise Forbidden("the host has sent you away")
        return Accepted(record, player.score, is_new=False)

    def _told(self, game: Game, question_id: str, accepted: Accepted) -> Answered:
        still_open = game.phase is Phase.OPEN and game.question_id == question_id
        if still_open and game.settings.reveal == "closed":
            return Answered(game.game_id, question_id)
        return Answered(
            game_id=game.game_id,
            question_id=question_id,
            is_correct=accepted.record.share == 1,
            score_earned=accepted.record.points,
            correct_answer=correct_answer(self.questions.get(game.game_id, question_id).key),
            total_score=accepted.total,
        )


def _text(answer: Any) -> str:
    """The answer as records hold it; null, which no record holds, for none."""
    return given.to_json(given.canonical({"answer": answer}).get("answer"))  # type: ignore[arg-type]
