"""The soak at a size at which nothing can be seen to grow: nothing fails, nothing is lost, nothing differs."""

from tests.proofs.campaigns import soak
from tests.stack.support import Stack

SEED = 20_260


def test_everything_at_once(stack: Stack) -> None:
    section = soak.run(soak.SHORT, SEED)
    assert [row for row in section.rows if row.holds is False] == []
    assert sum(row.holds is True for row in section.rows) == 5
