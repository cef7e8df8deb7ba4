"""Functions, versions and alarms of an account, as the tool sees them through its clients."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from botocore.exceptions import ClientError

from tools.deployed import Deployed

PREFIX = "quiz-test"
_BEGAN = datetime(2026, 11, 1, tzinfo=UTC)


class Functions:
    """Lambda's aliases and versions."""

    def __init__(self) -> None:
        self.aliases: dict[str, dict[str, Any]] = {}
        self.published: dict[str, list[dict[str, Any]]] = {}
        self.before_update: list[Any] = []
        self._revisions = count()

    def publish(self, function: str, *days: float) -> None:
        """One version more for each moment, in days since the beginning."""
        versions = self.published.setdefault(function, [{"Version": "$LATEST", "LastModified": "", "CodeSize": 1}])
        for day in days:
            moment = _BEGAN + timedelta(days=day)
            versions.append(
                {"Version": str(len(versions)), "LastModified": f"{moment:%Y-%m-%dT%H:%M:%S.000+0000}", "CodeSize": 8}
            )

    def serve(self, function: str, version: str, **weights: float) -> None:
        """Set the alias, as Terraform would: v8=0.1 tries version 8."""
        self.aliases[function] = {
            "FunctionVersion": version,
            "RevisionId": str(next(self._revisions)),
            "RoutingConfig": {"AdditionalVersionWeights": {name[1:]: share for name, share in weights.items()}},
        }

    def serving(self, function: str) -> tuple[str, dict[str, float]]:
        """What serves, and what is tried."""
        alias = self.aliases[function]
        return alias["FunctionVersion"], alias["RoutingConfig"]["AdditionalVersionWeights"]

    def get_alias(self, FunctionName: str, Name: str) -> dict[str, Any]:  # noqa: N803
        assert Name == "live"
        if FunctionName not in self.aliases:
            raise _refused("ResourceNotFoundException", "GetAlias")
        return self.aliases[FunctionName]

    def update_alias(self, FunctionName: str, Name: str, RevisionId: str, **values: Any) -> None:  # noqa: N803
        assert Name == "live"
        if self.before_update:
            self.before_update.pop(0)()
        if self.aliases[FunctionName]["RevisionId"] != RevisionId:
            raise _refused("PreconditionFailedException", "UpdateAlias")
        self.aliases[FunctionName] = {**values, "RevisionId": str(next(self._revisions))}

    def get_paginator(self, operation: str) -> "Functions":
        assert operation == "list_versions_by_function"
        return self

    def paginate(self, FunctionName: str) -> list[dict[str, Any]]:  # noqa: N803
        found = self.published[FunctionName]
        return [{"Versions": found[:2]}, {"Versions": found[2:]}]

    def delete_function(self, FunctionName: str, Qualifier: str) -> None:  # noqa: N803
        alias = self.aliases[FunctionName]
        assert Qualifier not in {alias["FunctionVersion"], *alias["RoutingConfig"]["AdditionalVersionWeights"]}
        self.published[FunctionName] = [one for one in self.published[FunctionName] if one["Version"] != Qualifier]


class Watched:
    """CloudWatch's alarms by their state."""

    def __init__(self) -> None:
        self.states: dict[str, str] = {}

    def describe_alarms(self, AlarmNames: list[str], **_: Any) -> dict[str, Any]:  # noqa: N803
        found = [name for name in AlarmNames if name in self.states]
        return {"MetricAlarms": [{"AlarmName": name, "StateValue": self.states[name]} for name in found]}


class Account(Deployed):
    """An environment of three functions, each with three versions, of which the last serves."""

    def __init__(self) -> None:
        names = {short: f"{PREFIX}-{short}" for short in ("http", "intake", "socket")}
        super().__init__("test", {"functions": names, "event_bus_name": PREFIX})
        self.functions = Functions()
        self.watched = Watched()
        for function in names.values():
            self.functions.publish(function, 1, 2, 3)
            self.functions.serve(function, "3")
            self.watched.states[f"{function}-errors"] = "OK"

    def client(self, service: str, config: Any = None) -> Any:
        return {"lambda": self.functions, "cloudwatch": self.watched}[service]


def _refused(code: str, operation: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": code}}, operation)
