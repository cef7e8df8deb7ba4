"""Logs, metrics and traces. Trouble in here never fails a request.

Tracing uses aws-xray-sdk, whose support ends in February 2027: it is named in this file alone, and imported only by
an invocation that X-Ray has chosen to sample.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, wraps
from threading import Lock
from typing import Any

from aws_lambda_powertools.logging import Logger
from aws_lambda_powertools.metrics import Metrics

NAMESPACE = "QuizPlatform"

# Records are processed in threads, and Powertools' metrics are not made for that.
_lock = Lock()

Handler = Callable[[dict[str, Any], Any], Any]


@cache
def logger() -> Logger:
    """The JSON logger of this function."""
    return Logger()


@cache
def metrics() -> Metrics:
    """The metrics of this function, written to the log once per invocation."""
    return Metrics(namespace=NAMESPACE)


def count(name: str, number: int = 1) -> None:
    """Add to a counter. Nothing is written for nothing: every reader treats a missing count as zero."""
    if number:
        measure(name, "Count", number)


def measure(name: str, unit: str, value: float) -> None:
    """Record one value of a metric; all values of an invocation are kept."""
    with _lock, suppress(Exception):
        metrics().add_metric(name=name, unit=unit, value=value)


def instrumented(handler: Handler) -> Handler:
    """Give a handler request ids on its log lines, one flush of metrics, and a trace when it is sampled."""

    @wraps(handler)
    def run(event: dict[str, Any], context: Any) -> Any:
        logger().append_keys(request_id=context.aws_request_id)
        try:
            with traced(handler.__name__):
                return handler(event, context)
        finally:
            _flush()

    return run


@contextmanager
def traced(name: str) -> Iterator[None]:
    """A trace segment around a piece of work, if this invocation is sampled."""
    recorder = _recorder() if "Sampled=1" in os.environ.get("_X_AMZN_TRACE_ID", "") else None
    if recorder is None:
        yield
        return
    with recorder.in_subsegment(name):
        yield


@cache
def _recorder() -> Any:
    """X-Ray's recorder with every AWS call traced, or None where the SDK cannot start."""
    with suppress(Exception):
        from aws_xray_sdk.core import patch, xray_recorder

        xray_recorder.configure(context_missing="IGNORE_ERROR")
        patch(("botocore",))
        return xray_recorder
    return None


def _flush() -> None:
    try:
        if metrics().metric_set:
            metrics().flush_metrics()
    except Exception:  # noqa: BLE001  # whatever it is, the work itself is done
        metrics().clear_metrics()
        logger().exception("metrics were lost")
