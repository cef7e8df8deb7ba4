"""A board that does not hold everybody is not shown: Redis may lose what it held, and goes on with what comes next."""

import pytest
from redis import Redis

from adapters.cache.scripts import TIE_DIGITS
from adapters.live.board import Board
from tests.unit.cache.support import GAME_ID, all_rows, kicked, places, player

RANKS, NAMES, GONE, RESTORING = (f"{{{GAME_ID}}}:{name}" for name in ("ranks", "names", "gone", "restoring"))
ANN, BOB = player("ann", 3), player("bob", 2)


@pytest.fixture
def whole(board: Board) -> Board:
    board.write(places([ANN, BOB]))
    assert board.complete(GAME_ID)
    return board


def _shown(board: Board) -> object:
    return board.read(GAME_ID, "ann", 10, 5)


def test_nothing_is_known_of_a_game_without_a_board(board: Board) -> None:
    assert _shown(board) is None


def test_the_first_to_write_a_board_has_to_restore_it(board: Board, redis: Redis) -> None:
    assert board.write(places([ANN])) == {GAME_ID}
    assert 0 < redis.ttl(RESTORING) <= 60
    assert _shown(board) is None


def test_nobody_else_restores_it_meanwhile(board: Board) -> None:
    board.write(places([ANN]))
    assert board.write(places([BOB])) == set()
    assert board.complete(GAME_ID)
    assert _shown(board) == all_rows([ANN, BOB])


def test_once_restored_it_stays_so(whole: Board) -> None:
    assert whole.write(places([player("eve", 9)])) == set()
    assert whole.write(places([kicked(ANN)])) == set()
    assert _shown(whole) == all_rows([player("eve", 9), BOB])


def test_what_is_written_after_a_loss_is_not_the_board(whole: Board, redis: Redis) -> None:
    redis.flushall()
    assert whole.write(places([BOB])) == {GAME_ID}
    assert _shown(whole) is None


@pytest.mark.parametrize("lost", [RANKS, NAMES])
def test_half_a_board_is_none(whole: Board, redis: Redis, lost: str) -> None:
    redis.delete(lost)
    assert _shown(whole) is None
    assert whole.write(places([BOB])) == {GAME_ID}
    assert _shown(whole) is None


def test_a_player_without_a_name_is_no_row(whole: Board, redis: Redis) -> None:
    redis.hdel(NAMES, "ann")
    redis.hset(NAMES, "stranger", "0" * TIE_DIGITS)
    assert _shown(whole) is None


def test_a_board_that_is_lost_while_it_is_restored_is_not_whole(board: Board, redis: Redis) -> None:
    board.write(places([ANN]))
    redis.flushall()
    Board(lambda: redis).write(places([BOB]))
    assert not board.complete(GAME_ID)
    assert _shown(board) is None


def test_who_took_too_long_has_restored_nothing(board: Board, redis: Redis) -> None:
    board.write(places([ANN]))
    redis.delete(RESTORING)
    assert not board.complete(GAME_ID)


def test_a_tool_takes_over(board: Board, redis: Redis) -> None:
    tool = Board(lambda: redis)
    board.write(places([ANN]))
    tool.claim(GAME_ID, 900)
    assert not board.complete(GAME_ID)
    assert tool.complete(GAME_ID)
    assert _shown(board) == all_rows([ANN])


def test_a_board_of_nobody_can_be_whole(board: Board, redis: Redis) -> None:
    board.claim(GAME_ID, 60)
    assert board.complete(GAME_ID)
    assert _shown(board) == ()
    assert redis.ttl(NAMES) > 0


def test_names_without_ranks_keep_it_from_being_whole_until_they_are_dropped(board: Board, redis: Redis) -> None:
    board.write(places([ANN, BOB]))
    [place] = places([BOB])
    redis.zrem(RANKS, place.member)
    assert not board.complete(GAME_ID)
    # WHEN what was found is dropped
    assert board.members(GAME_ID)[place.member] is None
    board.claim(GAME_ID, 60)
    assert board.drop(GAME_ID, {place.member: None}) == 1
    assert board.complete(GAME_ID)
    assert _shown(board) == all_rows([ANN])


def test_only_what_was_seen_is_dropped(whole: Board) -> None:
    [ann, bob] = places([ANN, BOB])
    # GIVEN that Ann answers in between
    whole.write(places([player("ann", 8)]))
    assert whole.drop(GAME_ID, {ann.member: ann.rank, bob.member: bob.rank}) == 1
    assert _shown(whole) == all_rows([player("ann", 8)])


def test_a_member_of_another_tie_goes_and_the_name_stays(whole: Board, redis: Redis) -> None:
    wrong = "9" * TIE_DIGITS + "ann"
    redis.zadd(RANKS, {wrong: 77})
    assert _shown(whole) is None
    assert whole.members(GAME_ID)[wrong] == 77
    assert whole.drop(GAME_ID, {wrong: 77}) == 1
    assert _shown(whole) == all_rows([ANN, BOB])
