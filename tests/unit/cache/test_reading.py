"""What a read takes: one look into Redis, and where that tells nothing, the table."""

from typing import TYPE_CHECKING, Any, cast

import pytest
from msgspec.structs import replace
from redis import Redis

from adapters.live.board import SECONDS_KEPT, Board
from adapters.live.games import Games
from adapters.live.ranking import Ranking
from adapters.live.times import now_ms
from adapters.observability import metrics
from handlers.cache.reading import Reader
from quiz.errors import NotFound, Unavailable
from quiz.live.games import Game, Phase
from quiz.live.standings import Row
from tests.unit.builders import Calls
from tests.unit.cache.support import GAME, GAME_ID, OTHER, all_rows, expected, fill, places, player

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

CLASS = [player(f"player-{number:02d}", score=number) for number in range(30)]
QUIZ_ROW = {"game_id": {"S": f"quiz#{GAME.quiz_id}"}, "latest": {"S": GAME_ID}}
CODE_ROW = {"game_id": {"S": "code#123456"}, "game": {"S": GAME_ID}, "expires_at": {"N": str(GAME.expires_at)}}


class World:
    """A reader, its clock, and a Redis that can be taken away."""

    def __init__(self, client: "DynamoDBClient", board: Board) -> None:
        self.now = now_ms()
        self.asked = 0
        self.redis_is_up = True
        self._board = board
        games = Games(client, "games", self._clock)
        # It is asked for nothing but rows.
        self.reader = Reader(cast("Board", self), games, Ranking(client, "participants"), self._clock)

    def _clock(self) -> int:
        return self.now

    def read(self, *asked: Any) -> tuple[Row, ...] | None:
        self.asked += 1
        if not self.redis_is_up:
            raise Unavailable("Redis: TimeoutError")
        return self._board.read(*asked)


@pytest.fixture
def world(database: "DynamoDBClient", board: Board, calls: Calls) -> World:
    fill(database, CLASS)
    for row in (QUIZ_ROW, CODE_ROW):
        database.put_item(TableName="games", Item=row)
    calls.watch(database)
    return World(database, board)


@pytest.fixture
def whole(world: World, board: Board) -> World:
    board.write(places(CLASS))
    board.complete(GAME_ID)
    return world


def fallbacks() -> int:
    """How often the table had to be read, by the metric."""
    return int(sum(metrics().metric_set.get("LeaderboardFallback", {}).get("Value", [])))


def test_a_game_by_its_id_takes_no_aws_call(whole: World, calls: Calls) -> None:
    assert whole.reader.read(GAME_ID, "player-11", 3) == (GAME_ID, expected(CLASS, "player-11", 3))
    assert calls.names == []


@pytest.mark.parametrize("name", [GAME.quiz_id, "123456"])
def test_what_a_name_means_is_known_for_five_seconds(whole: World, calls: Calls, name: str) -> None:
    for _ in range(3):
        assert whole.reader.read(name, None, 3) == (GAME_ID, all_rows(CLASS)[:3])
        whole.now += 1_900
    once = len(calls.names)
    assert 0 < once <= 3
    whole.reader.read(name, None, 3)
    assert len(calls.names) > once


def test_a_name_does_not_mean_the_game_before_for_long(whole: World, database: "DynamoDBClient", board: Board) -> None:
    whole.reader.read(GAME.quiz_id, None, 3)
    fill(database, [], replace(OTHER, quiz_id=GAME.quiz_id))
    database.put_item(TableName="games", Item={**QUIZ_ROW, "latest": {"S": OTHER.game_id}})
    whole.now += 5_000
    assert whole.reader.read(GAME.quiz_id, None, 3) == (OTHER.game_id, ())


@pytest.mark.parametrize("name", ["nothing", "game-" + "f" * 20, "999999"])
def test_names_of_nothing(world: World, name: str) -> None:
    with pytest.raises(NotFound):
        world.reader.read(name, None, 10)


def test_a_quiz_may_be_called_like_a_game(world: World, database: "DynamoDBClient") -> None:
    name = "game-" + "e" * 20
    database.put_item(TableName="games", Item={**QUIZ_ROW, "game_id": {"S": f"quiz#{name}"}})
    assert world.reader.read(name, None, 3) == (GAME_ID, all_rows(CLASS)[:3])


@pytest.mark.parametrize(("me", "top"), [(None, 10), ("player-00", 5), ("player-15", 0), ("nobody", 100)])
def test_without_redis_the_rows_are_the_same(whole: World, me: str | None, top: int) -> None:
    with_redis = whole.reader.read(GAME_ID, me, top)
    whole.redis_is_up = False
    assert whole.reader.read(GAME_ID, me, top) == with_redis
    assert fallbacks() == 1


def test_a_dead_redis_is_left_alone_for_five_seconds(whole: World) -> None:
    whole.redis_is_up = False
    for _ in range(4):
        whole.reader.read(GAME_ID, None, 3)
    assert (whole.asked, fallbacks()) == (1, 4)
    whole.redis_is_up = True
    whole.now += 4_999
    whole.reader.read(GAME_ID, None, 3)
    assert (whole.asked, fallbacks()) == (1, 5)
    whole.now += 1
    whole.reader.read(GAME_ID, None, 3)
    assert (whole.asked, fallbacks()) == (2, 5)


def test_a_redis_that_was_thrown_away_is_noticed(whole: World, redis: Redis, board: Board) -> None:
    redis.flushall()
    assert whole.reader.read(GAME_ID, None, 3) == (GAME_ID, all_rows(CLASS)[:3])
    # WHEN one player's answer comes in after that
    board.write(places(CLASS[:1]))
    assert whole.reader.read(GAME_ID, None, 3) == (GAME_ID, all_rows(CLASS)[:3])
    assert fallbacks() == 2


def test_a_game_that_nobody_has_joined_needs_no_board(world: World, database: "DynamoDBClient") -> None:
    fill(database, [], OTHER)
    assert world.reader.read(OTHER.game_id, "player-01", 10) == (OTHER.game_id, ())
    assert fallbacks() == 0


@pytest.mark.parametrize(
    "times",
    [
        {"created_at": 0, "closes_at": 0, "ended_at": 1},
        {"created_at": 0, "closes_at": 1, "ended_at": 0},
        {"created_at": 1, "closes_at": 0, "ended_at": 0},
    ],
)
def test_a_board_that_has_expired_is_no_trouble(
    world: World, database: "DynamoDBClient", times: dict[str, int]
) -> None:
    touched = {name: value * world.now for name, value in times.items()}
    old: Game = replace(GAME, phase=Phase.ENDED, **touched)
    fill(database, [], old)
    world.now += SECONDS_KEPT * 1000 - 1
    assert world.reader.read(GAME_ID, None, 3)[1] == all_rows(CLASS)[:3]
    assert fallbacks() == 1
    world.now += 1
    assert world.reader.read(GAME_ID, None, 3)[1] == all_rows(CLASS)[:3]
    assert fallbacks() == 1


def test_nobody_can_make_it_remember_without_end(whole: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.cache.reading._MOST_MEANINGS", 1)
    for name in (GAME.quiz_id, "123456", GAME.quiz_id):
        assert whole.reader.read(name, None, 1)[0] == GAME_ID
    assert len(whole.reader._meanings) == 1
