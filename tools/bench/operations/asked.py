"""One operation: what is invoked, with which events, and how to tell that it went well."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

Handler = Callable[[dict[str, Any], Any], Any]
Event = Callable[[], Any]


class Operation(Struct, frozen=True):
    """Something that a function does, in an environment that is warm.

    `event` gives the events, first one that warms up and then as many as are counted; the last one is repeated where
    time is measured. `trouble` names what went wrong, by the response and the calls.
    """

    name: str
    handler: Handler
    event: Event
    trouble: Callable[[Any, Counter[str]], str]
    warm: int = 1
    times: int = 1


class Counted(Struct, frozen=True):
    """What an operation asked for each time that it was counted, or why it did not work."""

    name: str
    aws: tuple[dict[str, int], ...] = ()
    redis: tuple[dict[str, int], ...] = ()
    trouble: str = ""

    @property
    def fewest(self) -> int:
        """Calls of AWS, where it needed least."""
        return min(map(_total, self.aws), default=0)

    @property
    def most(self) -> int:
        """Calls of AWS, where it needed most."""
        return max(map(_total, self.aws), default=0)


def _total(calls: dict[str, int]) -> int:
    return sum(calls.values())


def in_turn(events: Iterable[Any]) -> Event:
    """These events, one after the other."""
    left = iter(events)
    return lambda: next(left)


def answered(response: Any, _: Counter[str]) -> str:
    """For an HTTP API and a WebSocket: everything but an error."""
    status = response["statusCode"]
    body = str(response.get("body", ""))
    return "" if status < 400 and '"type":"error"' not in body else f"{status} {body}"


def done(response: Any, _: Counter[str]) -> str:
    """For a batch: nothing comes again."""
    return "" if response == {"batchItemFailures": []} else str(response)


def returned(_: Any, __: Counter[str]) -> str:
    """For what says nothing: that it came back."""
    return ""
