"""The local stack, up for the whole session: the one that runs already, or one that is taken down again."""

from collections.abc import Iterator
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from tests.stack.support import Stack
from tools.stack import emulator, outputs, processes
from tools.stack.__main__ import down
from tools.stack.up import up

# What shares something costly that only one process can have: the local stack, and the plans of the root. The examples
# bring emulators of their own, nine at once, beside which nobody could play a quiz on the stack.
_ONE_AT_A_TIME = {
    "tests/stack": "stack",
    "tests/proofs/game_days": "stack",
    "tests/proofs/examples": "stack",
    "tests/terraform": "terraform",
}


class _Together(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Where tests run in several processes, those of one file stay together, and those that share something do too."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return next((name for folder, name in _ONE_AT_A_TIME.items() if file.startswith(f"{folder}/")), file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> _Together:
    return _Together(config, log)


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    was_up = processes.running(emulator.NAME) is not None
    up()
    yield Stack(outputs.read())
    if not was_up:
        down()
