"""The end of a game: results are kept, everybody is told, and the world learns who won. All of it may happen twice."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from msgspec import Struct, structs

from adapters.events import Bus, Event
from adapters.live.exports import GameExports
from adapters.live.frozen import FrozenQuestions
from adapters.live.queues import Jobs
from adapters.live.standings import Standings
from adapters.live.winners import WinnersTopic, Winning
from adapters.observability import measure
from quiz.errors import Unavailable
from quiz.live.broadcasts import jobs
from quiz.live.games import Game, wire_time
from quiz.live.messages import encode
from quiz.live.participants import Participant
from quiz.live.results import Summary
from quiz.live.reveal import quiz_ended, you
from quiz.live.sheets import files
from quiz.live.standings import Standing, ordered, rows
from quiz.live.tally import game_results, standing_of


class Ending(Struct, frozen=True):
    """What it takes to conclude a game."""

    standings: Standings
    questions: FrozenQuestions
    exports: GameExports
    jobs: Jobs
    topic: WinnersTopic
    winners: int
    bus: Bus
    now: Callable[[], int]

    def conclude(self, game: Game) -> None:
        """Everything that follows from the end; first what must not be lost."""
        participants = self._participants(game)
        results = game_results(game, list(self.questions.all(game)), participants)
        self.exports.put(game.game_id, files(results))
        best_first = ordered(map(standing_of, participants))
        self.jobs.send(jobs(game, encode(quiz_ended(game, best_first)), self.now(), you(game, best_first)))
        self._publish_winners(game, best_first)
        self._publish_end(game, results.summary)

    def _participants(self, game: Game) -> list[Participant]:
        """Everybody who was not sent away, as the table has them: the index may be behind."""
        known = [one.participant_id for one in self.standings.all(game)]
        return [one for one in self.standings.players(game, known) if not one.kicked]

    def _publish_winners(self, game: Game, best_first: Sequence[Standing]) -> None:
        if best_first:
            best = rows(best_first[: self.winners])
            self.topic.publish(Winning(game.game_id, game.quiz_id, game.title, wire_time(game.ended_at), best))

    def _publish_end(self, game: Game, summary: Summary) -> None:
        told = {"game_id": game.game_id, "quiz_id": game.quiz_id, "ended_at": wire_time(game.ended_at)}
        if self.bus.publish([Event("SessionCompleted", {**told, **structs.asdict(summary)})]):
            raise Unavailable("the bus did not take the end of a game")
        if summary.players:
            _measure("ParticipationRate", summary.participation_rate)
            _measure("CompletionRate", summary.completion_rate)


def _measure(name: str, rate: Decimal) -> None:
    measure(name, "Percent", float(rate * 100))
