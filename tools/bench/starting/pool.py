"""A user pool of this process's own: the keys that it publishes, and somebody with a token of it who connects."""

import json
import time
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

_POOL, _CLIENT = "us-east-1_cold", "client"

VARIABLES = {"AWS_REGION": "us-east-1", "USER_POOL_ID": _POOL, "USER_POOL_CLIENT_ID": _CLIENT}


@cache
def _key() -> RSAPrivateKey:
    return generate_private_key(65537, 2048)


def published() -> str:
    """What the pool says when it is asked for its keys."""
    described = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_key().public_key()))
    return json.dumps({"keys": [{**described, "kid": "cold", "alg": "RS256", "use": "sig"}]})


def event() -> dict[str, Any]:
    """A browser that wants to connect."""
    claims = {
        "sub": "student",
        "iss": f"https://cognito-idp.us-east-1.amazonaws.com/{_POOL}",
        "client_id": _CLIENT,
        "token_use": "access",
        "exp": int(time.time()) + 3600,
    }
    token = jwt.encode(claims, _key(), "RS256", {"kid": "cold"})
    arn = "arn:aws:execute-api:us-east-1:123456789012:api/live/$connect"
    return {"methodArn": arn, "headers": {}, "queryStringParameters": {"token": token}, "requestContext": {}}
