"""A direct invocation tells what is in the cache, and nothing that comes through an API does."""

import json
import re
from typing import Any

import msgspec
import pytest
from redis import Redis
from redis.exceptions import NoPermissionError

from adapters.live.board import Board
from adapters.operations.boards import Boards
from handlers.cache import inspecting
from handlers.cache.leaderboard import handler
from quiz.errors import Unavailable
from quiz.operations import inspection
from quiz.operations.boards import standing_of
from quiz.operations.inspection import Inspected
from tests.unit.builders import Calls, context
from tests.unit.cache.fake_redis import fake_redis
from tests.unit.cache.support import GAME, GAME_ID, OTHER, kicked, places, player
from tools.paths import ROOT

CLASS = [player(f"player-{number:02d}", score=number, time_ms=10 * number) for number in range(30)]
EVENT = {"inspect": {"games": {GAME_ID: ["player-07"]}, "drawn": 5}}


def inspect(games: dict[str, list[str]] | None = None, drawn: int = 0) -> Inspected:
    told = handler({"inspect": {"games": games or {}, "drawn": drawn}}, context())
    # As Lambda hands it over.
    return msgspec.json.decode(json.dumps(told), type=Inspected)


@pytest.fixture
def whole(board: Board, functions: Calls) -> Board:
    board.write(places(CLASS))
    assert board.complete(GAME_ID)
    return board


class TestAsked:
    def test_ranks_are_the_tables(self, whole: Board) -> None:
        found = inspect({GAME_ID: ["player-07", "player-29"]})
        assert found.reachable
        right = {one.participant_id: standing_of(one).rank for one in CLASS}
        assert found.boards == {
            GAME_ID: inspection.Board(True, {each: right[each] for each in ("player-07", "player-29")})
        }

    def test_ranks_beyond_what_redis_writes_out_are_exact(self, board: Board, functions: Calls) -> None:
        best = [player("zoë日", score=899_999, time_ms=31), player("max", score=900_000)]
        board.write(places(best))
        found = inspect({GAME_ID: ["zoë日", "max"]}).boards[GAME_ID].ranks
        assert found == {one.participant_id: standing_of(one).rank for one in best}

    def test_who_is_not_on_the_board_is_left_out(self, whole: Board) -> None:
        whole.write(places([kicked(CLASS[3])]))
        assert inspect({GAME_ID: ["player-03", "nobody", "", "player-04"]}).boards[GAME_ID].ranks.keys() == {
            "player-04"
        }

    def test_a_game_without_a_board_is_left_out(self, whole: Board) -> None:
        assert inspect({OTHER.game_id: ["player-07"], "no game": []}).boards == {}

    def test_a_board_that_may_lack_somebody_says_so(self, board: Board, functions: Calls) -> None:
        board.write(places(CLASS))
        assert inspect({GAME_ID: ["player-07"]}).boards[GAME_ID].complete is False

    @pytest.mark.parametrize("lost", ["ranks", "names"])
    def test_a_board_of_which_a_part_is_lost_says_so(self, whole: Board, redis: Redis, lost: str) -> None:
        redis.delete(f"{{{GAME_ID}}}:{lost}")
        assert inspect({GAME_ID: ["player-07"]}).boards[GAME_ID].complete is False

    def test_many_games_and_many_players(self, whole: Board) -> None:
        games = {f"game-{number:020d}": ["a", "b"] for number in range(40)}
        found = inspect({**games, GAME_ID: [one.participant_id for one in CLASS] * 20})
        assert len(found.boards[GAME_ID].ranks) == 30

    def test_nothing_is_asked_but_whether_it_answers(self, whole: Board) -> None:
        found = inspect()
        assert (found.reachable, found.boards) == (True, {})
        assert 0 < found.milliseconds < 500


