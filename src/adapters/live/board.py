"""The leaderboard of a game in Redis: absolute numbers out of the participants table, so it may be lost at any time."""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec

from adapters.cache.connecting import redis_as_unavailable
from adapters.cache.places import Place, merged
from adapters.cache.scripts import COMPLETE, DROP, MOST_PLAYERS, READ, TIE_DIGITS, WRITE
from quiz.live.points import TIME_RANGE
from quiz.live.standings import Row, ShownName

if TYPE_CHECKING:
    from redis import Redis

# Longer than anybody pauses a game; what is read later is read from the table.
SECONDS_KEPT = 2 * 86_400

_SECONDS_TO_RESTORE = 60
# Of a pipeline: more would only make Redis and its clients hold more at once.
_SCRIPTS_AT_ONCE = 10
_SCANNED_AT_ONCE = 5_000

_reply = msgspec.msgpack.Decoder(tuple[list[str], int, list[str], list[str]])


class Board:
    """The boards of all games. Every method raises Unavailable where Redis does not do its work."""

    def __init__(self, client: "Callable[[], Redis]") -> None:
        self._client = client
        self._token = secrets.token_hex(8)

    def write(self, places: Iterable[Place]) -> set[str]:
        """Let the board show at least these ranks, whatever order they come in and however often.

        Gives the games whose boards do not hold everybody and that are now this one's to restore.
        """
        by_game: dict[str, list[Place]] = {}
        for place in places:
            by_game.setdefault(place.game_id, []).append(place)
        scripts = ((game_id, chunk) for game_id, chunks in by_game.items() for chunk in _chunks(chunks, MOST_PLAYERS))
        mine: set[str] = set()
        while batch := list(islice(scripts, _SCRIPTS_AT_ONCE)):
            with redis_as_unavailable(), self._client().pipeline(transaction=False) as pipeline:
                for game_id, chunk in batch:
                    pipeline.eval(WRITE, 4, *_keys(game_id), *self._change(chunk))
                replies = pipeline.execute()
            mine |= {game_id for (game_id, _), reply in zip(batch, replies, strict=True) if reply}
        return mine

    def read(self, game_id: str, participant_id: str | None, top: int, window: int) -> tuple[Row, ...] | None:
        """The best, and those around a player, in one round trip; None where the board does not hold everybody."""
        ranks, names, *_ = _keys(game_id)
        with redis_as_unavailable():
            packed: Any = self._client().eval(READ, 2, ranks, names, top, participant_id or "", window)
        if packed is None:
            return None
        try:
            best, first, around, known = _reply.decode(packed)
        except msgspec.ValidationError:
            # Somebody without a name: whatever wrote that was none of ours.
            return None
        shown = len(best) // 2
        return merged(_rows(1, best, known[:shown]), _rows(first + 1, around, known[shown:]))

    def claim(self, game_id: str, seconds: int) -> None:
        """Take over the restoring of a board from whoever does it."""
        with redis_as_unavailable():
            self._client().set(_keys(game_id)[3], self._token, ex=seconds)

    def complete(self, game_id: str) -> bool:
        """Say that the board holds everybody; False if Redis has lost it since it was this one's to restore."""
        ranks, names, _, restoring = _keys(game_id)
        with redis_as_unavailable():
            return bool(self._client().eval(COMPLETE, 3, ranks, names, restoring, self._token, SECONDS_KEPT))

    def members(self, game_id: str) -> dict[str, int | None]:
        """Everybody on the board with their rank, None for a name without one."""
        ranks, names, *_ = _keys(game_id)
        with redis_as_unavailable():
            found: Any = self._client().zscan_iter(ranks, count=_SCANNED_AT_ONCE)
            members: dict[str, int | None] = {member.decode(): int(score) for member, score in found}
            named: Any = self._client().hscan_iter(names, count=_SCANNED_AT_ONCE)
            for participant_id, known in named:
                if participant_id:
                    members.setdefault((known[:TIE_DIGITS] + participant_id).decode(), None)
        return members

    def drop(self, game_id: str, members: Mapping[str, int | None]) -> int:
        """Remove these, unless their rank is another one by now."""
        ranks, names, *_ = _keys(game_id)
        dropped = 0
        for chunk in _chunks(list(members.items()), MOST_PLAYERS):
            seen = [part for member, rank in chunk for part in (member, "" if rank is None else rank)]
            with redis_as_unavailable():
                dropped += int(self._client().eval(DROP, 2, ranks, names, *seen))
        return dropped

    def _change(self, places: Sequence[Place]) -> list[Any]:
        here = [(place, place.member) for place in places if not place.gone]
        change: list[Any] = [SECONDS_KEPT, self._token, _SECONDS_TO_RESTORE, len(here)]
        for place, member in here:
            change += (place.rank, member)
        for place, member in here:
            change += (place.participant_id, member[:TIE_DIGITS] + place.name)
        change += [place.member for place in places if place.gone]
        return change


def _keys(game_id: str) -> tuple[str, str, str, str]:
    return f"{{{game_id}}}:ranks", f"{{{game_id}}}:names", f"{{{game_id}}}:gone", f"{{{game_id}}}:restoring"


def _chunks(values: Sequence[Any], size: int) -> Iterator[Any]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _rows(first_rank: int, found: Sequence[str], names: Sequence[str]) -> Iterator[Row]:
    scored = zip(found[::2], found[1::2], names, strict=True)
    for rank, (member, score, name) in enumerate(scored, start=first_rank):
        # Some versions of Redis write 5e+10.
        yield Row(rank, member[TIE_DIGITS:], int(float(score)) // TIME_RANGE, ShownName(name[TIE_DIGITS:]))
