"""Versions of functions that are tried with a share of the calls."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError
from msgspec import Struct

from adapters import clients
from adapters.failures import as_unavailable
from quiz.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

_ALIAS = "live"
_NOT_THERE, _CHANGED_MEANWHILE = "ResourceNotFoundException", "PreconditionFailedException"


@cache
def client() -> "LambdaClient":
    """The one Lambda client of this environment."""
    made: LambdaClient = clients.make("lambda")
    return made


class TakenBack(Struct, frozen=True):
    """What is tried no more, and what has all calls again."""

    tried: str
    serving: str


class Releases:
    """The alias that callers of a function invoke."""

    def __init__(self, client: "Callable[[], LambdaClient]") -> None:
        self._client = client

    def take_back(self, function: str) -> TakenBack | None:
        """Take the share of a version that is tried away; nothing where none is. Safe to be repeated."""
        try:
            return self._take_back(function)
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code == _NOT_THERE:
                return None
            if code == _CHANGED_MEANWHILE:
                # Whoever did may have given another share.
                raise Unavailable(code) from error
            raise

    def _take_back(self, function: str) -> TakenBack | None:
        with as_unavailable():
            alias = self._client().get_alias(FunctionName=function, Name=_ALIAS)
            weights = alias.get("RoutingConfig", {}).get("AdditionalVersionWeights")
            if not weights:
                return None
            self._client().update_alias(
                FunctionName=function,
                Name=_ALIAS,
                RoutingConfig={"AdditionalVersionWeights": {}},
                RevisionId=alias["RevisionId"],
            )
        return TakenBack(next(iter(weights)), alias["FunctionVersion"])
