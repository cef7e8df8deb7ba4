"""The campaign would notice: wrong versions of the code under test break the row that is there for them."""

from collections.abc import Callable

import pytest

from tests.proofs.campaigns import live
from tests.proofs.campaigns.live_judging import ANSWERS, BOARD, ENDING, LISTENING, TABLE
from tests.proofs.live.test_mutations import (
    add_images_up,
    count_every_answer,
    forget_the_deaf,
    take_everything_for_announced,
    take_late_answers,
)

SEED = 20_260
TINY = live.Size(60, 5, often=2)

Mutant = Callable[[pytest.MonkeyPatch], None]


@pytest.mark.parametrize(
    ("change", "claims"),
    [
        (count_every_answer, {ANSWERS, TABLE}),
        (take_late_answers, {ANSWERS}),
        (forget_the_deaf, {LISTENING}),
        (add_images_up, {BOARD}),
        # Only kills tell: nobody makes up for the announcement of a clock that died.
        (take_everything_for_announced, {LISTENING, ENDING}),
    ],
)
def test_a_mistake_breaks_its_row(change: Mutant, claims: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    change(monkeypatch)
    section = live.run(TINY, SEED)
    broken = {row.cells[0]: row.cells[1] for row in section.rows if row.holds is False}
    assert claims & broken.keys()
    assert all(f"seed {SEED}" in broken[claim] for claim in claims & broken.keys())
