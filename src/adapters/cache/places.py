"""Places on a leaderboard, from whatever form of a player, and the rows that are shown of it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from adapters.cache.scripts import TIE_DIGITS
from quiz.live.participants import Participant
from quiz.live.points import split, tie
from quiz.live.standings import MOST_ROWS, Row, Standing


class Place(Struct, frozen=True, gc=False):
    """Where a player stands by one state of the table; or, with `gone`, that they were sent away."""

    game_id: str
    participant_id: str
    name: str
    rank: int
    tie: int
    gone: bool = False

    @property
    def member(self) -> str:
        """The player in the sorted set: who is equal in rank stands by tie, as in the index."""
        return f"{self.tie:0{TIE_DIGITS}d}{self.participant_id}"


def place_in_image(image: Mapping[str, Any]) -> Place:
    """The place in an item of the participants table, of which nothing else is looked at: this runs for each answer."""
    game_id, participant_id, name = image["game_id"]["S"], image["participant_id"]["S"], image["name"]["S"]
    if image["kicked"]["BOOL"]:
        return Place(game_id, participant_id, name, 0, tie(int(image["joined_at"]["N"]), participant_id), gone=True)
    rank, tie_ = split(Decimal(image["rank_score"]["N"]))
    return Place(game_id, participant_id, name, rank, tie_)


def place_of_player(player: Participant) -> Place:
    """The place of a player who was read."""
    game_id, participant_id, name = player.game_id, player.participant_id, player.name
    if player.kicked:
        return Place(game_id, participant_id, name, 0, tie(player.joined_at, participant_id), gone=True)
    return Place(game_id, participant_id, name, *split(player.rank_score))


def place_of_standing(game_id: str, standing: Standing) -> Place:
    """The place of somebody in the index."""
    rank, tie_ = split(standing.rank_score.copy_abs())
    return Place(game_id, standing.participant_id, standing.name, rank, tie_, gone=standing.rank_score < 0)


def merged(best: Iterable[Row], around: Iterable[Row]) -> tuple[Row, ...]:
    """At most a hundred rows without doubles; where there are more, the last of the best give way."""
    shown = {row.participant_id: row for row in around}
    for row in best:
        if len(shown) >= MOST_ROWS:
            break
        shown.setdefault(row.participant_id, row)
    return tuple(sorted(shown.values(), key=lambda row: row.rank))
