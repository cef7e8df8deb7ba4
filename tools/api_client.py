"""A client of the HTTP API, as a person with a browser is one: sign up, sign in, call."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any, NamedTuple

from tools.stack import outputs

_SECONDS_TO_WAIT = 30


class Reply(NamedTuple):
    """What came back: JSON where the API speaks, text where something before it does."""

    status: int
    body: Any
    headers: Mapping[str, str]


class ApiClient:
    """Calls the API of the local stack, with a token after signing in."""

    def __init__(self, known: dict[str, Any]) -> None:
        self._known = known
        self._cognito = outputs.client("cognito-idp", known)
        self.token: str | None = None

    def sign_up(self, username: str, password: str) -> None:
        """Register, and confirm as the code in the e-mail would."""
        client_id, pool = self._known["user_pool_client_id"], self._known["user_pool_id"]
        attributes = [{"Name": "email", "Value": username}]
        self._cognito.sign_up(ClientId=client_id, Username=username, Password=password, UserAttributes=attributes)
        self._cognito.admin_confirm_sign_up(UserPoolId=pool, Username=username)

    def sign_in(self, username: str, password: str) -> "ApiClient":
        """Get a token for what follows."""
        answer = self._cognito.initiate_auth(
            ClientId=self._known["user_pool_client_id"],
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": username, "PASSWORD": password},
        )
        self.token = answer["AuthenticationResult"]["AccessToken"]
        return self

    def call(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Reply:
        """Send one request; an error status is a reply like any other."""
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {"Content-Type": "application/json", **(headers or {})}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        request = urllib.request.Request(  # noqa: S310  # the address is the stack's own
            self._known["http_api_url"] + path, data=data, headers=sent, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS_TO_WAIT) as response:  # noqa: S310
                return _reply(response.status, response.read(), response.headers)
        except urllib.error.HTTPError as error:
            with error:
                return _reply(error.code, error.read(), error.headers)


def _reply(status: int, content: bytes, headers: Any) -> Reply:
    try:
        body = json.loads(content) if content else None
    except ValueError:
        body = content.decode(errors="replace")
    return Reply(status, body, {name.lower(): value for name, value in headers.items()})
