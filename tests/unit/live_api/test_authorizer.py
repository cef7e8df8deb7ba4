"""Only good access tokens of our client get in; everything is signed and served here, on this machine."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from adapters.tokens import Keys, Tokens, issuer_of, keys_url
from handlers.authorizer import token as authorizer
from quiz.errors import Unauthenticated, Unavailable
from tests.unit.builders import context

POOL, CLIENT = "eu-central-1_Ab1Cd2Ef3", "our-client"
ISSUER = f"https://cognito-idp.eu-central-1.amazonaws.com/{POOL}"
ARN = "arn:aws:execute-api:eu-central-1:123456789012:api/live/$connect"
OURS, NEW = "ours", "new"
# What is of no use to us keeps nobody out.
OTHERS = [{"kty": "EC", "kid": "other"}, {}, {"kty": "RSA", "kid": "broken", "n": "AAAAA", "e": "AQAB"}]


@cache
def _key(name: str) -> RSAPrivateKey:
    return generate_private_key(65537, 2048)


def _jwk(name: str) -> dict[str, Any]:
    described = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_key(name).public_key()))
    return {**described, "kid": name, "alg": "RS256", "use": "sig"}


class Pool:
    """Serves the keys of the pool, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.status = 200
        self.content = json.dumps({"keys": [*OTHERS, _jwk(OURS)]}).encode()
        pool = self

        class Server(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                pool.asked.append(self.path)
                self.send_response(pool.status)
                self.end_headers()
                self.wfile.write(pool.content)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Server)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def rotate(self) -> None:
        self.content = json.dumps({"keys": [_jwk(OURS), _jwk(NEW)]}).encode()


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    made = Pool()
    thread = Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    for name, value in (
        ("AWS_ENDPOINT_URL", made.url),
        ("AWS_REGION", "eu-central-1"),
        ("USER_POOL_CLIENT_ID", CLIENT),
        ("USER_POOL_ID", POOL),
    ):
        monkeypatch.setenv(name, value)
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def _claims(**changes: Any) -> dict[str, Any]:
    now = int(time.time())
    claims = {
        "sub": "3f1c8d1e-0000-4000-8000-000000000001",
        "iss": ISSUER,
        "client_id": CLIENT,
        "token_use": "access",
        "scope": "aws.cognito.signin.user.admin",
        "cognito:groups": ["students", "instructors"],
        "iat": now,
        "exp": now + 1800,
        "jti": "1",
        "username": "ann",
        **changes,
    }
    return {name: value for name, value in claims.items() if value is not ...}


def token(key: str = OURS, kid: Any = None, **changes: Any) -> str:
    return jwt.encode(_claims(**changes), _key(key), "RS256", {"kid": kid or key})


def _part(value: Any) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _event(**offered: Any) -> dict[str, Any]:
    return {
        "type": "REQUEST",
        "methodArn": ARN,
        "headers": {"Host": "api.example"},
        "multiValueHeaders": {"Host": ["api.example"]},
        "requestContext": {"routeKey": "$connect", "eventType": "CONNECT", "connectionId": "c1"},
        **offered,
    }


def _ask(given: str) -> dict[str, Any]:
    answer: dict[str, Any] = authorizer.handler(_event(queryStringParameters={"token": given}), context())
    return answer


def _effect(answer: dict[str, Any]) -> str:
    [statement] = answer["policyDocument"]["Statement"]
    assert (statement["Action"], statement["Resource"]) == ("execute-api:Invoke", ARN)
    assert answer["policyDocument"]["Version"] == "2012-10-17"
    effect: str = statement["Effect"]
    assert ("context" in answer) == (effect == "Allow")
    return effect


