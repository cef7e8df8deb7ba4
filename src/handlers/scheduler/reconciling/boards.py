"""Compares the boards in the cache with the players in the table."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec
from msgspec import Struct

from adapters.live.participants import read_participant
from adapters.observability import logger
from adapters.operations.inspection import Inspector
from adapters.operations.rows import Rows
from adapters.operations.sampling import Item
from quiz.errors import Unavailable
from quiz.live.participants import Participant
from quiz.operations.boards import Standing, is_wrong, standing_of
from quiz.operations.inspection import Inspected, Inspection

# A sample of all players hits few whose board is still there, so as many are drawn from the boards.
_DRAWN = 200
# What was won this long ago is on the board, unless it is lost on the way; a busy stream is waited for some times.
_SETTLING_SECONDS = 5
_LOOKS = 3
_MOST_LINES = 20
# So long a board is kept. Whoever writes it says so, but would bring the client of Redis along.
BOARD_SECONDS_KEPT = 2 * 86_400


class Who(NamedTuple):
    """A player of a game."""

    game_id: str
    participant_id: str


class Boards(Struct, frozen=True):
    """Compares them while games go on."""

    rows: Rows
    table: str
    inspector: Inspector
    sleep: Callable[[float], None]
    now: Callable[[], int]

    def drifted(self, sample: Iterable[Item], in_time: Callable[[], bool]) -> int:
        """How many players of whole boards are wrong there, however often one looks."""
        asked = {who for player in map(_player, sample) if player and (who := self._may_be_on_a_board(player))}
        shown = _shown(self._look(asked, _DRAWN), asked)
        now = self._standings(shown)
        suspects = [who for who, rank in shown.items() if is_wrong(now.get(who), rank, now.get(who))]
        for _ in range(_LOOKS):
            if suspects:
                suspects = self._still_wrong(suspects, in_time)
        for who in suspects[:_MOST_LINES]:
            logger().error("a board shows what the table does not hold", extra=who._asdict())
        logger().info("boards compared", players=len(shown), wrong=len(suspects))
        return len(suspects)

    def _still_wrong(self, suspects: Sequence[Who], in_time: Callable[[], bool]) -> list[Who]:
        if not in_time():
            raise Unavailable("there was no time to look at the boards again")
        before = self._standings(suspects)
        self.sleep(_SETTLING_SECONDS)
        shown = _shown(self._look(suspects, 0), suspects)
        after = self._standings(suspects)
        return [who for who in suspects if who in shown and is_wrong(before.get(who), shown[who], after.get(who))]

    def _look(self, players: Iterable[Who], drawn: int) -> Inspected:
        games: dict[str, tuple[str, ...]] = {}
        for who in players:
            games[who.game_id] = (*games.get(who.game_id, ()), who.participant_id)
        found = self.inspector.inspect(Inspection(games, drawn))
        if not found.reachable:
            raise Unavailable("the cache does not answer")
        return found

    def _standings(self, players: Iterable[Who]) -> Mapping[Who, Standing]:
        """How these players stand in the table now; who is not there is left out."""
        items = self.rows.read(self.table, [who._asdict() for who in players])
        found = [player for player in map(_player, items) if player]
        return {Who(player.game_id, player.participant_id): standing_of(player) for player in found}

    def _may_be_on_a_board(self, player: Participant) -> Who | None:
        touched = max([player.joined_at, *(answer.at for answer in player.answers.values())])
        is_recent = self.now() - touched < BOARD_SECONDS_KEPT * 1000
        return Who(player.game_id, player.participant_id) if is_recent else None


def _shown(found: Inspected, asked: Iterable[Who]) -> dict[Who, int | None]:
    """What the whole boards show of those who were asked for, None for nothing, and of whoever was drawn."""
    whole = {game_id: board for game_id, board in found.boards.items() if board.complete}
    drawn = {Who(game_id, one): rank for game_id, board in whole.items() for one, rank in board.ranks.items()}
    return {**dict.fromkeys(who for who in asked if who.game_id in whole), **drawn}


def _player(item: Item) -> Participant | None:
    """The player, if the item can be read as one; whoever compares scores tells of one that cannot."""
    try:
        return read_participant(item)
    except (msgspec.ValidationError, ArithmeticError, LookupError, TypeError, ValueError):
        return None
