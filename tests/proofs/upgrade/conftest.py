"""Today's configuration beside the state of the previous release, planned without a network."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.proofs.upgrade.changes import Changes, changes, upgrading

# Settings of the shell that would reach another state, other variables or a real account.
_AMBIENT = ("AWS_", "TF_CLI_ARGS", "TF_DATA_DIR", "TF_LOG", "TF_VAR_", "TF_WORKSPACE")


@pytest.fixture(scope="package", autouse=True)
def plain_environment() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        for name in [name for name in os.environ if name.startswith(_AMBIENT)]:
            patched.delenv(name)
        yield


@pytest.fixture(scope="package")
def checkout(plain_environment: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return upgrading(tmp_path_factory.mktemp("upgrade"))


@pytest.fixture(scope="package")
def upgrade(checkout: Path) -> Changes:
    return changes(checkout)


@pytest.fixture
def other(checkout: Path, tmp_path: Path) -> Path:
    """A copy to spoil."""
    copy = tmp_path / "checkout"
    shutil.copytree(checkout, copy, symlinks=True)
    return copy
