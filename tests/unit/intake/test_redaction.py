"""Secrets do not get into the ledger, and neither does from where somebody called."""

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.redaction import kept_headers, redacted_query
from tests.unit.builders import Calls
from tests.unit.intake.support import answer, line, request

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl"
SECRET = [
    "authorization",
    "Authorization",
    "proxy-authorization",
    "cookie",
    "set-cookie",
    "x-api-key",
    "X-Api-Key",
    "apikey",
    "x-auth-token",
    "x-amz-security-token",
    "x-csrf-token",
    "x-hub-signature-256",
    "x-secret",
    "session_id",
    "password",
    "passwd",
    "user[password]",
    "client_secret",
    "access_token",
    "idToken",
    "private_key",
    "code",
    "OTP",
    "sid",
]
HARMLESS = [
    "author",
    "authors",
    "author_id",
    "keyword",
    "keyboard",
    "course",
    "page",
    "postcode",
    "x-tag",
    "state",
    "pinned",
]
WHEREABOUTS = [
    "x-forwarded-for",
    "Forwarded",
    "x-real-ip",
    "true-client-ip",
    "cf-connecting-ip",
    "cloudfront-viewer-address",
    "x-remote-addr",
    "referer",
    "from",
]
TECHNICAL = [
    "accept-language",
    "content-length",
    "content-type",
    "host",
    "origin",
    "user-agent",
    "x-amzn-trace-id",
    "x-forwarded-port",
    "x-forwarded-proto",
]


@pytest.mark.parametrize("name", SECRET)
def test_headers_that_sound_like_secrets_are_left_out(name: str) -> None:
    assert kept_headers({name: "SECRET", "accept": "*/*"}) == {"accept": "*/*"}


@pytest.mark.parametrize("name", WHEREABOUTS)
def test_headers_that_tell_from_where_somebody_called_are_left_out(name: str) -> None:
    assert kept_headers({name: "192.168.0.1"}) == {}


@pytest.mark.parametrize("name", [*TECHNICAL, *HARMLESS])
def test_other_headers_are_kept(name: str) -> None:
    assert kept_headers({name: "any value, too"}) == {name: "any value, too"}


@pytest.mark.parametrize("value", [f"Bearer {JWT}", "bearer abc", "Basic YW5uOnBhc3M=", JWT, f"a, {JWT}"])
def test_a_token_in_another_place_is_left_out_too(value: str) -> None:
    assert kept_headers({"x-tag": value}) == {}
    assert redacted_query(f"a=1&tag={quote(value)}&b=2") == "a=1&tag=[redacted]&b=2"
    assert redacted_query(quote(value)) == "[redacted]"


@pytest.mark.parametrize("name", SECRET)
@pytest.mark.parametrize("encoded", [False, True])
def test_parameters_that_sound_like_secrets_lose_their_value(name: str, encoded: bool) -> None:
    given_name = "".join(f"%{byte:02x}" for byte in name.encode()) if encoded else quote(name)
    found = redacted_query(f"a=1&{given_name}=SECRET&{given_name}=SECRET=SECRET&b")
    assert found == f"a=1&{given_name}=[redacted]&{given_name}=[redacted]&b"


def test_a_semicolon_hides_nothing() -> None:
    assert redacted_query("a=1;token=SECRET;b=2") == "a=1;token=[redacted];b=2"


@pytest.mark.parametrize("name", HARMLESS)
def test_other_parameters_keep_theirs(name: str) -> None:
    assert redacted_query(f"{name}=1&{name}=%zz&{name}") == f"{name}=1&{name}=%zz&{name}"


@given(st.lists(st.sampled_from(["a", "b=", "c=1", "=2", "", "%", "d=%ff", "grün=🎲", "e==&;"])))
def test_a_query_without_secrets_stays_as_it_is(parts: list[str]) -> None:
    query = "&".join(parts)
    assert redacted_query(query) == query


@given(st.text(), st.sampled_from(SECRET), st.text())
def test_no_neighbour_saves_a_secret(before: str, name: str, after: str) -> None:
    assert "SECRET" not in redacted_query(f"{quote(before)}&{quote(name)}=SECRET&{quote(after)}")


def test_nothing_secret_reaches_the_table(intake: Calls, database: Any) -> None:
    headers = dict.fromkeys(SECRET, "SECRET") | {"x-forwarded-for": "192.168.0.1", "x-tag": f"Bearer {JWT}"}
    answer(request(query="token=SECRET", headers=headers))
    found = line(database)
    assert found["headers"] == {"content-type": "application/json"}
    for secret in ("SECRET", JWT, "192.168.0.1"):
        assert secret not in str(found)
