"""The webhook of a chat. Its address is a secret: it is in no log line and in no error.

Python's own HTTP client is enough: it follows no redirect, tries nothing twice, and logs nothing.
"""

import ssl
import time
from collections.abc import Callable
from functools import cache
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

import msgspec
from botocore.httpsession import get_cert_path
from msgspec import Struct

from adapters.alerts.parameters import Parameter
from quiz.alerts.messages import Message
from quiz.alerts.rendering import chat
from quiz.errors import Unavailable

_CONNECT_SECONDS = 2.0
_ANSWER_SECONDS = 3.0
_PAUSE_SECONDS = 1.0
# Whoever is told to wait for longer leaves it to Lambda, which tries again after a minute.
_LONGEST_PAUSE_SECONDS = 3.0
_HERE = {"127.0.0.1", "localhost"}
# Of no answer: there is nobody to ask.
_UNUSABLE = -1
# The address was withdrawn, and perhaps there is a new one.
_WITHDRAWN = {_UNUSABLE, 401, 403, 404, 410}
_TOO_MANY, _SLOW = 429, 408


class Answer(Struct, frozen=True):
    """What a webhook answered, or by a status below 100 why it did not."""

    status: int
    problem: str
    retry_after: str = ""

    @property
    def good(self) -> bool:
        """Whether it took the message."""
        return 200 <= self.status < 300


class Webhook:
    """Posts messages to the address in a parameter."""

    def __init__(self, parameter: Parameter, sleep: Callable[[float], None] = time.sleep) -> None:
        self._parameter = parameter
        self._sleep = sleep

    def tell(self, message: Message) -> None:
        """Post it, at most twice; Unavailable with a reason that names no address."""
        body = msgspec.json.encode({"text": chat(message)})
        url = self._parameter.get()
        answer = _post(url, body)
        if not answer.good and (again := self._again(url, answer)):
            answer = _post(again, body)
        if not answer.good:
            raise Unavailable(f"the webhook: {answer.problem}")

    def _again(self, url: str, answer: Answer) -> str | None:
        """Where a second try may go better, after a pause; None if nowhere."""
        if answer.status in _WITHDRAWN:
            current = self._parameter.read()
            return current if current != url else None
        pause = _pause(answer)
        if pause is None:
            return None
        self._sleep(pause)
        return url


def _pause(answer: Answer) -> float | None:
    """Seconds before the second try; None where the same would be answered, or the wait is not worth it."""
    if answer.status == _TOO_MANY and answer.retry_after.isdecimal():
        seconds = float(answer.retry_after)
        return seconds if seconds <= _LONGEST_PAUSE_SECONDS else None
    passing = answer.status in (0, _SLOW, _TOO_MANY) or answer.status >= 500
    return _PAUSE_SECONDS if passing else None


def _post(url: str, body: bytes) -> Answer:
    """One request. Whatever goes wrong is told by its kind alone: the texts of some errors quote the address."""
    try:
        address = urlsplit(url)
        if not _may_be_told(address):
            return Answer(_UNUSABLE, "the parameter holds no address with https")
        connection = _connected(address)
        try:
            path = f"{address.path or '/'}?{address.query}" if address.query else address.path or "/"
            connection.request("POST", path, body, {"Content-Type": "application/json; charset=utf-8"})
            answer = connection.getresponse()
        finally:
            connection.close()
    except Exception as error:  # noqa: BLE001
        return Answer(0, type(error).__name__)
    return Answer(answer.status, f"HTTP {answer.status}", answer.getheader("Retry-After", ""))


def _may_be_told(address: SplitResult) -> bool:
    """Encrypted, or on this machine."""
    if address.scheme == "http":
        return address.hostname in _HERE
    return address.scheme == "https" and bool(address.hostname)


def _connected(address: SplitResult) -> HTTPConnection:
    host, port = address.hostname or "", address.port
    connection = (
        HTTPSConnection(host, port, timeout=_CONNECT_SECONDS, context=_trusting())
        if address.scheme == "https"
        else HTTPConnection(host, port, timeout=_CONNECT_SECONDS)
    )
    connection.connect()
    connection.sock.settimeout(_ANSWER_SECONDS)
    return connection


@cache
def _trusting() -> ssl.SSLContext:
    """The certificates that the SDK trusts, read once."""
    return ssl.create_default_context(cafile=get_cert_path(True))
