"""Logs, metrics and traces. Trouble in here never fails a request.

Tracing uses aws-xray-sdk, whose support ends in February 2027: it is named in this file alone, and imported only by
an invocation that X-Ray has chosen to sample.
"""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from contextvars import copy_context
from functools import cache, wraps
from threading import Lock
from typing import Any, Literal

from aws_lambda_powertools.logging import Logger
from aws_lambda_powertools.metrics import Metrics

from adapters.correlation import about, fields, of_event
from adapters.garbage import settle
from adapters.log_lines import Lines, hush

NAMESPACE = "QuizPlatform"

_ANNOTATED = ("quiz_id", "game_id", "correlation_id", "outcome")

# Records are processed in threads, and Powertools' metrics are not made for that.
_lock = Lock()
# Nor are its loggers for being made twice at the same time.
_making = Lock()

Handler = Callable[[dict[str, Any], Any], Any]


@cache
def logger() -> Logger:
    """The JSON logger of this function. Its lines carry everything that `about` was told."""
    # No message of ours is JSON to be taken apart.
    with _making:
        return Logger(logger_formatter=Lines(json_deserializer=str))


@cache
def metrics() -> Metrics:
    """The metrics of this function, written to the log once per invocation."""
    return Metrics(namespace=NAMESPACE)


def count(name: str, number: int = 1) -> None:
    """Add to a counter. Nothing is written for nothing: every reader treats a missing count as zero."""
    if number:
        measure(name, "Count", number)


def measure(name: str, unit: str, value: float) -> None:
    """Record one value of a metric, zero too; all values of an invocation are kept."""
    with _lock, suppress(Exception):
        metrics().add_metric(name=name, unit=unit, value=value)


def measure_all(name: str, unit: str, values: Sequence[float]) -> None:
    """Record all values of a metric in an invocation at once, of which there have to be fewer than a hundred.

    One by one, Powertools would write down the earlier ones anew at each, in case somebody debugs it.
    """
    if values:
        measure(name, unit, values[0])
        with _lock, suppress(Exception):
            metrics().metric_set[name]["Value"].extend(values[1:])


def conclude(outcome: Literal["ok", "rejected", "failed"]) -> None:
    """Say how the invocation went, where its response does not."""
    about(outcome=outcome)


def instrumented(handler: Handler) -> Handler:
    """Give a handler ids on its log lines, one flush of metrics, and a trace when it is sampled."""

    @wraps(handler)
    def run(event: dict[str, Any], context: Any) -> Any:
        try:
            return copy_context().run(_invoke, handler, event, context)
        finally:
            settle()

    return run


def _invoke(handler: Handler, event: dict[str, Any], context: Any) -> Any:
    _introduce(event, context)
    subsegment = _begin(handler.__module__)
    try:
        result = handler(event, context)
        if "outcome" not in fields():
            about(outcome=_outcome(result))
        return result
    except Exception as error:
        about(outcome="failed")
        # What Lambda itself writes of it has no ids, and quotes the error as it leaves here.
        hush(error)
        logger().exception("the invocation failed")
        raise
    finally:
        _end(subsegment)
        _flush()


def _introduce(event: Any, context: Any) -> None:
    """Say what is known before the work begins."""
    request_id: str = context.aws_request_id
    about(request_id=request_id, correlation_id=request_id, function_version=getattr(context, "function_version", None))
    with suppress(Exception):
        about(correlation_id=of_event(event, request_id))
        # Where there are too many metrics for one line, the first are written before the invocation ends.
        metrics().metadata_set.update(fields())


def _outcome(result: Any) -> str:
    told = result if isinstance(result, dict) else {}
    status = told.get("statusCode", 200)
    if status >= 500 or told.get("batchItemFailures"):
        return "failed"
    return "rejected" if status >= 400 else "ok"


def _begin(name: str) -> Any:
    """An open subsegment, or None where the invocation is not sampled or tracing does not work."""
    with suppress(Exception):
        if "Sampled=1" in os.environ.get("_X_AMZN_TRACE_ID", ""):
            return _recorder().begin_subsegment(name)
    return None


def _end(subsegment: Any) -> None:
    if subsegment is None:
        return
    with suppress(Exception):
        for name in _ANNOTATED:
            if name in fields():
                subsegment.put_annotation(name, fields()[name])
        if fields().get("outcome") == "failed":
            subsegment.add_fault_flag()
    with suppress(Exception):
        _recorder().end_subsegment()


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
            metrics().metadata_set.update(fields())
            metrics().flush_metrics()
    except Exception:  # noqa: BLE001  # whatever it is, the work itself is done
        metrics().clear_metrics()
        logger().exception("metrics were lost")
