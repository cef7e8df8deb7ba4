"""Players of a game, in the table, on its stream and in Redis."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from adapters.cache.places import Place, place_of_player
from adapters.live.participants import participant_item
from adapters.live.rows import game_item
from adapters.live.times import now_ms
from quiz.live.games import Game
from quiz.live.participants import Participant, new_participant
from quiz.live.points import TIE_RANGE, TIME_RANGE, rank, rank_score, tie
from quiz.live.standings import Row, Standing, ordered, rows
from tests.unit.live.support import NOW
from tests.unit.live.support import game as any_game

GAME = replace(any_game(), created_at=now_ms(), shards=3)
GAME_ID = GAME.game_id
OTHER = replace(GAME, game_id="game-" + "1" * 20, shards=1)
TABLES = {"GAMES_TABLE": "games", "PARTICIPANTS_TABLE": "participants"}

Make = Callable[..., Participant]


def player(name: str, score: int = 0, time_ms: int = 0, joined: int = 0, game: Game = GAME, **also: Any) -> Participant:
    """Somebody who has won so much in so much time."""
    made = new_participant(game, name, name.title(), NOW + joined)
    ranked = rank_score(rank(score, time_ms), tie(made.joined_at, name))
    return replace(made, score=score, rank_score=ranked, **also)


def kicked(one: Participant) -> Participant:
    return replace(one, kicked=True, rank_score=one.rank_score.copy_negate())


def places(players: Iterable[Participant]) -> list[Place]:
    return [place_of_player(one) for one in players]


def item(one: Participant) -> dict[str, Any]:
    """A player as the table holds them."""
    return participant_item(one)


def record(one: Participant, number: int = 1, name: str = "MODIFY", created: float = NOW / 1000) -> dict[str, Any]:
    """A change of a player as the stream tells of it."""
    change = {"SequenceNumber": str(number), "ApproximateCreationDateTime": created, "NewImage": item(one)}
    return {"eventName": name, "eventSourceARN": "arn", "dynamodb": change}


def fill(client: Any, players: Iterable[Participant], *games: Game) -> None:
    """Put games and players into the tables."""
    for game in games or (GAME,):
        client.put_item(TableName="games", Item=game_item(game))
    for one in players:
        client.put_item(TableName="participants", Item=item(one))


def standing(one: Participant) -> Standing:
    return Standing(one.participant_id, one.name, one.score, one.rank_score)


def all_rows(players: Iterable[Participant]) -> tuple[Row, ...]:
    """The whole leaderboard by the rules alone."""
    return rows(ordered(standing(one) for one in players if not one.kicked))


def expected(players: Iterable[Participant], me: str | None, top: int, window: int = 5) -> tuple[Row, ...]:
    """The part of it that is shown: my surroundings, and as many of the best as a hundred rows leave room for."""
    everybody = all_rows(players)
    mine = next((row.rank for row in everybody if row.participant_id == me), None)
    near = {row.rank for row in everybody if mine is not None and abs(row.rank - mine) <= window}
    for row in everybody[:top]:
        if len(near) < 100:
            near.add(row.rank)
    return tuple(row for row in everybody if row.rank in near)


# Few different values, so that many are equal in some way; ids that differ in what the tie takes of them, and not.
_ids = st.text(st.sampled_from("abcß日"), min_size=1, max_size=4)
_names = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40)
players = st.lists(
    st.builds(
        lambda id_, name, score, time_ms, joined: replace(player(id_, score, time_ms, joined), name=name),
        _ids,
        _names,
        st.integers(0, 5) | st.integers(0, 900_000),
        st.sampled_from([0, 5, 10, 50_000]),
        st.integers(0, 3),
    ),
    unique_by=lambda one: one.participant_id,
    max_size=40,
)

HIGHEST = Decimal((900_000 * TIME_RANGE + TIME_RANGE - 1) * TIE_RANGE + TIE_RANGE - 1)
