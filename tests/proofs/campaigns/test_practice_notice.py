"""The campaign would notice: wrong versions of the code under test break the row that is there for them."""

from collections.abc import Callable

import pytest

from tests.proofs.campaigns import practice
from tests.proofs.campaigns.practice_rows import Size
from tests.proofs.practice.test_http import (
    forget_the_last_answer,
    leave_out_the_summary,
    write_whatever_the_version,
)
from tests.proofs.practice.test_mutations import begin_with_the_newest, forget_the_wrong, keep_the_order

SEED = 20_260
TINY = Size(500, 300, 30)

Mutant = Callable[[pytest.MonkeyPatch], None]


@pytest.mark.parametrize(
    ("change", "claim"),
    [
        (keep_the_order, "After a wrong answer"),
        (forget_the_wrong, "What was wrong"),
        (begin_with_the_newest, "Then comes"),
        (forget_the_last_answer, "Of the answers to a version"),
        (write_whatever_the_version, "Of the answers to a version|What is told and stored"),
        (leave_out_the_summary, "What is told and stored"),
    ],
)
def test_a_mistake_breaks_its_row(change: Mutant, claim: str, monkeypatch: pytest.MonkeyPatch) -> None:
    change(monkeypatch)
    section = practice.run(TINY, SEED)
    [broken] = [row for row in section.rows if row.holds is False and "Violation" in row.cells[1]]
    assert any(broken.cells[0].startswith(one) for one in claim.split("|"))
    assert f"seed {SEED}" in broken.cells[1]
