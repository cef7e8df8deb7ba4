"""What serves: the alias `live` of each function of an environment."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError
from msgspec import Struct

from tools.deployed import Deployed

NAME = "live"
_CHANGED_MEANWHILE = "PreconditionFailedException"


class Alias(Struct, frozen=True):
    """An alias as it was read: the version that serves, and the one that is tried beside it."""

    short: str
    function: str
    serving: str
    tried: str | None
    share: float
    revision: str

    @property
    def alarm(self) -> str:
        """The alarm on the function's errors; modules/alarms names it so."""
        return f"{self.function}-errors"


class Version(Struct, frozen=True):
    """A published version."""

    number: str
    published: datetime
    bytes: int


class Overtaken(Exception):
    """Somebody else changed the alias since it was read."""


class Aliases:
    """The aliases of an environment."""

    def __init__(self, deployed: Deployed) -> None:
        self._functions: dict[str, str] = dict(deployed.output("functions"))
        self._client = deployed.client("lambda")

    def all(self) -> list[Alias]:
        """Of every function that has been deployed."""
        found = (self.read(short) for short in sorted(self._functions))
        return [alias for alias in found if alias is not None]

    def of(self, shorts: Iterable[str]) -> list[Alias]:
        """Of the functions with these short names."""
        found = {alias.short: alias for alias in self.all()}
        return [found[short] for short in shorts]

    @property
    def shorts(self) -> frozenset[str]:
        """The short names that there are."""
        return frozenset(self._functions)

    def read(self, short: str) -> Alias | None:
        """The alias as it is now; nothing for a function that no apply has reached yet."""
        function = self._functions[short]
        try:
            found = self._client.get_alias(FunctionName=function, Name=NAME)
        except ClientError as error:
            if error.response["Error"]["Code"] == "ResourceNotFoundException":
                return None
            raise
        weights = found.get("RoutingConfig", {}).get("AdditionalVersionWeights") or {}
        tried, share = next(iter(weights.items()), (None, 0.0))
        return Alias(short, function, found["FunctionVersion"], tried, share, found["RevisionId"])

    def point(self, alias: Alias, version: str) -> None:
        """Let one version have all calls from now on, unless the alias was changed since it was read."""
        try:
            self._client.update_alias(
                FunctionName=alias.function,
                Name=NAME,
                FunctionVersion=version,
                RoutingConfig={"AdditionalVersionWeights": {}},
                RevisionId=alias.revision,
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == _CHANGED_MEANWHILE:
                raise Overtaken(alias.short) from error
            raise

    def versions(self, alias: Alias) -> list[Version]:
        """What was published of the function, the oldest first."""
        pages = self._client.get_paginator("list_versions_by_function").paginate(FunctionName=alias.function)
        found: list[Any] = [version for page in pages for version in page["Versions"]]
        return sorted(
            (
                Version(one["Version"], datetime.fromisoformat(one["LastModified"]), one["CodeSize"])
                for one in found
                if one["Version"] != "$LATEST"
            ),
            key=lambda version: int(version.number),
        )

    def delete(self, alias: Alias, version: Version) -> None:
        """Delete a version; AWS refuses one that an alias names."""
        self._client.delete_function(FunctionName=alias.function, Qualifier=version.number)
