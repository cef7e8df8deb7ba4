"""Access tokens of the user pool: signed by a key of the pool, for our client, and still good.

Only the authorizer imports this file: PyJWT brings OpenSSL along, which nothing else should wait for at a cold start.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.client import HTTPException
from typing import Any
from urllib.request import urlopen

import jwt
import msgspec

# PyJWT takes it where it finds it; named here, so that it is packaged.
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from msgspec import Struct

from quiz.errors import Unauthenticated, Unavailable

_ALGORITHM = "RS256"
_USE = "access"
_FETCH_SECONDS = 1.5
_MOST_BYTES = 150_000
# Whoever invents key ids makes each environment ask for the keys this often, and no oftener.
_PAUSE_SECONDS = 60.0
_PAUSE_AFTER_FAILURE_SECONDS = 2.0
_OPTIONS: Any = {
    "require": ["exp", "iss", "sub", "client_id", "token_use"],
    # Access tokens name their client instead of an audience.
    "verify_aud": False,
    # What Cognito signed a moment ago may be from the future by our clock.
    "verify_iat": False,
}


class Identity(Struct, frozen=True):
    """Whose token it is, and until when (seconds since 1970)."""

    user_id: str
    groups: tuple[str, ...]
    expires_at: int


class Keys:
    """The public keys of the pool by their ids, fetched when an unknown one is met."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._clock = clock
        self._keys: Mapping[str, Any] = {}
        self._next_fetch = float("-inf")

    def get(self, key_id: str) -> Any:
        """The key; Unauthenticated if the pool has none such, Unavailable if it cannot be asked."""
        if key_id not in self._keys and self._clock() >= self._next_fetch:
            self._refresh()
        if not self._keys:
            raise Unavailable("the keys of the user pool are not known")
        if key_id not in self._keys:
            raise Unauthenticated("unknown key")
        return self._keys[key_id]

    def _refresh(self) -> None:
        self._next_fetch = self._clock() + _PAUSE_AFTER_FAILURE_SECONDS
        try:
            self._keys = _keys(_fetch(self._url))
        except (OSError, HTTPException, ValueError, KeyError, TypeError, AttributeError, jwt.PyJWTError) as error:
            raise Unavailable(f"the keys of the user pool: {type(error).__name__}") from error
        self._next_fetch = self._clock() + _PAUSE_SECONDS


class Tokens:
    """Verifies tokens of one pool and one client."""

    def __init__(self, keys: Keys, issuer: str, client_id: str) -> None:
        self._keys = keys
        self._issuer = issuer
        self._client_id = client_id

    def verify(self, token: str) -> Identity:
        """Who holds the token, or Unauthenticated with a reason that quotes nothing of it."""
        try:
            claims = self._claims(token)
        except (jwt.PyJWTError, ValueError, RecursionError) as error:
            raise Unauthenticated(type(error).__name__) from None
        if claims["token_use"] != _USE:
            raise Unauthenticated("no access token")
        if claims["client_id"] != self._client_id:
            raise Unauthenticated("another client")
        groups = claims.get("cognito:groups")
        named = groups if isinstance(groups, list) else []
        return Identity(claims["sub"], tuple(str(group) for group in named), int(claims["exp"]))

    def _claims(self, token: str) -> Mapping[str, Any]:
        header = jwt.get_unverified_header(token)
        # Before the key is looked for: no other algorithm makes us fetch anything.
        if header.get("alg") != _ALGORITHM:
            raise Unauthenticated("another algorithm")
        key = self._keys.get(header.get("kid", ""))
        claims: Mapping[str, Any] = jwt.decode(
            token, key, algorithms=[_ALGORITHM], issuer=self._issuer, options=_OPTIONS
        )
        return claims


def issuer_of(region: str, pool_id: str) -> str:
    """What the pool calls itself in its tokens, wherever it runs."""
    return f"https://cognito-idp.{region}.amazonaws.com/{pool_id}"


def keys_url(issuer: str, endpoint: str) -> str:
    """Where the pool publishes its keys; an emulator does so at its own address."""
    base = f"{endpoint}/{issuer.rpartition('/')[2]}" if endpoint else issuer
    return f"{base}/.well-known/jwks.json"


def _fetch(url: str) -> bytes:
    # The address comes from our own settings.
    with urlopen(url, timeout=_FETCH_SECONDS) as response:  # noqa: S310
        content: bytes = response.read(_MOST_BYTES)
    return content


def _keys(content: bytes) -> Mapping[str, Any]:
    """The keys that can be read; one that cannot keeps nobody else out."""
    found = {}
    for described in msgspec.json.decode(content)["keys"]:
        with suppress(jwt.PyJWTError, KeyError):
            if described["kty"] == "RSA":
                key = jwt.PyJWK(described, _ALGORITHM).key
                if isinstance(key, RSAPublicKey):
                    found[described["kid"]] = key
    if not found:
        raise ValueError("no keys at all")
    return found
