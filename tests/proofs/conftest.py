import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.proofs.environment import installed

_SCALE = int(os.environ.get("PROOF_SCALE", "1"))

# The everyday run is the same each time, so that it never fails by chance; a scaled one looks for something new.
settings.register_profile(
    "proofs",
    max_examples=300 * _SCALE,
    stateful_step_count=40,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    derandomize=_SCALE == 1,
    print_blob=True,
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow],
)


@pytest.fixture(autouse=True, scope="module")
def wired() -> Iterator[None]:
    with installed():
        yield
