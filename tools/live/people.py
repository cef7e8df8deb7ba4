"""Many people at once: each signs up on the local stack and signs in, as fast as its user pool allows."""

import base64
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from tools.stack import outputs

# Of users of an emulator on the loopback interface.
_PASSWORD = "A-live-passw0rd"  # noqa: S105
_AT_ONCE = 8


class Person(NamedTuple):
    """Somebody with a token."""

    username: str
    user_id: str
    token: str


def sign_up(known: dict[str, Any], usernames: Sequence[str], *, instructors: bool = False) -> list[Person]:
    """New people, in the order of their names."""
    # Clients may be shared by threads, but not made by several at once.
    cognito = outputs.client("cognito-idp", known)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(lambda username: _sign_up(cognito, known, username, instructors), usernames))


def sign_in(known: dict[str, Any], username: str, password: str) -> Person:
    """Somebody who is known already."""
    return _sign_in(outputs.client("cognito-idp", known), known, username, password)


def user_id(token: str) -> str:
    """Whose token it is."""
    payload = token.split(".")[1]
    subject: str = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["sub"]
    return subject


def _sign_up(cognito: Any, known: dict[str, Any], username: str, instructor: bool) -> Person:
    client_id, pool = known["user_pool_client_id"], known["user_pool_id"]
    attributes = [{"Name": "email", "Value": username}]
    cognito.sign_up(ClientId=client_id, Username=username, Password=_PASSWORD, UserAttributes=attributes)
    cognito.admin_confirm_sign_up(UserPoolId=pool, Username=username)
    if instructor:
        # Before signing in, because a token tells the groups as they were when it was made.
        cognito.admin_add_user_to_group(UserPoolId=pool, Username=username, GroupName="instructors")
    return _sign_in(cognito, known, username, _PASSWORD)


def _sign_in(cognito: Any, known: dict[str, Any], username: str, password: str) -> Person:
    answer = cognito.initiate_auth(
        ClientId=known["user_pool_client_id"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": username, "PASSWORD": password},
    )
    token = answer["AuthenticationResult"]["AccessToken"]
    return Person(username, user_id(token), token)
