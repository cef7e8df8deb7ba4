"""Makes a board what the table says, while the game goes on: nothing newer is overwritten or removed."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from adapters.cache.places import Place, place_of_player, place_of_standing
from adapters.cache.scripts import TIE_DIGITS
from adapters.live.board import Board
from adapters.live.games import Games
from adapters.live.standings import Standings
from quiz.live.games import Game


class Restored(Struct, frozen=True):
    """What was found; a board that is not complete was lost again meanwhile, or somebody else restores it."""

    players: int
    dropped: int
    is_complete: bool


def restore(board: Board, games: Games, standings: Standings, name: str) -> Restored:
    """Restore the board of a game, which has to be the caller's to restore."""
    game = games.fresh(name)
    expected = _by_member(place_of_standing(game.game_id, one) for one in standings.all(game))
    # Also who was sent away: a record from before that may still come.
    gone = [place_of_standing(game.game_id, one) for one in standings.kicked(game)]
    lost = board.write([*expected.values(), *gone])
    doubtful = _doubtful(board, game, expected)
    true = _by_member(map(place_of_player, standings.players(game, {member[TIE_DIGITS:] for member in doubtful})))
    wrong = {member: rank for member, rank in doubtful.items() if _is_wrong(rank, true.get(member))}
    dropped = board.drop(game.game_id, wrong)
    lost |= board.write(true.values())
    # A board that became the caller's to restore only now is not the one that this began with.
    return Restored(len(expected), dropped, not lost and board.complete(game.game_id))


def _doubtful(board: Board, game: Game, expected: Mapping[str, Place]) -> dict[str, int | None]:
    """Whom the index does not bear out. Who came or answered a moment ago is ahead of it; the table itself decides."""
    return {
        member: rank
        for member, rank in board.members(game.game_id).items()
        if rank is None or member not in expected or rank > expected[member].rank
    }


def _is_wrong(rank: int | None, true: Place | None) -> bool:
    return rank is None or true is None or true.gone or true.rank < rank


def _by_member(places: Iterable[Place]) -> Mapping[str, Place]:
    return {place.member: place for place in places}
