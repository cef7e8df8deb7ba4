"""All operations of this platform, pillar by pillar."""

from collections.abc import Iterator

from tools.bench.operations import bank, intake, live, lms, practice, quizzes, watching
from tools.bench.operations.asked import Counted, Operation
from tools.bench.operations.network import Network
from tools.bench.operations.world import World


def operations(network: Network, redis_port: int) -> Iterator[Operation | Counted]:
    """In the order of the catalogue."""
    world = World(network, redis_port)
    with world.ready():
        yield from quizzes.operations(world)
        yield from bank.operations()
        yield from live.operations(world)
        yield from practice.operations(world)
        yield from intake.operations()
        yield from lms.operations(world)
        yield from watching.operations(world)