class TestDrawn:
    def test_players_are_drawn_from_the_boards_there_are(self, whole: Board) -> None:
        whole.write(places([player("bob", 3, game=OTHER)]))
        found = inspect(drawn=10)
        assert len(found.boards[GAME_ID].ranks) == 5
        assert found.boards[OTHER.game_id] == inspection.Board(False, {"bob": standing_of(player("bob", 3)).rank})

    def test_not_always_the_same(self, whole: Board) -> None:
        assert len({frozenset(inspect(drawn=5).boards[GAME_ID].ranks) for _ in range(10)}) > 1

    def test_beside_those_who_are_asked_for(self, whole: Board) -> None:
        whole.write(places([player("bob", 3, game=OTHER)]))
        found = inspect({GAME_ID: ["player-07"]}, drawn=2)
        assert "player-07" in found.boards[GAME_ID].ranks
        assert 1 <= len(found.boards[GAME_ID].ranks) <= 2
        assert found.boards[OTHER.game_id].ranks.keys() == {"bob"}

    def test_from_ten_boards_at_most(self, whole: Board) -> None:
        games = [msgspec.structs.replace(GAME, game_id=f"game-{number:020d}") for number in range(25)]
        whole.write(places(player("ann", 1, game=game) for game in games))
        assert len(inspect(drawn=100).boards) == 10

    def test_without_boards_nobody(self, redis: Redis, functions: Calls) -> None:
        redis.set("something-else", "1")
        redis.set("{game-x}:names", "1")
        assert inspect(drawn=10).boards == {}

    def test_beside_a_multitude_of_other_keys(self, whole: Board, redis: Redis) -> None:
        with redis.pipeline(transaction=False) as pipeline:
            for number in range(15_000):
                pipeline.set(f"other-{number}", "1")
            pipeline.execute()
        assert GAME_ID in inspect(drawn=10).boards


