"""An emulator of these proofs' own, and in it an environment for each, which the tool takes for the local one."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.proofs.dead_letters.place import Place
from tests.proofs.dead_letters.school import School
from tests.proofs.live.calls import Calls
from tests.proofs.live.servers import running_emulator
from tools.dlq import audit, boxes, changing
from tools.dlq.__main__ import main
from tools.stack import outputs

Dlq: TypeAlias = Callable[..., int]


@pytest.fixture(scope="session")
def emulator_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_emulator(tmp_path_factory.mktemp("emulator")) as url:
        yield url


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """What all calls of AWS pass."""
    watched = Calls()
    watched.install(monkeypatch)
    return watched


@pytest.fixture
def place(emulator_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    made = Place(emulator_url, f"quiz-{uuid.uuid4().hex[:12]}", tmp_path)
    made.furnish()
    monkeypatch.setattr(outputs, "FILE", made.outputs)
    for module in (audit, changing):
        monkeypatch.setattr(module, "LOCAL", tmp_path)
    # The emulator has one server, which knows at once that there is nothing.
    monkeypatch.setattr(boxes, "_WAIT_SECONDS", 0)
    return made


@pytest.fixture
def school(place: Place) -> School:
    return School(place)


@pytest.fixture
def dlq(place: Place) -> Dlq:
    """The tool, as it is called from a shell."""
    return lambda *arguments: main([*arguments])
