"""The local stack, up for the whole session: the one that runs already, or one that is taken down again."""

from collections.abc import Iterator

import pytest

from tests.stack.support import Stack
from tools.paths import ROOT
from tools.stack import emulator, outputs, processes
from tools.stack.__main__ import down
from tools.stack.up import up

# What shares something costly that only one process can have: the local stack, and the plans of the root.
_ONE_AT_A_TIME = {"tests/stack": "stack", "tests/proofs/game_days": "stack", "tests/terraform": "terraform"}


def pytest_itemcollected(item: pytest.Item) -> None:
    """Where tests run in several processes, those of one file stay together, and those that share something do too."""
    file = item.path.relative_to(ROOT).as_posix()
    shared = next((name for folder, name in _ONE_AT_A_TIME.items() if file.startswith(f"{folder}/")), file)
    item.add_marker(pytest.mark.xdist_group(shared))


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    was_up = processes.running(emulator.NAME) is not None
    up()
    yield Stack(outputs.read())
    if not was_up:
        down()
