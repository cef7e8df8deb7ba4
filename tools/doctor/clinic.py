"""What every check needs: the environment, and clients that never keep anybody waiting."""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import msgspec
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from msgspec import Struct

from quiz.operations.checks import Thresholds
from tools.deployed import Deployed

_IMPATIENT = Config(
    connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 2}, max_pool_connections=20
)
_SERVICES = (
    "cloudwatch", "dynamodb", "events", "lambda", "logs", "scheduler", "sns", "sqs", "ssm", "sts"
)  # fmt: skip

# What modules/scheduler has for an environment that says nothing of it.
_USUAL = Thresholds(
    waiting=10_000,
    oldest_seconds=1_200,
    in_flight_percent=80,
    dead_letters=0,
    table_milliseconds=1_000,
    cache_milliseconds=500,
    canary_seconds=20,
)

Given = TypeVar("Given")
Found = TypeVar("Found")


class NoAnswer(Exception):
    """Something took longer than anybody waits for it."""


class Clinic(Struct, frozen=True):
    """An environment under examination."""

    deployed: Deployed
    clients: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The environment's."""
        return self.deployed.name

    @property
    def functions(self) -> Mapping[str, str]:
        """Names of the functions, by their short name."""
        known: Mapping[str, str] = self.deployed.output("functions")
        return known

    def variables(self, function: str) -> Mapping[str, str]:
        """What a function finds in its environment; nothing if it is not there."""
        if function not in self.functions:
            return {}
        try:
            answer = self.clients["lambda"].get_function_configuration(
                FunctionName=self.functions[function], Qualifier="live"
            )
        except ClientError:
            return {}
        found: Mapping[str, str] = answer.get("Environment", {}).get("Variables", {})
        return found

    def thresholds(self) -> Thresholds:
        """What is still healthy there: the health check is told by the environment."""
        try:
            return msgspec.json.decode(self.variables("health").get("HEALTH_THRESHOLDS", ""), type=Thresholds)
        except msgspec.MsgspecError:
            return _USUAL


def clinic(deployed: Deployed) -> Clinic:
    """Make the clients, one after the other: making them is not for threads."""
    return Clinic(deployed, {service: deployed.client(service, _IMPATIENT) for service in _SERVICES})


def side_by_side(
    work: Callable[[Given], Found], given: Iterable[Given], seconds: float = 12
) -> list[Found | BotoCoreError | ClientError | NoAnswer]:
    """Do it for all of them at once; failures are answers, and so is silence.

    The threads die with the process, so that nothing that hangs is waited for.
    """
    found: dict[int, Any] = {}
    waiting = list(given)

    def run(number: int, one: Given) -> None:
        try:
            found[number] = work(one)
        except Exception as error:  # noqa: BLE001  # told where the answer is looked at
            found[number] = error

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(waiting)]
    deadline = time.monotonic() + seconds
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0, deadline - time.monotonic()))
    return [found.get(number, NoAnswer(f"no answer in {seconds:.0f} s")) for number in range(len(waiting))]
