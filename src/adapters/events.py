"""The event bus: what the platform announces to the outside."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from adapters import clients
from adapters.failures import as_unavailable
from adapters.messages import text_of

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

SOURCE = "quiz.platform"
_MOST_ENTRIES = 10


@cache
def client() -> "EventBridgeClient":
    """The one EventBridge client of this environment."""
    made: EventBridgeClient = clients.make("events")
    return made


class Event(Struct, frozen=True):
    """Something that happened, in past tense."""

    detail_type: str
    detail: dict[str, Any]


class Bus:
    """Publishes events under the platform's own source."""

    def __init__(self, client: "EventBridgeClient", name: str) -> None:
        self._client = client
        self._name = name

    def publish(self, events: Sequence[Event]) -> list[int]:
        """Publish in calls of ten; returns the positions of the events that the bus did not take."""
        refused = []
        for start in range(0, len(events), _MOST_ENTRIES):
            chunk = events[start : start + _MOST_ENTRIES]
            with as_unavailable():
                answer = self._client.put_events(Entries=[self._entry(event) for event in chunk])
            refused += [start + i for i, entry in enumerate(answer["Entries"]) if "ErrorCode" in entry]
        return refused

    def _entry(self, event: Event) -> Any:
        return {
            "EventBusName": self._name,
            "Source": SOURCE,
            "DetailType": event.detail_type,
            "Detail": text_of(event.detail),
        }
