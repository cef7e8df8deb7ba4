"""The deliveries campaign notices a wrong function: the row that the mistake breaks says so."""

import pytest

from tests.proofs.campaigns.deliveries import Size, run

SMALL = Size(300, 30, 4)
SEED = 7

MISTAKES = {
    "a write without a condition": "submissions stored twice",
    "a handler that names no failures": "messages lost",
    "a conflict taken for a resend": "messages lost",
    "a point too many": "scores other than worked out by hand",
    "dead letters de-duplicated by group": "messages lost",
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_campaign_notices(mistake: str) -> None:
    section = run(SMALL, SEED, mistake)
    [row] = [row for row in section.rows if row.cells[0] == MISTAKES[mistake]]
    assert row.holds is False
    assert f"seed {SEED}" in row.cells[2]
