"""Passwords for ElastiCache: signed with the function's own role, on the spot, so that no secret exists anywhere."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import botocore.session
from botocore.model import ServiceId
from botocore.signers import RequestSigner

from quiz.errors import Unavailable

if TYPE_CHECKING:
    from redis.credentials import CredentialProvider

_SERVICE = "elasticache"
_SCHEME = "https://"
_SECONDS_VALID = 900
_SECONDS_KEPT = 600


class Tokens:
    """Signs and keeps them; a connection that is open outlives the token that it was opened with."""

    def __init__(self, user: str, group: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._user = user
        self._group = group
        self._clock = clock
        self._kept: tuple[float, str] | None = None

    def token(self) -> str:
        """A token that is good for five more minutes at least."""
        now = self._clock()
        if self._kept is None or now - self._kept[0] >= _SECONDS_KEPT:
            self._kept = (now, self._signed())
        return self._kept[1]

    def _signed(self) -> str:
        session = botocore.session.get_session()
        found = session.get_credentials()
        if found is None:
            raise Unavailable("there is nothing to sign a token with")
        region, events = session.get_config_variable("region"), session.get_component("event_emitter")
        signer = RequestSigner(ServiceId(_SERVICE), region, _SERVICE, "v4", found, events)
        # ElastiCache knows a group by its name in small letters.
        url = f"{_SCHEME}{self._group.lower()}/?{urlencode({'Action': 'connect', 'User': self._user})}"
        request: Any = {"method": "GET", "url": url, "body": {}, "headers": {}, "context": {}}
        signed: str = signer.generate_presigned_url(request, operation_name="connect", expires_in=_SECONDS_VALID)
        return signed.removeprefix(_SCHEME)


def credentials(user: str, group: str) -> "CredentialProvider":
    """What redis-py asks whenever it connects."""
    from redis.credentials import CredentialProvider

    tokens = Tokens(user, group)

    class Provider(CredentialProvider):
        """The user with a token of now."""

        def get_credentials(self) -> Any:
            return user, tokens.token()

    return Provider()
