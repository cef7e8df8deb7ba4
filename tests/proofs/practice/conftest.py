"""The proofs' own database, started once, and what they have to tell."""

import os
from collections.abc import Iterator

import pytest

from tests.proofs.live.servers import running_emulator

SCALE = int(os.environ.get("PROOF_SCALE", "1"))

# The figures, for whoever reads the run.
FIGURES: list[str] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in FIGURES:
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def emulator_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_emulator(tmp_path_factory.mktemp("emulator")) as url:
        yield url
