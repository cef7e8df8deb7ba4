from collections.abc import Iterator

import pytest

from tests.proofs.bootstrap.account import Account, bootstrapped, running


@pytest.fixture(scope="session")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    """Applied once: it takes the provider a minute to believe the bucket's lifecycle."""
    with running(tmp_path_factory.mktemp("emulator")) as url:
        yield bootstrapped(url, tmp_path_factory.mktemp("bootstrap"))
