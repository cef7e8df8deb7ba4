"""Every campaign, at a size that fits into the test suite; those on the stack are in tests/stack."""

import pytest

from tests.proofs.campaigns.registry import CAMPAIGNS

SEED = 20_260


@pytest.mark.parametrize("name", [name for name, campaign in CAMPAIGNS.items() if not campaign.on_stack])
def test_every_claim_holds(name: str) -> None:
    campaign = CAMPAIGNS[name]
    section = campaign.run(campaign.short, SEED)
    assert section.rows
    assert [row for row in section.rows if row.holds is False] == []
