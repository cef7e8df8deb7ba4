"""Asks the function beside the cache what is in it."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import msgspec
from botocore.config import Config
from botocore.exceptions import IncompleteReadError

from adapters import clients
from adapters.failures import as_unavailable
from quiz.errors import Unavailable
from quiz.operations.inspection import Inspect, Inspected, Inspection

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

# The function may have to start first, and to try three times to reach a cache that does not answer.
_PATIENCE = Config(read_timeout=4)

_encoder = msgspec.json.Encoder()
_inspected = msgspec.json.Decoder(Inspected)


@cache
def client() -> "LambdaClient":
    """The one Lambda client of this environment."""
    made: LambdaClient = clients.make("lambda", _PATIENCE)
    return made


class Inspector:
    """Looks into the cache through the only function that may connect to it."""

    def __init__(self, client: "Callable[[], LambdaClient]", function_name: str) -> None:
        self._client = client
        self._function_name = function_name

    def inspect(self, asked: Inspection) -> Inspected:
        """What the cache holds; Unavailable where the function itself does not answer."""
        try:
            with as_unavailable():
                answer = self._client().invoke(
                    FunctionName=self._function_name, Payload=_encoder.encode(Inspect(inspect=asked))
                )
                told = answer["Payload"].read()
        except IncompleteReadError as error:
            raise Unavailable("the answer of the function beside the cache broke off") from error
        if "FunctionError" in answer:
            # What it says of the error is in its own log.
            raise Unavailable("the function beside the cache failed")
        try:
            return _inspected.decode(told)
        except msgspec.MsgspecError as error:
            raise Unavailable("the function beside the cache speaks another language") from error