class TestGoodTokens:
    def test_get_in_and_their_holder_is_told(self, pool: Pool) -> None:
        given = token(exp=(until := int(time.time()) + 60))
        answer = _ask(given)
        assert _effect(answer) == "Allow"
        assert answer["principalId"] == "3f1c8d1e-0000-4000-8000-000000000001"
        assert answer["context"] == {
            "user_id": "3f1c8d1e-0000-4000-8000-000000000001",
            "groups": "students instructors",
            "expires_at": until,
        }
        assert pool.asked == [f"/{POOL}/.well-known/jwks.json"]

    @pytest.mark.parametrize("groups", [..., [], "instructors", None])
    def test_without_groups_are_good_for_none(self, groups: Any, pool: Pool) -> None:
        assert _ask(token(**{"cognito:groups": groups}))["context"]["groups"] == ""

    @pytest.mark.parametrize(
        "offer",
        [
            lambda given: {"headers": {"Sec-WebSocket-Protocol": f"bearer, {given}"}},
            lambda given: {"headers": {"sec-websocket-protocol": f"bearer,{given}"}, "multiValueHeaders": None},
            lambda given: {"multiValueHeaders": {"SEC-WEBSOCKET-PROTOCOL": ["bearer", given]}},
            lambda given: {"multiValueHeaders": {"Sec-WebSocket-Protocol": [f"chat, bearer, {given}"]}},
            lambda given: {"headers": None, "multiValueHeaders": None, "queryStringParameters": {"token": given}},
        ],
    )
    def test_come_as_subprotocol_or_in_the_query(self, offer: Callable[[str], Any], pool: Pool) -> None:
        assert _effect(authorizer.handler(_event(**offer(token())), context())) == "Allow"

    def test_share_one_fetch(self, pool: Pool) -> None:
        for _ in range(5):
            assert _effect(_ask(token())) == "Allow"
        assert len(pool.asked) == 1

    def test_of_a_clock_that_is_ahead(self, pool: Pool) -> None:
        assert _effect(_ask(token(iat=int(time.time()) + 30))) == "Allow"


class TestBadTokens:
    @pytest.mark.parametrize(
        "changes",
        [
            {"exp": 1_700_000_000},
            {"exp": ...},
            {"exp": "never"},
            {"nbf": 2**33},
            {"client_id": "another-client"},
            {"client_id": ...},
            {"client_id": [CLIENT]},
            {"iss": ISSUER.replace("Ab1", "Zz9")},
            {"iss": ISSUER + "/"},
            {"iss": ...},
            {"token_use": "id", "aud": CLIENT},
            {"token_use": ..., "aud": CLIENT},
            {"token_use": "refresh"},
            {"sub": ...},
            {"sub": 7},
        ],
        ids=str,
    )
    def test_with_one_claim_wrong(self, changes: dict[str, Any], pool: Pool) -> None:
        assert _effect(_ask(token(**changes))) == "Deny"

    def test_signed_by_another_key_of_the_same_name(self, pool: Pool) -> None:
        assert _effect(_ask(token(NEW, kid=OURS))) == "Deny"

    def test_changed_after_they_were_signed(self, pool: Pool) -> None:
        head, _, signature = token().split(".")
        assert _effect(_ask(f"{head}.{_part(_claims(sub='somebody-else'))}.{signature}")) == "Deny"

    @pytest.mark.parametrize("algorithm", ["none", "None", "nOnE", "", None])
    def test_signed_by_nobody(self, algorithm: Any, pool: Pool) -> None:
        assert _effect(_ask(f"{_part({'alg': algorithm, 'kid': OURS})}.{_part(_claims())}.")) == "Deny"
        assert pool.asked == []

    @pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER])
    def test_signed_with_the_public_key_as_a_secret(self, encoding: Encoding, pool: Pool) -> None:
        secret = _key(OURS).public_key().public_bytes(encoding, PublicFormat.SubjectPublicKeyInfo)
        signed = f"{_part({'alg': 'HS256', 'typ': 'JWT', 'kid': OURS})}.{_part(_claims())}"
        mac = hmac.digest(secret, signed.encode(), hashlib.sha256)
        assert _effect(_ask(f"{signed}.{_part(mac)}")) == "Deny"
        assert pool.asked == []

    @pytest.mark.parametrize("algorithm", ["RS384", "RS512", "PS256"])
    def test_signed_otherwise(self, algorithm: str, pool: Pool) -> None:
        assert _effect(_ask(jwt.encode(_claims(), _key(OURS), algorithm, {"kid": OURS}))) == "Deny"

    def test_that_bring_their_own_key(self, pool: Pool) -> None:
        headers = {"kid": NEW, "jwk": _jwk(NEW), "jku": f"{pool.url}/mine"}
        assert _effect(_ask(jwt.encode(_claims(), _key(NEW), "RS256", headers))) == "Deny"
        assert pool.asked == [f"/{POOL}/.well-known/jwks.json"]

    @pytest.mark.parametrize("kid", [7, [], {}, None])
    def test_whose_key_has_no_name(self, kid: Any, pool: Pool) -> None:
        assert _effect(_ask(f"{_part({'alg': 'RS256', 'kid': kid})}.{_part(_claims())}.x")) == "Deny"

    @pytest.mark.parametrize(
        "given",
        [
            "",
            "x",
            "a.b.c",
            "..",
            ".",
            "é.é.é",
            "\ud800",
            "x" * 100_000,
            f"{_part(b'[' * 5000)}.x.x",
            f"{_part(b'{')}.x.x",
            f"{_part([])}.x.x",
            f"{_part({'alg': ['RS256'], 'kid': OURS})}.x.x",
            f"{_part({'alg': 'RS256', 'kid': OURS, 'crit': ['b64'], 'b64': False})}.x.x",
        ],
        ids=lambda given: ascii(given[:20]),
    )
    def test_that_are_none(self, given: str, pool: Pool) -> None:
        assert _effect(_ask(given)) == "Deny"

    @pytest.mark.parametrize(
        "offered",
        [
            {},
            {"headers": None, "multiValueHeaders": None, "queryStringParameters": None},
            {"headers": {"Sec-WebSocket-Protocol": "bearer"}},
            {"headers": {"Sec-WebSocket-Protocol": ""}},
            {"headers": {"Authorization": "Bearer x"}},
        ],
    )
    def test_that_are_missing(self, offered: dict[str, Any], pool: Pool) -> None:
        assert _effect(authorizer.handler(_event(**offered), context())) == "Deny"
        assert pool.asked == []

    def test_are_logged_without_themselves(self, pool: Pool, capsys: pytest.CaptureFixture[str]) -> None:
        given = token(exp=1_700_000_000)
        _ask(given)
        logged = capsys.readouterr().out
        assert "connection refused" in logged
        assert "ExpiredSignatureError" in logged
        assert "ConnectionsRefused" in logged
        assert not [part for part in given.split(".") if part in logged]


