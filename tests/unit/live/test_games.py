"""What games are called, where their players are kept, and when they are forgotten."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quiz.live.games import Name, Phase, game_id_of, names, shard_of
from tests.unit.live.support import NOW, game

HOURS = 3600 * 1000


@pytest.mark.parametrize(
    ("given_name", "kinds"),
    [
        ("game-0123456789abcdef0123", ["game", "quiz"]),
        ("123456", ["code", "quiz"]),
        ("1234567", ["quiz"]),
        ("game-0123", ["quiz"]),
        ("123456\n", ["quiz"]),
        ("\u0661\u0662\u0663\u0664\u0665\u0666", ["quiz"]),
    ],
)
def test_what_a_name_may_mean(given_name: str, kinds: list[str]) -> None:
    assert names(given_name) == tuple(Name(kind, given_name) for kind in kinds)


@given(st.text(max_size=20), st.text(max_size=20))
def test_an_id_looks_like_one_and_belongs_to_its_occasion(quiz_id: str, occasion: str) -> None:
    made = game_id_of(quiz_id, occasion)
    assert names(made)[0].kind == "game"
    assert made == game_id_of(quiz_id, occasion)
    assert made != game_id_of(quiz_id, occasion + "!")


@pytest.mark.parametrize(("players", "shards"), [(1, 1), (250, 1), (251, 2), (1_000, 4), (100_000, 400)])
def test_players_are_spread_over_shards(players: int, shards: int) -> None:
    it = game(expected_players=players)
    assert it.shards == shards
    assert {shard_of(f"p{number}", shards) for number in range(20 * shards)} <= set(range(shards))


def test_a_game_is_forgotten_when_it_was_left_alone_for_half_a_day() -> None:
    it = game()
    assert it.is_running(NOW + 12 * HOURS - 1)
    assert not it.is_running(NOW + 12 * HOURS)
    assert replace(it, closes_at=NOW + 5 * HOURS).is_running(NOW + 16 * HOURS)
    assert not replace(it, phase=Phase.ENDED).is_running(NOW)


def test_a_game_in_its_lobby_asks_nothing() -> None:
    it = game(lobby_ms=60_000)
    assert (it.question_id, it.total, it.due_at) == (None, 3, NOW + 60_000)
    assert it.expires_at == NOW // 1000 + 365 * 86_400
