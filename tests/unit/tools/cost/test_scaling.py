"""Limits are met where the counted calls say."""

import pytest

from tools.cost.scaling import LAMBDA, limits, loads, rendered_limits
from tools.cost.usage import usage


def _at(name: str) -> float:
    [found] = [limit.at for limit in limits() if limit.name == name]
    return found


def test_they_come_in_the_order_in_which_they_are_met() -> None:
    students = [limit.students for limit in limits()]
    assert students == sorted(students)
    assert all(limit.load in loads() for limit in limits())


def test_one_quiz_that_everybody_hands_in_has_one_partition() -> None:
    assert _at("one partition: all submissions of one quiz, in by_quiz") == 1_000


def test_a_table_is_met_at_its_units_for_each_answer() -> None:
    units = usage().work["answer"].writes["progress"]
    assert _at("new table progress: 4,000 writes a second") == pytest.approx(4_000 / units)


def test_the_clock_concludes_a_game_in_its_time_and_memory() -> None:
    seconds = 30_000 / (3 * usage().shapes.ending_ms)
    assert _at("the clock: 30 seconds to conclude a game") == pytest.approx(seconds)
    assert _at("the clock: 1,024 MB to conclude a game") == pytest.approx(904 * 1024**2 / usage().shapes.ending_bytes)


def test_new_connections_are_500_a_second_for_a_minute() -> None:
    assert _at("WebSocket: 500 new connections a second") == 30_000


def test_every_line_names_what_to_raise() -> None:
    rows = rendered_limits().splitlines()[2:]
    assert len(rows) == len(limits())
    assert all(row.count("|") == 5 for row in rows)
    assert LAMBDA == 1_000