class TestTrouble:
    def test_redis_away_is_an_answer(
        self, functions: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("REDIS_PORT", "1")
        assert inspect({GAME_ID: ["player-07"]}, drawn=5) == Inspected(reachable=False, milliseconds=0)
        out = capsys.readouterr().out
        assert '"level":"WARNING"' in out
        assert "LeaderboardFallback" not in out

    def test_redis_that_goes_silent_half_way_is_away(self, functions: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
        with fake_redis(lambda command: b"+PONG\r\n" if command[0] == "PING" else None) as server:
            monkeypatch.setenv("REDIS_PORT", str(server.port))
            assert inspect({GAME_ID: ["player-07"]}).reachable is False

    def test_a_user_who_may_not_look_is_told_apart_in_the_log(
        self, functions: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        refused = b"-NOPERM this user has no permissions\r\n"
        with fake_redis(lambda command: b"+PONG\r\n" if command[0] == "PING" else refused) as server:
            monkeypatch.setenv("REDIS_PORT", str(server.port))
            assert inspect({GAME_ID: ["player-07"]}).reachable is False
        assert "NoPermissionError" in capsys.readouterr().out

    def test_nothing_is_changed(self, whole: Board, redis: Redis) -> None:
        before = _content(redis)
        inspect({GAME_ID: ["player-07", "nobody"], OTHER.game_id: ["x"]}, drawn=50)
        assert _content(redis) == before

    def test_no_table_is_asked(self, whole: Board, functions: Calls) -> None:
        inspect({GAME_ID: ["player-07"]}, drawn=5)
        assert functions.made == []

    @pytest.mark.parametrize(
        "event",
        [
            {},
            {"inspect": None},
            {"inspect": {"games": []}},
            {"inspect": {"drawn": "5"}},
            {**EVENT, "body": "{}"},
            {"Records": []},
        ],
    )
    def test_what_is_no_inspection_fails(self, whole: Board, event: dict[str, Any]) -> None:
        with pytest.raises(msgspec.ValidationError):
            handler(event, context())


class TestThroughTheApi:
    """Whoever sends a request chooses its body, headers, path and query, and nothing beside them."""

    @pytest.fixture(autouse=True)
    def _no_look(self, whole: Board, monkeypatch: pytest.MonkeyPatch) -> None:
        def forbidden(*_: Any) -> Any:
            raise AssertionError("a request has come through to the cache's inspection")

        monkeypatch.setattr(inspecting, "answer", forbidden)

    @pytest.mark.parametrize(
        "changes",
        [
            {"body": json.dumps(EVENT)},
            {"body": json.dumps({**EVENT, "requestContext": None})},
            {"body": EVENT},
            {"body": None, "inspect": EVENT["inspect"]},
            {"queryStringParameters": {"inspect": json.dumps(EVENT["inspect"])}, "rawQueryString": "inspect=1"},
            {"pathParameters": {"quiz_id": json.dumps(EVENT)}},
            {"headers": {"inspect": json.dumps(EVENT), "requestContext": "", "x-amz-invocation-type": "Event"}},
        ],
    )
    @pytest.mark.parametrize(
        "place",
        [
            {"requestId": "r", "authorizer": {"jwt": {"claims": {"sub": "somebody"}}}},
            {"requestId": "r"},
            {"eventType": "MESSAGE", "connectionId": "c", "authorizer": {"user_id": "somebody"}},
            {"eventType": "MESSAGE", "connectionId": "c", "authorizer": None},
            {},
        ],
    )
    def test_hostile_requests(self, changes: dict[str, Any], place: dict[str, Any]) -> None:
        event = {
            "routeKey": "GET /leaderboard/{quiz_id}",
            "rawQueryString": "",
            "pathParameters": {"quiz_id": GAME_ID},
            "requestContext": place,
            "isBase64Encoded": False,
            **changes,
        }
        try:
            told = handler(event, context())
        except (KeyError, TypeError, AttributeError, ValueError):
            # What no gateway sends may fail, but it must not be answered.
            return
        assert told["statusCode"] in (200, 400, 401, 404, 500)
        assert "reachable" not in json.dumps(told)

    @pytest.mark.parametrize("place", [None, "", 0, [], {}])
    def test_whatever_the_request_context_is(self, place: Any) -> None:
        try:
            told = handler({**EVENT, "requestContext": place}, context())
        except (KeyError, TypeError, AttributeError, ValueError):
            return
        assert "reachable" not in json.dumps(told)


@pytest.mark.parametrize("place", [None, "", {}])
def test_nor_would_the_inspection_take_an_event_of_an_api(whole: Board, place: Any) -> None:
    with pytest.raises(msgspec.ValidationError):
        inspecting.answer({**EVENT, "requestContext": place})


def test_boards_raise_unavailable(board: Board) -> None:
    from adapters.cache.connecting import RedisSettings, client

    away = Boards(lambda: client(RedisSettings(redis_host="127.0.0.1", redis_port=1)))
    for look in (away.milliseconds, lambda: away.some(3), lambda: away.look({GAME_ID: ["a"]}, {})):
        with pytest.raises(Unavailable):
            look()


def test_the_user_of_the_function_may_look(whole: Board, redis: Redis, redis_port: int) -> None:
    text = (ROOT / "modules" / "cache" / "users.tf").read_text()
    [rules] = re.findall(r'^ *leaderboard += "(on .*)"$', text, re.MULTILINE)
    redis.execute_command("ACL", "SETUSER", "reader", "nopass", *rules.split())  # type: ignore[no-untyped-call]
    with Redis(port=redis_port, username="reader", password="any") as reader:
        boards = Boards(lambda: reader)
        assert boards.milliseconds() > 0
        assert boards.some(3) == [GAME_ID]
        assert boards.look({GAME_ID: ["player-07"]}, {GAME_ID: 3})[GAME_ID].complete
        with pytest.raises(NoPermissionError):
            reader.set("anything", "1")


def _content(redis: Redis) -> dict[str, Any]:
    read: dict[str, Any] = {
        "zset": lambda key: redis.zrange(key, 0, -1, withscores=True),
        "hash": redis.hgetall,
        "set": redis.smembers,
        "string": redis.get,
    }
    keys: Any = redis.keys()
    return {key: read[str(redis.type(key))](key) for key in keys}
