"""Access tokens: good ones, and every kind of bad one that can be thought of."""

import base64
import json
import time
from functools import cache
from random import Random
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from tests.proofs.campaigns.fuzzing import hostile

POOL, CLIENT = "eu-central-1_Ab1Cd2Ef3", "our-client"
ISSUER = f"https://cognito-idp.eu-central-1.amazonaws.com/{POOL}"
OURS, STRANGE = "ours", "strange"
# A token without one of them is good for nothing, nor is one in which it is anything else.
_NEEDED = ("sub", "iss", "client_id", "token_use", "exp")


def published() -> bytes:
    """The keys of the pool."""
    described = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_key(OURS).public_key()))
    return json.dumps({"keys": [{**described, "kid": OURS, "alg": "RS256", "use": "sig"}]}).encode()


def good(user_id: str, groups: list[str]) -> str:
    """One that opens the door."""
    return _signed(_claims(user_id, groups))


def bad(chance: Random) -> str:
    """One that does not."""
    kind = chance.choice((_wrong_claim, _wrong_claim, _other_key, _other_algorithm, _forged, _no_token))
    return kind(chance)


def _claims(user_id: str, groups: list[str]) -> dict[str, Any]:
    now = int(time.time())
    return {
        "sub": user_id,
        "iss": ISSUER,
        "client_id": CLIENT,
        "token_use": "access",
        "cognito:groups": groups,
        "iat": now,
        "exp": now + 1800,
    }


def _wrong_claim(chance: Random) -> str:
    claims, name = _claims("eve", ["instructors"]), chance.choice(_NEEDED)
    value: Any = chance.choice(
        [None, [], {}, True, 1_700_000_000 if name == "exp" else 7, "x" if name != "sub" else ["x"]]
    )
    if chance.random() < 0.2:
        del claims[name]
    else:
        claims[name] = value
    # PyJWT does not sign what is no issuer or subject; the wire does not mind.
    return _signed(claims)


def _other_key(chance: Random) -> str:
    return _signed(_claims("eve", ["instructors"]), STRANGE, chance.choice([OURS, STRANGE, "", None, 7, ["ours"]]))


def _other_algorithm(chance: Random) -> str:
    head = {"alg": chance.choice(["none", "None", "HS256", "ES256", "", None, ["RS256"], 7]), "kid": OURS}
    return f"{_part(head)}.{_part(_claims('eve', ['instructors']))}.{chance.choice(['', 'eA', 'x' * 342])}"


def _forged(chance: Random) -> str:
    head, _, signature = good("ann", []).split(".")
    return f"{head}.{_part(_claims('eve', [chance.choice(['instructors', 'admins'])]))}.{signature}"


def _no_token(chance: Random) -> str:
    text = str(hostile.scalar(chance))
    return chance.choice([text, f"{text}.{text}.{text}", f"{_part(text)}.{_part({})}.", ".." + text, "\x00." * 9])


def _signed(claims: dict[str, Any], key: str = OURS, kid: Any = OURS) -> str:
    signed = f"{_part({'alg': 'RS256', 'kid': kid})}.{_part(claims)}"
    signature = jwt.algorithms.RSAAlgorithm(jwt.algorithms.RSAAlgorithm.SHA256).sign(signed.encode(), _key(key))
    return f"{signed}.{_encoded(signature)}"


def _part(value: Any) -> str:
    return _encoded(json.dumps(value).encode())


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@cache
def _key(name: str) -> RSAPrivateKey:
    return generate_private_key(65537, 2048)
