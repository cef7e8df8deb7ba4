"""The proofs' own servers, started once."""

import os
from collections.abc import Iterator

import pytest

from tests.proofs.live.servers import Redis, running_emulator

# The everyday run is a tenth of the full one, and the same each time but for what threads make of it.
SCALE = int(os.environ.get("PROOF_SCALE", "1"))
PLAYERS = 200 if SCALE == 1 else 2_000

Servers = tuple[str, Redis]

# What was played and seen, for whoever reads the run.
COUNTS: list[str] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in COUNTS:
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    redis = Redis()
    with running_emulator(tmp_path_factory.mktemp("emulator")) as url:
        redis.start()
        yield url, redis
        redis.kill()
