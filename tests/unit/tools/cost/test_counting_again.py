"""The handlers ask of AWS what usage.toml says; who changes it runs `python -m tools.cost.measure` and `make docs`."""

import pytest

from tools.cost.measure import ending
from tools.cost.measure.whole import measured
from tools.cost.usage import Usage, usage

pytestmark = pytest.mark.long

PLAYERS = 2


@pytest.fixture(scope="module")
def again() -> Usage:
    with pytest.MonkeyPatch.context() as patched:
        # Nobody here asks how quick it is.
        patched.setattr(ending, "_ROUNDS", 1)
        return measured(PLAYERS)


@pytest.mark.parametrize("name", sorted(usage().work))
def test_calls_and_units_are_those_that_were_kept(again: Usage, name: str) -> None:
    now, kept = again.work[name], usage().work[name]
    assert (now.of, now.function, now.invocations) == (kept.of, kept.function, kept.invocations)
    assert now.calls == kept.calls
    assert now.writes == kept.writes
    assert now.payload == kept.payload
    # At the end of a game everybody is read, and here are fewer.
    wanted = {op: kept.reads[op] for op in kept.reads if name != "clock" or op == "GetItem"}
    assert {op: now.reads[op] for op in wanted} == wanted
    assert now.log_bytes == pytest.approx(kept.log_bytes, rel=0.1, abs=20)


def test_a_game_has_the_same_course_and_the_same_rows(again: Usage) -> None:
    now, kept = again.shapes, usage().shapes
    assert (now.questions, now.messages, now.seconds) == (kept.questions, kept.messages, kept.seconds)
    assert now.players_per_shard == kept.players_per_shard
    rows = [(now.connection_row, kept.connection_row), (now.standing_row, kept.standing_row)]
    for mine, theirs in [*rows, (now.player_item, kept.player_item), (now.ending_bytes, kept.ending_bytes)]:
        assert mine == pytest.approx(theirs, rel=0.1)
