"""Clients take the credentials that Lambda hands to a function, and otherwise look where botocore looks."""

from typing import Any

import pytest
from botocore.credentials import CredentialResolver

from adapters import clients

GIVEN = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "token"}


@pytest.fixture(autouse=True)
def new_environment(monkeypatch: pytest.MonkeyPatch) -> Any:
    for name in (*GIVEN, "AWS_CREDENTIAL_EXPIRATION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    clients._session.cache_clear()
    clients.create.cache_clear()
    yield
    clients._session.cache_clear()
    clients.create.cache_clear()


def _credentials(client: Any) -> Any:
    return client._get_credentials()


def test_what_the_environment_gives_is_taken_without_looking_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CredentialResolver, "load_credentials", lambda _: pytest.fail("looked further"))
    for name, value in GIVEN.items():
        monkeypatch.setenv(name, value)
    found = _credentials(clients.make("dynamodb"))
    assert (found.access_key, found.secret_key, found.token) == ("key", "secret", "token")


@pytest.mark.parametrize(
    "given",
    [{}, {"AWS_ACCESS_KEY_ID": "key"}, {**GIVEN, "AWS_CREDENTIAL_EXPIRATION": "2026-11-20T08:00:00Z"}],
    ids=["none", "half", "for a while"],
)
def test_otherwise_botocore_looks(given: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    monkeypatch.setattr(CredentialResolver, "load_credentials", lambda _: looked.append(1))
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    clients.make("dynamodb")
    assert looked


def test_a_token_need_not_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    assert _credentials(clients.make("dynamodb")).token is None
