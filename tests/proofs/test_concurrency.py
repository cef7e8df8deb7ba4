import pytest

from handlers.queue.groups import Groups
from tests.proofs.environment import Platform
from tests.proofs.scenarios import SCENARIOS, come_to_rest, prepared

THREADED = Platform(groups=Groups)


@pytest.mark.parametrize("kind", SCENARIOS)
def test_environments_race_for_the_same_batch(kind: str) -> None:
    """Real threads, inside the handler and around it: whoever comes first, the outcome is the same."""
    for _ in range(10):
        world = prepared(kind, THREADED)
        world.race(rivals=4)
        come_to_rest(world)
