"""`python -m tools.leaderboard`: the board from the table, and a look at it."""

from typing import TYPE_CHECKING

import pytest
from redis import Redis

from adapters.live.board import Board
from adapters.live.standings import Standings
from tests.unit.cache.support import GAME, GAME_ID, all_rows, fill, item, places, player
from tools.leaderboard import __main__ as tool
from tools.stack import outputs

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

CLASS = [player(f"player-{number:02d}", score=number) for number in range(30)]


@pytest.fixture
def stack(database: "DynamoDBClient", redis: Redis, redis_port: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A game that Redis knows nothing of, and the options that lead to both."""
    fill(database, CLASS)
    row = {"game_id": {"S": f"quiz#{GAME.quiz_id}"}, "latest": {"S": GAME_ID}}
    database.put_item(TableName="games", Item=row)
    monkeypatch.setattr("time.sleep", lambda _: None)
    url = f"redis://127.0.0.1:{redis_port}"
    return ["--games-table", "games", "--participants-table", "participants", "--redis-url", url]


@pytest.mark.parametrize("name", [GAME_ID, GAME.quiz_id])
def test_a_board_is_restored(stack: list[str], board: Board, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert tool.main(["rebuild", name, *stack]) == 0
    assert board.read(GAME_ID, None, 100, 5) == all_rows(CLASS)
    assert f"{GAME_ID}: 30 rows, as many as players; 0 that were wrong are gone" in capsys.readouterr().out


def test_what_was_wrong_is_put_right(stack: list[str], board: Board, capsys: pytest.CaptureFixture[str]) -> None:
    board.write(places([player("stranger", 99), player("player-03", 99)]))
    assert tool.main(["rebuild", GAME_ID, *stack]) == 0
    assert board.read(GAME_ID, None, 100, 5) == all_rows(CLASS)
    assert "2 that were wrong are gone" in capsys.readouterr().out


def test_it_takes_over_from_a_function(stack: list[str], board: Board) -> None:
    board.write(places(CLASS[:1]))
    assert tool.main(["rebuild", GAME_ID, *stack]) == 0
    assert not board.complete(GAME_ID)
    assert board.read(GAME_ID, None, 100, 5) == all_rows(CLASS)


def test_a_player_who_is_on_the_board_before_the_index_is_waited_for(
    stack: list[str], database: "DynamoDBClient", board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a new player whom the table has, and the index not yet
    new = player("new", 3)
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        database.put_item(TableName="participants", Item=item(new))

    monkeypatch.setattr("time.sleep", wait)
    monkeypatch.setattr(Standings, "players", lambda *_: iter([new]))
    board.write(places([new]))
    assert tool.main(["rebuild", GAME_ID, *stack]) == 0
    assert waited == [1]
    assert board.read(GAME_ID, None, 100, 5) == all_rows([*CLASS, new])


@pytest.mark.parametrize("command", ["rebuild", "show"])
def test_a_game_that_there_is_not(stack: list[str], capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert tool.main([command, "nothing", *stack]) == 1
    assert "no live quiz goes by 'nothing'" in capsys.readouterr().out


def test_a_redis_that_is_not_there(stack: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.main(["rebuild", GAME_ID, *stack[:-1], "redis://127.0.0.1:1"]) == 1
    assert "stopped" in capsys.readouterr().out


def test_a_board_is_shown_and_where_it_is_from(stack: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.main(["show", GAME_ID, *stack]) == 0
    shown = capsys.readouterr().out
    assert "from the table" in shown
    assert "Player-29" in shown
    tool.main(["rebuild", GAME_ID, *stack])
    assert tool.main(["show", GAME_ID, "--top", "3", *stack]) == 0
    shown = capsys.readouterr().out
    assert "from Redis" in shown
    assert "Player-26" not in shown


def test_another_stack_is_named_as_a_whole(stack: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        tool.main(["show", GAME_ID, *stack[:2]])
    assert "belong together" in capsys.readouterr().err


def test_without_names_it_is_the_local_stack(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def down() -> None:
        raise outputs.StackDown("the local stack is not up; run: make up")

    monkeypatch.setattr(outputs, "read", down)
    assert tool.main(["rebuild", GAME_ID]) == 1
    assert "make up" in capsys.readouterr().out
