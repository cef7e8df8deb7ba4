"""The network below botocore: moto answers while calls are counted, and later the same bytes come back at once.

It stands where botocore would send what it has serialised and signed, so that serialising, signing and parsing are paid
for by whoever calls, with or without boto3 on top.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import Any, NamedTuple

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.handlers import BUILTIN_HANDLERS
from moto.core.botocore_stubber import MockRawResponse
from moto.core.models import botocore_stubber

_TABLE = re.compile(rb'"TableName": ?"([^"]+)"')
_PREFIX = "before-send."
# What one thread does unnoticed is no matter of those beside it; our functions hand it on to their own.
_counts: ContextVar[bool] = ContextVar("counts", default=True)


class Response(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


class Unheard(LookupError):
    """Something is asked, while recordings are played back, that was never recorded."""


class Network:
    """Every call of every client that is made after the installation."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.sent: list[tuple[str, bytes]] = []
        self.plays_back = False
        self.unheard: list[str] = []
        self._fixed: dict[str, Response] = {}
        self._exact: dict[tuple[str, str, bytes], Response] = {}
        self._similar: dict[tuple[str, bytes], Response] = {}
        self._lock = Lock()

    def install(self) -> None:
        """Take moto's place among what every new session knows."""
        others = [entry for entry in BUILTIN_HANDLERS if entry[1] is not botocore_stubber]
        BUILTIN_HANDLERS[:] = [*others, ("before-send", self)]

    def answer(self, operation: str, status: int = 200, body: bytes = b"{}", **headers: str) -> None:
        """Always answer this to an operation that moto does not know."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._fixed[operation] = Response(status, {"Content-Type": "application/json", **named}, body)

    def count(self, operation: str) -> None:
        """A call that goes another way than through botocore."""
        if _counts.get() and not self.plays_back:
            with self._lock:
                self.calls[operation] += 1

    @contextmanager
    def unnoticed(self) -> Iterator[None]:
        """What is called here is nobody's cost."""
        before = _counts.set(False)
        try:
            yield
        finally:
            _counts.reset(before)

    def __call__(self, event_name: str, request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        """Answer one request, in place of sending it."""
        operation, body = event_name.removeprefix(_PREFIX), _content(request)
        response = self._played(operation, request, body) if self.plays_back else self._heard(operation, request, body)
        headers: Any = response.headers
        raw: Any = MockRawResponse(response.body)
        return AWSResponse(request.url, response.status, headers, raw)

    def _heard(self, operation: str, request: AWSPreparedRequest, body: bytes) -> Response:
        self.count(operation)
        # moto loses updates of several threads.
        with self._lock:
            self.sent.append((operation, body))
            response = self._fixed.get(operation) or _asked_of_moto(operation, request)
        self._exact[operation, _address(request), body] = response
        self._similar[operation, _table(body)] = response
        return response

    def _played(self, operation: str, request: AWSPreparedRequest, body: bytes) -> Response:
        """What was answered to this very request, or else to the last of its kind: ids and times are new each time."""
        exact = self._exact.get((operation, _address(request), body))
        response = exact or self._similar.get((operation, _table(body)))
        if response is None:
            # Whoever asks may live with it, and would then do less than is measured.
            self.unheard.append(operation)
            raise Unheard(f"{operation} was not recorded")
        return response


def _asked_of_moto(operation: str, request: AWSPreparedRequest) -> Response:
    answer = botocore_stubber(event_name=_PREFIX + operation, request=request)
    if answer is None:
        raise Unheard(f"nobody here answers {operation}")
    headers = {str(name): str(value) for name, value in answer.headers.items()}
    return Response(answer.status_code, headers, answer.content)


def _content(request: AWSPreparedRequest) -> bytes:
    body = request.body
    if isinstance(body, str):
        return body.encode()
    return bytes(body) if isinstance(body, bytes | bytearray) else b""


def _address(request: AWSPreparedRequest) -> str:
    return str(request.url)


def _table(body: bytes) -> bytes:
    found = _TABLE.search(body)
    return found[1] if found else b""
