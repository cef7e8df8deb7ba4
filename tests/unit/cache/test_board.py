"""The board in Redis: one order, whatever comes in whatever order."""

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from redis import Redis
from redis.connection import Connection

from adapters.cache.places import place_in_image
from adapters.live.board import SECONDS_KEPT, Board
from quiz.live.participants import Participant
from quiz.live.points import TIME_RANGE
from tests.unit.cache import support
from tests.unit.cache.support import GAME_ID, OTHER, all_rows, expected, item, kicked, places, player

each_example_empties = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)


def put(board: Board, *players: Participant) -> None:
    """A board that holds everybody."""
    board.write(places(players))
    board.complete(GAME_ID)


def show(board: Board, me: str | None = None, top: int = 100, window: int = 5) -> Any:
    return board.read(GAME_ID, me, top, window)


def class_of(number: int) -> list[Participant]:
    return [player(f"player-{n:04d}", score=n) for n in range(number)]


@each_example_empties
@given(support.players)
def test_the_order_is_that_of_the_rules(redis: Redis, board: Board, players: list[Participant]) -> None:
    redis.flushall()
    put(board, player("first"), *players)
    assert show(board) == all_rows([player("first"), *players])


def test_who_is_equal_in_points_stands_by_time_and_then_by_who_came_first(board: Board) -> None:
    slow, late, early = player("a", 5, time_ms=90), player("b", 5, joined=7), player("c", 5, joined=3)
    put(board, slow, late, early, player("d", 6, time_ms=500_000))
    assert [row.participant_id for row in show(board)] == ["d", "c", "b", "a"]


def test_who_is_equal_in_all_stands_by_id(board: Board) -> None:
    # GIVEN ids that are equal in what the tie takes of them
    alike = [replace(player(name, 5), rank_score=player("a", 5).rank_score) for name in ("a", "b", "ab", "ß")]
    board.write(place for one in alike for place in [place_in_image(item(one))])
    board.complete(GAME_ID)
    assert show(board) == all_rows(alike)


@each_example_empties
@given(st.data())
def test_any_order_and_any_number_of_times_lead_to_the_same(redis: Redis, board: Board, data: st.DataObject) -> None:
    redis.flushall()
    # GIVEN players with some states each, of which the last may be that they were sent away
    last, states = [], []
    for number, scores in enumerate(data.draw(st.lists(st.lists(st.integers(0, 9), min_size=1), max_size=8))):
        grown = [player(f"p{number}", sum(scores[: n + 1])) for n in range(len(scores))]
        grown += [kicked(grown[-1])] if data.draw(st.booleans()) else []
        last.append(grown[-1])
        states += grown
    # WHEN they come shuffled and doubled, in batches of any size
    delivered = data.draw(
        st.permutations(states + data.draw(st.lists(st.sampled_from(states)) if states else st.just([])))
    )
    while delivered:
        size = data.draw(st.integers(1, len(delivered)))
        board.write(places(delivered[:size]))
        delivered = delivered[size:]
    board.claim(GAME_ID, 60)
    board.complete(GAME_ID)
    # THEN everybody stands where their last state puts them
    assert show(board) == all_rows(last)


def test_an_older_state_changes_nothing(board: Board) -> None:
    put(board, player("a", 7))
    board.write(places([player("a", 3)]))
    assert [row.score for row in show(board)] == [7]


def test_who_was_sent_away_does_not_come_back(redis: Redis, board: Board) -> None:
    put(board, player("a", 7), player("b", 3))
    board.write(places([kicked(player("a", 7))]))
    board.write(places([player("a", 7)]))
    assert show(board) == all_rows([player("b", 3)])
    assert set(redis.hkeys(f"{{{GAME_ID}}}:names")) == {"b", ""}


def test_a_game_whose_only_player_was_sent_away_has_an_empty_board(board: Board) -> None:
    put(board, player("a", 7))
    board.write(places([kicked(player("a", 7))]))
    assert show(board) == ()


