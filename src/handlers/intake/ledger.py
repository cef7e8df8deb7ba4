"""Records every request to `/intake/...`, and once a day an event of the platform's own."""

import os
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from adapters import dynamo, settings
from adapters.gateway.answering import Answering
from adapters.gateway.errors import status_of
from adapters.gateway.routing import Request, Route
from adapters.live.times import now_ms
from adapters.observability import count, instrumented, logger
from adapters.requests import Requests
from quiz.errors import TooLarge
from quiz.intake import Entry, Scheduled, entry_of_request, entry_of_schedule
from quiz.sent import Sent

# Not OPTIONS: API Gateway answers that by itself, and browsers ask without a token.
METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
_TOO_LARGE = status_of(TooLarge)


class Settings(Struct, frozen=True):
    """Environment variables of the function."""

    requests_table: str
    keep_days: Annotated[int, Meta(ge=1)] = 30


class Recorded(Struct, frozen=True):
    """The request is in the ledger, under this id and time."""

    message: str
    request_id: str
    timestamp: str


class Ledger(Struct, frozen=True):
    """Where lines are written, and for how long."""

    requests: Requests
    keep_days: int

    def record(self, entry: Entry) -> Recorded:
        """Write one line, once."""
        if self.requests.record(entry):
            count("RequestsRecorded")
        else:
            logger().info("recorded before", recorded_id=entry.request_id)
        return Recorded("Request processed successfully", entry.request_id, entry.timestamp)


@cache
def bootstrap() -> Ledger:
    """Everything that lives as long as the environment does."""
    configured = settings.read(Settings, os.environ)
    return Ledger(Requests(dynamo.client(), configured.requests_table), configured.keep_days)


def record(request: Request[Sent]) -> Recorded:
    """Any body of up to 256 KB is taken as it comes, also what is no JSON. docs/intake.md tells what is kept of it."""
    ledger = bootstrap()
    return ledger.record(entry_of_request(request.body, request.caller.user_id, ledger.keep_days))


ROUTES = tuple(
    Route(method, "/intake/{proxy+}", "Record a request", record, takes=Sent, gives=Recorded) for method in METHODS
)
_answering = cache(lambda: Answering(ROUTES))


@instrumented
def handler(event: dict[str, Any], context: Any) -> Any:
    """Answer a request, or record an event. An event that cannot be recorded fails, so that Lambda tries it again."""
    if "requestContext" in event:
        return _answered(event)
    ledger = bootstrap()
    scheduled = msgspec.convert(event, Scheduled)
    entry = entry_of_schedule(scheduled, msgspec.json.encode(event).decode(), now_ms(), ledger.keep_days)
    return msgspec.to_builtins(ledger.record(entry))


def _answered(event: Mapping[str, Any]) -> dict[str, Any]:
    answer = _answering().respond(event)
    if answer["statusCode"] == _TOO_LARGE:
        count("RequestsTooLarge")
    elif answer["statusCode"] >= 500:
        count("RequestsFailed")
    return answer
