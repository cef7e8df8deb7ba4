"""Tokens of ElastiCache are signed here, by the rules that AWS publishes."""

import hashlib
import hmac
from urllib.parse import parse_qsl, quote, urlencode

import pytest

from adapters.cache.tokens import Tokens


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "session/+=")


def _parts(token: str) -> tuple[str, dict[str, str]]:
    place, _, query = token.partition("/?")
    return place, dict(parse_qsl(query, strict_parsing=True))


def test_it_is_an_address_without_a_scheme_that_says_who_connects_where() -> None:
    place, query = _parts(Tokens("quiz-reader", "Quiz-Cache").token())
    assert place == "quiz-cache"
    assert query["Action"] == "connect"
    assert query["User"] == "quiz-reader"
    assert query["X-Amz-Expires"] == "900"
    assert query["X-Amz-Security-Token"] == "session/+="
    assert query["X-Amz-Credential"].split("/")[2:] == ["eu-central-1", "elasticache", "aws4_request"]


def test_the_signature_is_that_of_the_signing_process() -> None:
    place, query = _parts(Tokens("quiz-reader", "quiz-cache").token())
    signature = query.pop("X-Amz-Signature")
    canonical_query = urlencode(sorted(query.items()), quote_via=quote, safe="-_.~")
    empty = hashlib.sha256(b"").hexdigest()
    canonical = f"GET\n/\n{canonical_query}\nhost:{place}\n\nhost\n{empty}"
    scope = query["X-Amz-Credential"].partition("/")[2]
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    text = f"AWS4-HMAC-SHA256\n{query['X-Amz-Date']}\n{scope}\n{digest}"
    key = b"AWS4secret"
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    assert signature == hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def test_a_token_is_kept_for_ten_of_its_fifteen_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1_000.0]
    tokens = Tokens("quiz-reader", "quiz-cache", lambda: now[0])
    signed = iter(["first", "second"])
    monkeypatch.setattr(tokens, "_signed", lambda: next(signed))
    taken = []
    for now[0] in (1_000.0, 1_599.0, 1_600.0, 2_100.0):
        taken.append(tokens.token())
    assert taken == ["first", "first", "second", "second"]
