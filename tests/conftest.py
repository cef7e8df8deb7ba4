"""The local stack, up for the whole session: the one that runs already, or one that is taken down again."""

from collections.abc import Iterator

import pytest

from tests.stack.support import Stack
from tools.stack import emulator, outputs, processes
from tools.stack.__main__ import down
from tools.stack.up import up


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    was_up = processes.running(emulator.NAME) is not None
    up()
    yield Stack(outputs.read())
    if not was_up:
        down()
