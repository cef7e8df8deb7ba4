"""An emulator of these proofs' own, and in it an environment for each, which the doctor takes for the local one."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import msgspec
import pytest

from tests.proofs.dead_letters.place import Place
from tests.proofs.doctor.ward import Ward, api
from tests.proofs.live.servers import running_emulator
from tools.deployed import find
from tools.doctor.examining import examine
from tools.doctor.report import Problem, Report
from tools.stack import outputs

Examine: TypeAlias = Callable[[], Report]


@pytest.fixture(scope="session")
def emulator_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_emulator(tmp_path_factory.mktemp("emulator")) as url:
        yield url


@pytest.fixture
def ward(emulator_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ward]:
    place = Place(emulator_url, f"quiz-{uuid.uuid4().hex[:12]}", tmp_path)
    place.furnish()
    monkeypatch.setattr(outputs, "FILE", place.outputs)
    made = Ward(place)
    with api() as url:
        made.furnish(url)
        yield made


@pytest.fixture
def report() -> Examine:
    return lambda: examine(find("local"))


def only(found: Report) -> Problem:
    """The one problem that there is."""
    assert len(found.problems) == 1, found.problems
    return found.problems[0]


def facts(found: Report, area: str) -> Any:
    """The numbers of an area."""
    return msgspec.to_builtins(next(one for one in found.areas if one.name == area).facts)