class TestKeys:
    def test_a_new_one_is_fetched(self, pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
        assert _effect(_ask(token())) == "Allow"
        pool.rotate()
        assert _effect(_ask(token(NEW))) == "Deny"
        now = time.monotonic() + 61
        monkeypatch.setattr(authorizer.bootstrap()._keys, "_clock", lambda: now)
        assert _effect(_ask(token(NEW))) == "Allow"
        assert _effect(_ask(token())) == "Allow"
        assert len(pool.asked) == 2

    def test_inventing_names_fetches_them_once_a_minute(self, pool: Pool) -> None:
        now = 1000.0
        tokens = Tokens(Keys(keys_url(ISSUER, pool.url), lambda: now), ISSUER, CLIENT)
        for second in range(180):
            now = 1000.0 + second
            with pytest.raises(Unauthenticated):
                tokens.verify(token(kid=f"invented-{second}"))
        assert len(pool.asked) == 3
        tokens.verify(token())

    @pytest.mark.parametrize("status", [500, 404, 403])
    def test_that_cannot_be_had_are_a_failure_of_ours(self, status: int, pool: Pool) -> None:
        pool.status = status
        with pytest.raises(Unavailable):
            _ask(token())

    @pytest.mark.parametrize(
        "content", [b"", b"nonsense", b"[]", b"{}", b'{"keys": [{"kty": "RSA", "kid": "x"}]}', b"7"]
    )
    def test_that_are_none_are_a_failure_of_ours(self, content: bytes, pool: Pool) -> None:
        pool.content = content
        with pytest.raises(Unavailable):
            _ask(token())

    def test_a_flood_while_they_cannot_be_had_asks_every_two_seconds(self, pool: Pool) -> None:
        pool.status = 500
        now = 1000.0
        keys = Keys(keys_url(ISSUER, pool.url), lambda: now)
        for tenth in range(60):
            now = 1000.0 + tenth / 10
            with pytest.raises(Unavailable):
                keys.get(OURS)
        assert len(pool.asked) == 3
        pool.status, now = 200, 1010.0
        assert keys.get(OURS)

    def test_known_ones_serve_while_new_ones_cannot_be_had(self, pool: Pool) -> None:
        now = 1000.0
        keys = Keys(keys_url(ISSUER, pool.url), lambda: now)
        keys.get(OURS)
        pool.status, now = 500, 1100.0
        with pytest.raises(Unavailable):
            keys.get(NEW)
        assert keys.get(OURS)

    def test_nobody_at_home(self, pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
        # A port that was just given back.
        unused = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
        unused.server_close()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{unused.server_port}")
        with pytest.raises(Unavailable):
            _ask(token())

    def test_are_published_by_the_pool(self) -> None:
        assert issuer_of("eu-central-1", POOL) == ISSUER
        assert keys_url(ISSUER, "") == f"{ISSUER}/.well-known/jwks.json"
