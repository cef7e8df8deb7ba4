"""Whether a whole board shows a player where the table has them, although both move on while they are looked at."""

from msgspec import Struct

from quiz.live.participants import Participant
from quiz.live.points import split


class Standing(Struct, frozen=True):
    """A player's rank in the table: the number that boards sort by. Who was sent away had it until then."""

    rank: int
    gone: bool = False


def standing_of(player: Participant) -> Standing:
    """The standing of a player who was read."""
    return Standing(split(player.rank_score.copy_abs())[0], gone=player.kicked)


def is_wrong(before: Standing | None, shown: int | None, after: Standing | None) -> bool:
    """Whether the board showed what the table, read before and after it, held at no time between.

    None is somebody who is not there. Ranks only grow, and who was sent away stays away; so a board that is behind by
    less than the time between the first read and the look at it is never called wrong.
    """
    if shown is None:
        return before is not None and not before.gone and after is not None and not after.gone
    if after is None:
        # Removed by hand in between, if they were there at all.
        return before is None
    if before is None:
        return shown > after.rank
    return before.gone or not before.rank <= shown <= after.rank
