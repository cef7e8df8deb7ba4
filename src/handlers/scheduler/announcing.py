"""What follows from a transition: everybody is told, the next timer is set, and then the game is marked as announced.

All of it may happen again. Messages carry the version, which clients know, and timers too, which the clock knows.
"""

import random
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from adapters.live.frozen import FrozenQuestions
from adapters.live.queues import Jobs, Triggers
from adapters.live.standings import Standings
from adapters.live.turns import Turns
from adapters.media import MediaStore
from handlers.scheduler.ending import Ending
from quiz.live.broadcasts import jobs
from quiz.live.clock import Action, Trigger
from quiz.live.games import Game
from quiz.live.messages import NewQuestion, ServerMessage, You, encode, new_question
from quiz.live.reveal import News, news, question_closed, question_closing, quiz_paused, shown, you
from quiz.live.standings import ordered
from quiz.questions import Question

# The last answers are still on their way from the table into the index, which everybody's standing is read from.
_SETTLING_SECONDS = 0.25


class Announcer(Struct, frozen=True):
    """What it takes to announce the state of a game."""

    turns: Turns
    questions: FrozenQuestions
    standings: Standings
    media: MediaStore
    jobs: Jobs
    triggers: Triggers
    ending: Ending
    now: Callable[[], int]
    sleep: Callable[[float], None]

    def announce(self, game: Game) -> None:
        """Tell everybody of the latest transition and see to the next one."""
        match news(game):
            case News.OPENED:
                self._tell(game, self._opened(game), useless_after=game.accepts_until)
            case News.CLOSING:
                self._tell(game, question_closing(game, self.now()), useless_after=game.accepts_until)
            case News.PAUSED:
                self._tell(game, quiz_paused(game))
            case News.CLOSED:
                self._reveal(game)
            case News.ENDED:
                self.ending.conclude(game)
        self._wind(game)
        self.turns.mark_announced(game)

    def _opened(self, game: Game) -> NewQuestion:
        question = self._question(game)
        media_url = self.media.read_url(question.media_key) if question.media_key else None
        # The same order of matches for whoever joins later.
        chance: Any = random.Random(f"{game.game_id}:{question.question_id}")  # noqa: S311  # no secret
        return new_question(game, shown(game, question, chance, media_url), self.now())

    def _reveal(self, game: Game) -> None:
        self.sleep(_SETTLING_SECONDS)
        best_first = ordered(self.standings.all(game))
        self._tell(game, question_closed(game, self._question(game), best_first), you(game, best_first))

    def _tell(
        self, game: Game, message: ServerMessage, you: Mapping[str, You] | None = None, useless_after: int = 0
    ) -> None:
        self.jobs.send(jobs(game, encode(message), self.now(), you, useless_after))

    def _wind(self, game: Game) -> None:
        """Set the timer; where it comes a little early, the clock waits for what is left."""
        if game.due_at:
            trigger = Trigger(game.game_id, Action.TICK, version=game.version)
            self.triggers.send(trigger, delay_seconds=max(0, game.due_at - self.now()) // 1000)

    def _question(self, game: Game) -> Question:
        return self.questions.get(game.game_id, game.question_ids[game.index])
