"""The tokens of all callers, made by real pools wherever they can be: so one thing alone is wrong with each."""

import base64
import json
import time
from collections.abc import Mapping
from random import Random
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from tools.live.people import Person, sign_up
from tools.stack import outputs

# Of users of an emulator on the loopback interface.
_PASSWORD = "A-good-passw0rd"
_FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
# What a client is told of itself, and is not asked when it is changed.
_TOLD = ("LastModifiedDate", "CreationDate", "DefaultRedirectURI", "ClientSecret")


class Passports:
    """Signs people up and in, on the stack's pool and on another one that exists only for this."""

    def __init__(self, known: Mapping[str, Any], chance: Random) -> None:
        self._known = dict(known)
        self._chance = chance
        self._cognito = outputs.client("cognito-idp", self._known)
        self._names = f"authorization-{chance.getrandbits(32):08x}-{time.time_ns():x}"

    def people(self, number: int, *, instructors: bool = False) -> list[Person]:
        """People whom nobody has seen before."""
        kind = "instructor" if instructors else "student"
        names = [f"{self._names}-{kind}-{each}@example.com" for each in range(number)]
        return sign_up(self._known, names, instructors=instructors)

    def expired(self) -> str:
        """One of an instructor that was good for a second, a while ago."""
        pool, client = self._known["user_pool_id"], self._known["user_pool_client_id"]
        found = self._cognito.describe_user_pool_client(UserPoolId=pool, ClientId=client)["UserPoolClient"]
        kept = {name: value for name, value in found.items() if name not in _TOLD}
        units = {**kept.get("TokenValidityUnits", {}), "AccessToken": "seconds"}
        self._cognito.update_user_pool_client(**{**kept, "AccessTokenValidity": 1, "TokenValidityUnits": units})
        try:
            token = self._signed_in(pool, client)
        finally:
            self._cognito.update_user_pool_client(**kept)
        time.sleep(2)
        return token

    def of_another_client(self) -> str:
        """One of an instructor of the stack's pool who signed in to another app."""
        pool = self._known["user_pool_id"]
        client = self._client(pool)
        try:
            return self._signed_in(pool, client)
        finally:
            self._cognito.delete_user_pool_client(UserPoolId=pool, ClientId=client)

    def of_another_pool(self) -> str:
        """One of somebody who is an instructor elsewhere."""
        pool = self._cognito.create_user_pool(PoolName=self._names)["UserPool"]["Id"]
        try:
            self._cognito.create_group(UserPoolId=pool, GroupName="instructors")
            return self._signed_in(pool, self._client(pool))
        finally:
            self._cognito.delete_user_pool(UserPoolId=pool)

    def garbage(self, good: str) -> str:
        """Anything that is no token of ours, most of it made of one that is."""
        head, claims, signature = good.split(".")
        turned = {**_read(claims), "cognito:groups": ["instructors"]}
        kinds = (
            "garbage",
            f"{head}.{claims}.{signature[::-1]}",
            f"{head}.{_part(turned)}.{signature}",
            f"{_part({'alg': 'none'})}.{_part(turned)}.",
            f"{_part({**_read(head), 'alg': 'HS256'})}.{_part(turned)}.{signature}",
            jwt.encode(turned, generate_private_key(65537, 2048), "RS256", {"kid": _read(head)["kid"]}),
            "".join(self._chance.choices("abcXYZ019-_.", k=self._chance.randrange(1, 400))),
            f"{head}.{claims}",
        )
        return self._chance.choice(kinds)

    def _client(self, pool: str) -> str:
        made = self._cognito.create_user_pool_client(UserPoolId=pool, ClientName="another", ExplicitAuthFlows=_FLOWS)
        client_id: str = made["UserPoolClient"]["ClientId"]
        return client_id

    def _signed_in(self, pool: str, client: str) -> str:
        """The token of a new instructor."""
        name = f"{self._names}-{client[:6]}@example.com".lower()
        attributes = [{"Name": "email", "Value": name}]
        self._cognito.sign_up(ClientId=client, Username=name, Password=_PASSWORD, UserAttributes=attributes)
        self._cognito.admin_confirm_sign_up(UserPoolId=pool, Username=name)
        self._cognito.admin_add_user_to_group(UserPoolId=pool, Username=name, GroupName="instructors")
        given = {"USERNAME": name, "PASSWORD": _PASSWORD}
        answer = self._cognito.initiate_auth(ClientId=client, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=given)
        token: str = answer["AuthenticationResult"]["AccessToken"]
        return token


def _read(part: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return read


def _part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
