"""The ledger of requests: what somebody sends, and what the schedule says once a day."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from handlers.intake import ledger
from tools.bench.operations.asked import Operation, answered, returned
from tools.cost.measure.asking import request

_numbers = count()


def posted() -> dict[str, Any]:
    """A request with a small body, each time with another id."""
    event = request("POST /intake/{proxy+}", {"order": 4711, "items": ["a pencil", "a rubber"], "note": "x" * 300})
    path = "/intake/orders"
    http = {"method": "POST", "path": path, "sourceIp": "192.0.2.1", "userAgent": "bench"}
    context = {**event["requestContext"], "requestId": f"request-{next(_numbers)}", "http": http}
    return {**event, "rawPath": path, "rawQueryString": "", "requestContext": context}


def scheduled() -> dict[str, Any]:
    """What the platform's own schedule says, each time of another day."""
    day = next(_numbers)
    return {
        "id": f"day-{day}",
        "source": "quiz.platform",
        "detail-type": "Daily Record",
        "time": "2026-11-20T06:00:00Z",
    }


def operations() -> Iterator[Operation]:
    """Each kind of line."""
    yield Operation("record a request", ledger.handler, posted, answered)
    yield Operation("record the day", ledger.handler, scheduled, returned)
