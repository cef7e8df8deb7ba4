"""Work into lines of a bill."""

from collections import Counter
from collections.abc import Iterable, Iterator

from tools.cost.assumed import assumed, memory
from tools.cost.prices import Bill, Line
from tools.cost.usage import Used, usage

GB = 1024**3

_PAYLOADS = {
    "events.PutEvents": "eventbridge_event",
    "s3.PutObject": "s3_put",
    "sns.Publish": "sns_publish",
    "sqs.SendMessage": "sqs_standard",
}


def work(name: str, times: float) -> Iterator[Line]:
    """What so many of a piece of work ask for; `times` counts what its `of` names."""
    used = usage().work[name]
    yield from function(used.function, used.invocations * times, duration_ms(used), used.log_bytes * times)
    yield Line("dynamodb_write", used.write_units * times)
    yield Line("dynamodb_read", used.read_units * times)
    for payload, number in used.payload.items():
        yield Line(_PAYLOADS[payload], number * times)


def duration_ms(used: Used) -> float:
    """Of one invocation: what it computes, and what it waits for."""
    known = assumed()
    calls = sum(used.calls.values()) / used.invocations
    return used.cpu_ms * known.cpu_factor + calls * known.call_ms + known.cold_share * known.cold_ms


def function(name: str, invocations: float, milliseconds: float, log_bytes: float) -> Iterator[Line]:
    """What invocations of a function cost by themselves."""
    yield Line("lambda_request", invocations)
    yield Line("lambda_arm", invocations * milliseconds / 1000 * memory()[name] / 1024)
    yield Line("logs_gb", log_bytes / GB)
    yield Line("xray_trace", invocations * assumed().trace_share)


def http(requests: float, response_bytes: float) -> Iterator[Line]:
    """Requests of the HTTP API, with their lines in its log and what goes out."""
    yield Line("apigateway_http", requests)
    yield Line("logs_gb", requests * assumed().http_access_log_bytes / GB)
    yield Line("data_out_gb", requests * (response_bytes + assumed().overhead_bytes) / GB)


def bill(title: str, lines: Iterable[Line]) -> Bill:
    """One line for each price."""
    counts: Counter[str] = Counter()
    for line in lines:
        counts[line.price] += line.count  # type: ignore[assignment]
    return Bill(title, tuple(Line(price, count) for price, count in counts.items() if count))
