"""The stream of players into Redis: every change arrives, however often it is delivered."""

import json
import random
import time
from typing import Any

import pytest
from redis import Redis

from adapters.cache.places import place_in_image
from adapters.live.board import Board
from handlers.cache.projector import handler
from quiz.live.participants import Participant
from quiz.live.points import rank_score
from tests.unit.builders import Calls, context, refused
from tests.unit.cache.support import GAME, GAME_ID, OTHER, all_rows, fill, item, kicked, player, record
from tests.unit.live.support import NOW

ANN, BOB = player("ann", 3), player("bob", 2)


@pytest.fixture(autouse=True)
def environment(functions: Calls) -> None:
    pass


def run(*records: dict[str, Any]) -> list[str]:
    response = handler({"Records": list(records)}, context())
    assert set(response) == {"batchItemFailures"}
    return [failure["itemIdentifier"] for failure in response["batchItemFailures"]]


def show(board: Board, game_id: str = GAME_ID) -> Any:
    return board.read(game_id, None, 100, 5)


def metrics(output: str) -> dict[str, Any]:
    lines = [json.loads(line) for line in output.splitlines()]
    return next((line for line in lines if "_aws" in line), {})


def test_the_first_change_of_a_game_makes_its_board(database: Any, board: Board) -> None:
    fill(database, [ANN, BOB])
    assert run(record(ANN, 1, "INSERT")) == []
    # What came in before is there too, though nothing was told of it.
    assert show(board) == all_rows([ANN, BOB])


def test_a_known_game_needs_no_call_of_aws(database: Any, board: Board, functions: Calls) -> None:
    fill(database, [ANN])
    run(record(ANN))
    assert functions.names == ["GetItem", *["Query"] * 2 * GAME.shards]
    with functions.counted() as made:
        run(record(player("ann", 5)), record(BOB, 2, "INSERT"))
    assert made == []
    assert show(board) == all_rows([player("ann", 5), BOB])


def test_many_games_in_one_batch(database: Any, board: Board) -> None:
    theirs = player("ann", 7, game=OTHER)
    fill(database, [ANN, theirs], GAME, OTHER)
    assert run(record(ANN, 1), record(theirs, 2)) == []
    assert show(board) == all_rows([ANN])
    assert show(board, OTHER.game_id) == all_rows([theirs])


@pytest.mark.parametrize("seed", range(5))
def test_duplicates_and_a_wrong_order_change_nothing(database: Any, board: Board, seed: int) -> None:
    fill(database, [])
    states: list[Participant] = [player(name, score) for name in ("ann", "bob", "eve") for score in range(6)]
    states.append(kicked(player("eve", 5)))
    delivered = [record(one, number) for number, one in enumerate(states * 2, start=1)]
    random.Random(seed).shuffle(delivered)
    for start in range(0, len(delivered), 7):
        run(*delivered[start : start + 7])
    board.claim(GAME_ID, 60)
    board.complete(GAME_ID)
    assert show(board) == all_rows([player("ann", 5), player("bob", 5)])


def test_of_each_player_only_the_newest_state_is_written(database: Any, capsys: pytest.CaptureFixture[str]) -> None:
    fill(database, [])
    run(*(record(player("ann", score), score) for score in (1, 3, 2)), record(BOB, 9))
    assert metrics(capsys.readouterr().out)["BoardChanges"] == [2]


def test_a_player_is_sent_away(database: Any, board: Board) -> None:
    fill(database, [ANN, BOB])
    run(record(ANN), record(BOB))
    run(record(kicked(ANN)))
    assert show(board) == all_rows([BOB])
    # WHEN the batch before that is delivered again
    run(record(ANN), record(BOB))
    assert show(board) == all_rows([BOB])


def test_an_item_that_expired_changes_nothing(database: Any, board: Board, redis: Redis) -> None:
    fill(database, [ANN])
    run(record(ANN))
    gone = record(ANN, 2, "REMOVE")
    del gone["dynamodb"]["NewImage"]
    before = redis.dump(f"{{{GAME_ID}}}:ranks")
    assert run({**gone, "userIdentity": {"type": "Service", "principalId": "dynamodb.amazonaws.com"}}) == []
    assert redis.dump(f"{{{GAME_ID}}}:ranks") == before
    assert show(board) == all_rows([ANN])


def test_what_is_no_player_is_passed_over(database: Any, board: Board, capsys: pytest.CaptureFixture[str]) -> None:
    fill(database, [ANN])
    foreign, nameless, broken = record(ANN, 1), record(BOB, 2), record(BOB, 3)
    del foreign["dynamodb"]["NewImage"]["game_shard"]
    del nameless["dynamodb"]["NewImage"]["name"]
    broken["dynamodb"]["NewImage"]["rank_score"] = {"N": "many"}
    # THEN the others are not held up
    assert run(foreign, nameless, broken, record(ANN, 4)) == []
    assert show(board) == all_rows([ANN])
    assert capsys.readouterr().out.count("a record is no player") == 2


def test_numbers_are_exact_however_they_are_spelled() -> None:
    image = item(ANN)
    rank = 900_000_000 * 10**7
    for spelled in (f"{rank_score(rank, 0):.0E}", f"{rank_score(rank, 0):f}", f"{rank_score(rank, 0):f}.0"):
        place = place_in_image({**image, "rank_score": {"N": spelled}})
        assert (place.rank, place.tie) == (rank, 0)


def test_no_records_are_no_trouble() -> None:
    assert run() == []


def test_without_redis_everything_comes_again(database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_PORT", "1")
    fill(database, [ANN, BOB])
    assert run(record(BOB, 101), record(ANN, 99), record(BOB, 100)) == ["99"]
    assert run() == []


def test_after_redis_was_thrown_away_the_next_change_restores_the_board(
    database: Any, board: Board, redis: Redis
) -> None:
    fill(database, [ANN, BOB, player("eve")])
    run(record(ANN))
    redis.flushall()
    assert show(board) is None
    run(record(BOB))
    assert show(board) == all_rows([ANN, BOB, player("eve")])


def test_a_table_that_cannot_be_read_holds_no_change_up(
    database: Any, board: Board, redis: Redis, functions: Calls, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(database, [ANN, BOB])
    functions.answers["Query"] = lambda _: refused("AccessDeniedException")
    assert run(record(ANN)) == []
    assert "a board was not restored" in capsys.readouterr().out
    # THEN nobody is shown half of it, and a later change restores it
    assert show(board) is None
    functions.answers.clear()
    redis.delete(f"{{{GAME_ID}}}:restoring")
    run(record(ANN))
    assert show(board) == all_rows([ANN, BOB])


def test_players_of_a_game_that_is_gone_are_no_trouble(board: Board) -> None:
    assert run(record(ANN)) == []
    assert show(board) is None


def test_the_delay_is_that_of_the_oldest(database: Any, capsys: pytest.CaptureFixture[str]) -> None:
    fill(database, [])
    now = time.time()
    run(record(ANN, 1, created=now - 2), record(BOB, 2, created=now - 60), record(ANN, 3, created=now + 5))
    [delay] = metrics(capsys.readouterr().out)["ProjectionDelay"]
    assert 60_000 <= delay < 90_000


def test_a_clock_that_is_behind_makes_no_negative_delay(database: Any, capsys: pytest.CaptureFixture[str]) -> None:
    fill(database, [])
    run(record(ANN, 1, created=NOW))
    assert metrics(capsys.readouterr().out)["ProjectionDelay"] == [0]
