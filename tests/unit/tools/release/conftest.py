import pytest

from tests.unit.tools.release.account import Account


@pytest.fixture
def account() -> Account:
    return Account()
