"""Runs checks side by side: one that fails or hangs is a finding, and holds back none of the others."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait

from msgspec import Struct

from adapters.correlation import apart
from adapters.observability import logger
from adapters.operations.troubles import reason
from quiz.operations.checks import Reading, unanswered

Readings = tuple[Reading, ...]


class Check(Struct, frozen=True):
    """What is looked at, and how long it may take."""

    name: str
    seconds: float
    run: Callable[[], Readings]


def run(checks: Sequence[Check]) -> list[Reading]:
    """What all of them came to, in their order."""
    # Not kept for the next run: a thread that hangs would be missing there.
    pool = ThreadPoolExecutor(max_workers=len(checks), thread_name_prefix="check")
    begun = time.monotonic()
    running = [pool.submit(apart(check.run)) for check in checks]
    readings: list[Reading] = []
    for check, future in zip(checks, running, strict=True):
        readings += _outcome(check, future, begun + check.seconds - time.monotonic())
    pool.shutdown(wait=False)
    return readings


def _outcome(check: Check, future: "Future[Readings]", seconds_left: float) -> Readings:
    wait([future], max(0.0, seconds_left))
    if not future.done():
        logger().error("a check did not come to its end", check=check.name)
        return (unanswered(check.name, f"no answer within {check.seconds:g} seconds"),)
    try:
        return future.result()
    except Exception as error:  # noqa: BLE001
        # Whatever it was, it is what somebody has to know.
        logger().exception("a check failed", check=check.name)
        return (unanswered(check.name, reason(error)),)
