"""Packages of both targets, built once."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.package.support import Endpoint, build_into


@pytest.fixture(scope="session")
def local_zips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_into("local", tmp_path_factory.mktemp("local"))


@pytest.fixture(scope="session")
def lambda_zips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_into("lambda", tmp_path_factory.mktemp("lambda"))


@pytest.fixture(params=["local", "lambda"])
def zips(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(f"{request.param}_zips")
    return found


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with Endpoint() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()
