"""Posting to WebSocket connections: one pool of kept-alive connections, and no second tries.

An SDK client takes 0.7 ms of CPU time for each post, and waits a second where one slow socket is throttled. Here a
request is signed by botocore and sent as it is; whoever asked for it decides what follows from the answer.
"""

import ssl
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import botocore.session
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import NoCredentialsError
from botocore.httpsession import get_cert_path
from msgspec import Struct

_SERVICE = "execute-api"
_CONNECT_SECONDS = 1.0
_ANSWER_SECONDS = 2.5
# What a kept connection dies of while nobody uses it.
_STALE = (ConnectionError, ssl.SSLError, HTTPException)


class Outcome(StrEnum):
    """What became of a post."""

    DONE = "done"
    GONE = "gone"
    LATER = "later"
    FAILED = "failed"


class Answer(Struct, frozen=True):
    """How a connection's endpoint answered; status 0 is no answer at all."""

    outcome: Outcome
    status: int = 0


class _Request(NamedTuple):
    method: str
    path: str
    body: bytes | None
    headers: dict[str, str]


class Posting:
    """The connections of one WebSocket API. Threads may share it."""

    def __init__(self, endpoint: str, credentials: Credentials, region: str) -> None:
        self._address = urlsplit(endpoint)
        self._credentials = credentials
        self._region = region
        # The last one used is the likeliest to be alive still.
        self._idle: deque[HTTPConnection] = deque()

    def post(self, connection_id: str, data: bytes) -> Answer:
        """Send a message to one connection."""
        return self._ask("POST", connection_id, data)

    def cut(self, connection_id: str) -> Answer:
        """Close one connection."""
        return self._ask("DELETE", connection_id, b"")

    def close(self) -> None:
        """Let go of what is kept alive."""
        while self._idle:
            self._idle.pop().close()

    def _ask(self, method: str, connection_id: str, data: bytes) -> Answer:
        request = self._signed(method, connection_id, data)
        try:
            status = self._status(request)
        except (OSError, HTTPException):
            return Answer(Outcome.LATER)
        return Answer(_meaning(status), status)

    def _signed(self, method: str, connection_id: str, data: bytes) -> _Request:
        # As the SDK does: an id ends in =, and what is signed is the escaped path, escaped once more.
        path = f"{self._address.path}/@connections/{quote(connection_id, safe='-._~')}"
        request = AWSRequest(method, f"{self._address.scheme}://{self._address.netloc}{path}", {}, data)
        SigV4Auth(self._credentials.get_frozen_credentials(), _SERVICE, self._region).add_auth(request)
        return _Request(method, path, data or None, dict(request.headers.items()))

    def _status(self, request: _Request) -> int:
        with suppress(IndexError):
            kept = self._idle.pop()
            with suppress(*_STALE):
                return self._exchange(kept, request)
        return self._exchange(self._connect(), request)

    def _exchange(self, connection: HTTPConnection, request: _Request) -> int:
        try:
            connection.request(*request)
            answer = connection.getresponse()
            answer.read()
        except BaseException:
            connection.close()
            raise
        self._idle.append(connection)
        return answer.status

    def _connect(self) -> HTTPConnection:
        host, port = self._address.hostname or "", self._address.port
        connection = (
            HTTPSConnection(host, port, timeout=_CONNECT_SECONDS, context=_trusting())
            if self._address.scheme == "https"
            else HTTPConnection(host, port, timeout=_CONNECT_SECONDS)
        )
        connection.connect()
        connection.sock.settimeout(_ANSWER_SECONDS)
        return connection


def endpoint(api_id: str, stage: str, environment: Mapping[str, str]) -> str:
    """Where the connections of a WebSocket API are posted to; an emulator has them all under its own address."""
    emulated = environment.get("AWS_ENDPOINT_URL")
    if emulated:
        return f"{emulated.rstrip('/')}/_aws/execute-api/{api_id}/{stage}"
    return f"https://{api_id}.execute-api.{region(environment)}.amazonaws.com/{stage}"


def region(environment: Mapping[str, str]) -> str:
    """The region that the function runs in."""
    return environment.get("AWS_REGION") or environment["AWS_DEFAULT_REGION"]


def credentials() -> Credentials:
    """The function's own, which renew themselves."""
    found = botocore.session.get_session().get_credentials()
    if found is None:
        raise NoCredentialsError
    return found


@cache
def _trusting() -> ssl.SSLContext:
    """The certificates that the SDK trusts, read once."""
    return ssl.create_default_context(cafile=get_cert_path(True))


def _meaning(status: int) -> Outcome:
    if 200 <= status < 300:
        return Outcome.DONE
    if status == 410:
        return Outcome.GONE
    return Outcome.LATER if status == 429 or status >= 500 else Outcome.FAILED
