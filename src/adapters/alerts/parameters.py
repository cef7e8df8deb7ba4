"""A secret in SSM's Parameter Store: read when it is needed, believed for some minutes, never shown."""

import logging
import time
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from adapters import clients
from adapters.failures import as_unavailable
from quiz.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient

_SECONDS_KEPT = 300.0


@cache
def client() -> "SSMClient":
    """The one SSM client of this environment."""
    # Whatever level somebody looks for a fault with, what SSM answers is not written down.
    logging.getLogger("botocore.parsers").setLevel(logging.INFO)
    made: SSMClient = clients.make("ssm")
    return made


class Parameter:
    """One parameter, which whoever operates the platform may change at any time."""

    def __init__(
        self, client: "Callable[[], SSMClient]", name: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._name = name
        self._clock = clock
        self._value = ""
        self._read_at = float("-inf")

    def get(self) -> str:
        """The value. An old one is better than none while SSM cannot be asked; Unavailable if there is none."""
        if self._clock() - self._read_at < _SECONDS_KEPT:
            return self._value
        try:
            return self.read()
        except Unavailable:
            if not self._value:
                raise
            return self._value

    def read(self) -> str:
        """The value as it is now, or Unavailable."""
        try:
            with as_unavailable():
                answer = self._client().get_parameter(Name=self._name, WithDecryption=True)
        except ClientError as error:
            raise Unavailable(f"the parameter: {error.response['Error']['Code']}") from error
        self._value = str(answer["Parameter"]["Value"]).strip()
        self._read_at = self._clock()
        return self._value