def test_games_do_not_mix(board: Board) -> None:
    board.write(places([player("a", 7), player("a", 9, game=OTHER), player("b", 1, game=OTHER)]))
    board.complete(GAME_ID)
    board.complete(OTHER.game_id)
    assert show(board) == all_rows([player("a", 7)])
    assert board.read(OTHER.game_id, None, 100, 5) == all_rows([player("a", 9), player("b", 1)])


@pytest.mark.parametrize("me", ["player-0000", "player-0003", "player-0021", "player-0036", "player-0039"])
@pytest.mark.parametrize("top", [0, 1, 10, 15, 20, 100])
def test_around_me_are_five_above_and_five_below(board: Board, me: str, top: int) -> None:
    everybody = class_of(40)
    put(board, *everybody)
    assert show(board, me, top) == expected(everybody, me, top)


@pytest.mark.parametrize("place", [0, 1, 89, 94, 95, 99, 100, 104, 105, 106, 150, 195, 199])
def test_there_are_a_hundred_rows_at_most_and_mine_are_among_them(board: Board, place: int) -> None:
    everybody = class_of(200)
    me = all_rows(everybody)[place].participant_id
    put(board, *everybody)
    shown = show(board, me)
    assert shown == expected(everybody, me, 100)
    assert len(shown) == 100
    assert {row.rank for row in shown} >= set(range(max(1, place - 4), min(200, place + 6) + 1))


def test_a_stranger_sees_the_best_alone(board: Board) -> None:
    put(board, *class_of(20))
    assert show(board, "nobody", 3) == all_rows(class_of(20))[:3]
    assert show(board, "nobody", 0) == ()


def test_alone_i_am_first_and_last(board: Board) -> None:
    put(board, player("a", 2))
    assert show(board, "a", 0) == all_rows([player("a", 2)])


@pytest.mark.parametrize("name", ["日本語", "👩‍👩‍👧", "a" * 40, "ﷺ" * 40, "1", "\u200d0", '"\\{}'])
def test_any_name_comes_back_as_it_was(board: Board, name: str) -> None:
    put(board, replace(player("a", 2), name=name))
    assert [row.user_info.name for row in show(board, "a")] == [name]


@pytest.mark.parametrize("score", [0, 1, 5_000, 900_000_000 - 1])
@pytest.mark.parametrize("time_ms", [0, 10, 99_999_990])
def test_scores_are_exact(board: Board, score: int, time_ms: int) -> None:
    put(board, player("a", score, time_ms))
    assert [row.score for row in show(board)] == [score]


def test_scores_may_be_spelled_with_an_exponent() -> None:
    from adapters.live.board import _rows

    [row] = _rows(1, ["0" * 20 + "a", "5e+10"], ["0" * 20 + "A"])
    assert row.score == 5 * 10**10 // TIME_RANGE


def test_everything_expires(redis: Redis, board: Board) -> None:
    put(board, player("a", 2), player("b", 2))
    board.write(places([kicked(player("b", 2))]))
    assert {key: redis.ttl(key) for key in redis.scan_iter()} == {
        f"{{{GAME_ID}}}:{name}": SECONDS_KEPT for name in ("ranks", "names", "gone")
    }


def test_more_players_than_one_script_takes(board: Board) -> None:
    everybody = class_of(4_500)
    random.Random(1).shuffle(everybody)
    put(board, *everybody)
    assert show(board, "player-2250") == expected(everybody, "player-2250", 100)


def test_nothing_is_nothing(redis: Redis, board: Board) -> None:
    assert board.write([]) == set()
    assert redis.keys() == []


def test_a_read_is_one_round_trip_and_so_is_a_batch(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    put(board, *class_of(50))
    sent: list[object] = []
    send: Any = Connection.send_packed_command

    def counted(self: Connection, command: Any, check_health: bool = True) -> None:
        sent.append(command)
        send(self, command, check_health)

    monkeypatch.setattr(Connection, "send_packed_command", counted)
    show(board, "player-0003", 10)
    assert len(sent) == 1
    board.write(places([*class_of(50), player("a", game=OTHER)]))
    assert len(sent) == 2
