"""Without Redis the rows are the same, and not everybody is read for a few."""

from collections import Counter
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from adapters import dynamo
from adapters.live.board import Board
from adapters.live.ranking import Ranking
from quiz.errors import Unavailable
from quiz.live.games import shard_key, shard_of
from quiz.live.participants import Participant
from tests.unit.builders import Calls, accepted, refused
from tests.unit.cache import support
from tests.unit.cache.support import GAME, GAME_ID, all_rows, expected, fill, item, kicked, places, player

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_numbers = count(1)


def _in_shards(players: list[Participant], shards: int) -> list[Participant]:
    return [replace(one, game_shard=shard_key(GAME_ID, shard_of(one.participant_id, shards))) for one in players]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(support.players, st.integers(1, 4), st.integers(0, 30), st.integers(0, 6), st.data())
def test_redis_and_the_index_show_the_same(
    database: "DynamoDBClient",
    board: Board,
    players: list[Participant],
    shards: int,
    top: int,
    window: int,
    data: st.DataObject,
) -> None:
    # GIVEN a game of its own, because the tables are not emptied in between
    game = replace(GAME, game_id=f"game-{next(_numbers):020d}", shards=shards)
    everybody = [
        replace(
            one,
            game_id=game.game_id,
            game_shard=shard_key(game.game_id, shard_of(one.participant_id, shards)),
        )
        for one in players
    ]
    everybody = [kicked(one) if data.draw(st.integers(0, 9)) == 0 else one for one in everybody]
    for one in everybody:
        database.put_item(TableName="participants", Item=item(one))
    board.write(places(everybody))
    board.claim(game.game_id, 60)
    board.complete(game.game_id)
    me = data.draw(st.sampled_from([None, "nobody", *(one.participant_id for one in everybody)]))
    # THEN both show what the rules say
    shown = Ranking(database, "participants").read(game, me, top, window)
    assert shown == board.read(game.game_id, me, top, window)
    assert shown == expected(everybody, me, top, window)


def test_many_who_are_equal_are_cut_at_the_same_place(database: "DynamoDBClient", board: Board) -> None:
    # GIVEN that all came in the same moment, and their ids leave the same in the tie
    rank_score = player("a", 5).rank_score
    alike = [replace(player(f"player-{n:02d}", 5), rank_score=rank_score) for n in range(40)]
    fill(database, _in_shards(alike, GAME.shards))
    board.write(places(alike))
    board.claim(GAME_ID, 60)
    board.complete(GAME_ID)
    ranking = Ranking(database, "participants")
    assert ranking.read(GAME, None, 7, 5) == board.read(GAME_ID, None, 7, 5) == all_rows(alike)[:7]
    for place in (0, 3, 20, 39):
        me = all_rows(alike)[place].participant_id
        assert ranking.read(GAME, me, 3, 5) == expected(alike, me, 3)


@pytest.fixture
def ranking(database: "DynamoDBClient", functions: Calls) -> Ranking:
    fill(database, [player(f"player-{number:03d}", score=number) for number in range(120)])
    return Ranking(dynamo.client(), "participants")


def test_the_best_take_one_query_of_each_shard_that_reads_hardly_more(ranking: Ranking, functions: Calls) -> None:
    ranking.read(GAME, None, 10, 5)
    assert functions.names == ["Query"] * GAME.shards
    assert {call["Limit"] for _, call in functions.made} == {11}


def test_my_surroundings_take_three_more(ranking: Ranking, functions: Calls) -> None:
    ranking.read(GAME, "player-050", 0, 5)
    assert Counter(functions.names) == {"GetItem": 1, "Query": 3 * GAME.shards}
    assert sum("Select" in call for _, call in functions.made) == GAME.shards
    assert {call.get("Limit") for _, call in functions.made if "Select" not in call} == {None, 6, 7}


def test_nothing_asked_is_nothing_read(ranking: Ranking, functions: Calls) -> None:
    assert ranking.read(GAME, None, 0, 5) == ()
    assert functions.names == []


def test_who_was_sent_away_has_no_surroundings(database: "DynamoDBClient", ranking: Ranking) -> None:
    database.put_item(TableName="participants", Item=item(kicked(player("player-050", 50))))
    assert [row.rank for row in ranking.read(GAME, "player-050", 3, 5)] == [1, 2, 3]


def test_counts_go_on_over_pages(ranking: Ranking, functions: Calls) -> None:
    pages: list[Any] = []

    def paged(call: dict[str, Any]) -> Any:
        if call.get("Select") != "COUNT":
            return None
        pages.append(call.get("ExclusiveStartKey"))
        rest = {} if "ExclusiveStartKey" in call else {"LastEvaluatedKey": {"participant_id": {"S": "x"}}}
        return accepted(Count=100, **rest)

    functions.answers["Query"] = paged
    rows = ranking.read(GAME, "player-050", 0, 5)
    assert len(pages) == 2 * GAME.shards
    assert rows[5].rank == 2 * GAME.shards * 100 + 1


def test_an_index_that_is_behind_shows_me_once_and_as_i_am(database: "DynamoDBClient", functions: Calls) -> None:
    me = player("me", 50)
    fill(database, [*(player(f"p{n}", n) for n in range(10)), me])
    ranking = Ranking(dynamo.client(), "participants")
    # GIVEN that the item says more than the index
    functions.answers["GetItem"] = lambda _: accepted(Item=item(player("me", 90)))
    rows = ranking.read(GAME, "me", 5, 2)
    assert [(row.participant_id, row.score, row.rank) for row in rows][:2] == [("me", 90, 1), ("p9", 9, 2)]
    assert len({row.participant_id for row in rows}) == len(rows)


def test_a_throttled_table_is_unavailable(ranking: Ranking, functions: Calls) -> None:
    functions.answers["Query"] = lambda _: refused("ThrottlingException")
    with pytest.raises(Unavailable):
        ranking.read(GAME, None, 10, 5)
