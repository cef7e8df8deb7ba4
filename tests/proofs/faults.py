"""What can happen to one call of the handler to the outside, and the plan that says which call it happens to."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from threading import local
from typing import Any, TypeAlias

from botocore.exceptions import ClientError, ReadTimeoutError

Answer: TypeAlias = dict[str, Any]
Call: TypeAlias = Callable[[], Answer]

_PLENTY_OF_MS = 9_000


class Killed(BaseException):
    """The process ended here: like SIGKILL, it passes every `except Exception`."""


class Fault(StrEnum):
    """One misfortune. Those that change nothing outside come first."""

    THROTTLED = "throttled"
    DENIED = "denied"
    KILLED_BEFORE = "killed before the call"
    LEFT_OVER = "answered only in part"
    # From here on the call took effect, and the caller does not learn of it.
    TIMED_OUT = "timed out after taking effect"
    FAILED_AFTER = "failed with a 500 after taking effect"
    KILLED_AFTER = "killed after the call, before its answer"
    # The caller does learn of it, but something else is odd.
    REPEATED = "repeated by the client, which lost the first answer"
    RIVALLED = "overtaken by another environment with the same batch"
    OUT_OF_TIME = "slow, so that no time is left afterwards"


_AFTER = (Fault.TIMED_OUT, Fault.FAILED_AFTER, Fault.KILLED_AFTER)
_PASSING = (Fault.REPEATED, Fault.RIVALLED, Fault.OUT_OF_TIME)
KILLS = (Fault.KILLED_BEFORE, Fault.KILLED_AFTER)


def client_error(operation: str, code: str, status: int = 400, item: Mapping[str, Any] | None = None) -> ClientError:
    """The error that botocore raises for an answer of the service."""
    response: Any = {"Error": {"Code": code, "Message": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(response if item is None else response | {"Item": item}, operation)


def _no_rival() -> None:
    """Nobody else has the batch."""


class FaultPlan:
    """The faults of one invocation, by the number of the external call."""

    def __init__(self, faults: Mapping[int, Fault] | None = None, rival: Callable[[], None] = _no_rival) -> None:
        self._faults = dict(faults or {})
        self._rival = rival
        self.calls: list[str] = []
        self.fired: list[Fault] = []

    def remaining_ms(self) -> int:
        """What the Lambda context answers."""
        return 0 if Fault.OUT_OF_TIME in self.fired else _PLENTY_OF_MS

    def run(self, operation: str, call: Call, partial: Call | None = None) -> Answer:
        """Make the call, or let happen to it what the plan says. `partial` is its incomplete answer, if it has one."""
        fault = self._faults.get(len(self.calls))
        self.calls.append(operation)
        if fault is None or (fault is Fault.LEFT_OVER and partial is None):
            return call()
        self.fired.append(fault)
        if partial is not None and fault is Fault.LEFT_OVER:
            return partial()
        if fault in _PASSING:
            return self._pass(fault, call)
        if fault in _AFTER:
            _whatever_it_answers(call)
        raise _error(fault, operation)

    def _pass(self, fault: Fault, call: Call) -> Answer:
        if fault is Fault.RIVALLED:
            self._rival()
        if fault is Fault.REPEATED:
            _whatever_it_answers(call)
        return call()


def _error(fault: Fault, operation: str) -> BaseException:
    match fault:
        case Fault.THROTTLED:
            return client_error(operation, "ThrottlingException")
        case Fault.DENIED:
            return client_error(operation, "AccessDeniedException")
        case Fault.TIMED_OUT:
            return ReadTimeoutError(endpoint_url=operation)
        case Fault.FAILED_AFTER:
            return client_error(operation, "InternalServerError", status=500)
    return Killed(operation)


def _whatever_it_answers(call: Call) -> None:
    try:
        call()
    except ClientError:
        return


class Network:
    """The wire of one environment. Its plan is changed with every invocation; between them nothing goes wrong."""

    def __init__(self) -> None:
        self.plan = FaultPlan()
        self.invocation = 0
        # What each thread works on, so that a write is known by the message it was made for.
        self.working = local()

    def run(self, operation: str, call: Call, partial: Call | None = None) -> Answer:
        """Make one call by the plan of the current invocation."""
        return self.plan.run(operation, call, partial)


class Context:
    """The part of the Lambda context that handlers use."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self.aws_request_id = f"invocation-{network.invocation}"
        self.function_name = "submissions"

    def get_remaining_time_in_millis(self) -> int:
        """Plenty, until a call of this invocation was slow."""
        return self._network.plan.remaining_ms()
