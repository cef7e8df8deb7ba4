"""Two functions and their alarms, applied by Terraform to an emulator that is there for nothing else."""

from collections.abc import Iterator

import pytest

from tests.proofs.release.emulated import own_emulator
from tests.proofs.release.school import School


@pytest.fixture(scope="package")
def emulator_url() -> Iterator[str]:
    with own_emulator() as url:
        yield url


@pytest.fixture(scope="package")
def school(emulator_url: str, tmp_path_factory: pytest.TempPathFactory) -> School:
    return School.make(emulator_url, tmp_path_factory.mktemp("release"))


@pytest.fixture
def settled(school: School) -> School:
    """A release is over: whatever is newest serves, and no alarm is on."""
    school.settle()
    return school
