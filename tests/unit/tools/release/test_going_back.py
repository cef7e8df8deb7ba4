"""Rollback by hand: to what served before, of what the latest release changed."""

import pytest

from tests.unit.tools.release.account import Account
from tools.environment import Refused
from tools.release.going_back import back

_HTTP, _SOCKET, _INTAKE = "quiz-test-http", "quiz-test-socket", "quiz-test-intake"


def test_what_is_tried_loses_its_share(account: Account) -> None:
    account.functions.publish(_HTTP, 4)
    account.functions.serve(_HTTP, "3", v4=0.1)
    back(account, [])
    assert account.functions.serving(_HTTP) == ("3", {})
    assert account.functions.serving(_SOCKET) == ("3", {})


def test_else_what_the_latest_deploy_changed_goes_back_together(account: Account) -> None:
    minute = 1 / 24 / 60
    account.functions.publish(_HTTP, 4)
    account.functions.publish(_SOCKET, 4 + 3 * minute)
    account.functions.serve(_HTTP, "4")
    account.functions.serve(_SOCKET, "4")
    back(account, [])
    assert account.functions.serving(_HTTP) == ("3", {})
    assert account.functions.serving(_SOCKET) == ("3", {})
    assert account.functions.serving(_INTAKE) == ("3", {})


def test_again_it_goes_back_one_further(account: Account) -> None:
    back(account, [])
    back(account, [])
    assert account.functions.serving(_HTTP) == ("1", {})
    with pytest.raises(Refused, match="one version only"):
        back(account, [])


def test_a_function_that_is_named_goes_back_alone(account: Account) -> None:
    back(account, ["http"])
    assert account.functions.serving(_HTTP) == ("2", {})
    assert account.functions.serving(_SOCKET) == ("3", {})


def test_it_goes_to_the_version_that_is_named(account: Account) -> None:
    back(account, ["http"], to="1")
    assert account.functions.serving(_HTTP) == ("1", {})


@pytest.mark.parametrize(("functions", "to"), [(["htpp"], None), (["http"], "9"), (["http"], "$LATEST")])
def test_what_is_not_there_is_refused_and_nothing_changed(
    account: Account, functions: list[str], to: str | None
) -> None:
    with pytest.raises(Refused):
        back(account, functions, to)
    assert account.functions.serving(_HTTP) == ("3", {})


def test_versions_that_were_deleted_are_passed_over(account: Account) -> None:
    account.functions.delete_function(_HTTP, "2")
    back(account, ["http"])
    assert account.functions.serving(_HTTP) == ("1", {})
