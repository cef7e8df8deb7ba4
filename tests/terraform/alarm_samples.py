"""What each alarm must go off for, and what it must not: a value for each period, the oldest first.

One sample for each family of alarms, by the name of its runbook; a single metric is called `it`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.terraform.metric_math import Samples


@dataclass(frozen=True)
class Sample:
    """What a family must go off for and what it must not, and one of its alarms if none has the family's own name."""

    fires: Sequence[Samples]
    quiet: Sequence[Samples]
    alarm: str = ""


def _one(fires: Sequence[float | None], *quiet: Sequence[float | None], alarm: str = "") -> Sample:
    """Of a single metric."""
    return Sample([{"it": fires}], [{"it": series} for series in quiet], alarm)


def _any(alarm: str = "") -> Sample:
    """Where one in one period is enough."""
    return _one([1], [0, 0, 0], alarm=alarm)


def _sum(*ids: str, fires: Sequence[float], quiet: Sequence[float], alarm: str = "") -> Sample:
    """Where any of several goes off alone, and the others may not be written at all."""
    return Sample([{name: fires} for name in ids], [dict.fromkeys(ids, quiet)], alarm)


# A single message that was set aside, a single thing that was given up: each is worth a look.
_ONE_IS_ENOUGH = (
    "alerts-failing",
    "alerts-undelivered",
    "control-failing",
    "control-failures-not-empty",
    "control-rejected",
    "inspections-dropped",
    "inspections-failures-not-empty",
    "intake-failures-not-empty",
    "jobs-dead-letters",
    "leaderboards-drifted",
    "notices-failing",
    "projector-failures-not-empty",
    "results-unannounced",
    "schedules-dropped",
    "schedules-failing",
    "scores-drifted",
    "stream-failures-not-empty",
    "submissions-dead-letters",
    "triggers-dead-letters",
    "webhook-failing",
    "winners-failing",
)

SAMPLES: Mapping[str, Sample] = {
    **{name: _any() for name in _ONE_IS_ENOUGH},
    "authorizer-failing": _one([6, 6, 6], [6, 6, 0, 0, 0], [5, 5, 5, 5, 5]),
    "broadcast-refused": _one([11, 11], [11, 0, 0], [10, 10, 10]),
    "cache-cpu": _one([46] * 5, [46, 46, 46, 46, 45], alarm="cache-cpu-001"),
    "cache-evictions": _any("cache-evictions-001"),
    "cache-memory": _one([81, 81, 81], [81, 81, 80, 80, 80], alarm="cache-memory-001"),
    "cache-replication-lag": _one([11, 11, 11], [300, 300, 0.1, 0.1, 0.1], alarm="cache-replication-lag-001"),
    "canary-failing": _one([1, 0, 1], [1, 0, 0], [0, 0, 0]),
    "checks-failing": _one([2, 0, 1], [3, 0, 0]),
    "clock-failing": _one([1, 0, 1, 0, 1], [9, 9, 0, 0, 0]),
    "function-errors": Sample(
        [
            {"errors": [3, 3], "invocations": [3, 3]},
            {"errors": [20, 0, 20], "invocations": [1000, 1000, 1000]},
        ],
        [
            # Of a quiet night.
            {"errors": [2, 2, 2], "invocations": [2, 2, 2]},
            # Of a million.
            {"errors": [100, 100, 100], "invocations": [10_000, 10_000, 10_000]},
            # It healed.
            {"errors": [50, 0, 0], "invocations": [50, 50, 50]},
        ],
        "http-errors",
    ),
    "function-looping": _any("stream-looping"),
    "function-slow": Sample(
        [{"duration": [8001, 9000, 10_000], "invocations": [20, 500, 20]}],
        [
            {"duration": [9000, 9000, 9000], "invocations": [19, 19, 19]},
            {"duration": [9000, 900, 9000], "invocations": [500, 500, 500]},
            {"duration": [8000, 8000, 8000], "invocations": [500, 500, 500]},
        ],
        "http-slow",
    ),
    "function-throttled": _one([1, 1, 1], [500, 500, 0, 0, 0], alarm="socket-throttled"),
    "function-undelivered": _sum("refused", "undelivered", fires=[1], quiet=[0, 0], alarm="clock-undelivered"),
    # In periods without a run nothing is written.
    "health-silent": Sample([{"checked": [1, None, None, None]}], [{"checked": [1, None, None, 1, None, 1]}]),
    "http-failing": Sample(
        [
            {"failed": [10, 10, 10], "requests": [400, 400, 400]},
            {"failed": [5000, 0, 5000, 0, 5000], "requests": [5000] * 5},
        ],
        [
            # One failed request at night is 100 percent and no emergency.
            {"failed": [1] * 5, "requests": [1] * 5},
            {"failed": [9] * 5, "requests": [9] * 5},
            # Ten of thousands a minute.
            {"failed": [10] * 5, "requests": [5000] * 5},
            {"failed": [400, 400, 0, 0, 0], "requests": [400] * 5},
        ],
    ),
    "http-latency": Sample(
        [{"latency": [2001, 2500, 9000], "requests": [100, 100, 9000]}],
        [
            {"latency": [9000, 9000, 9000], "requests": [99, 99, 99]},
            {"latency": [9000, 1000, 9000], "requests": [500, 500, 500]},
        ],
    ),
    "http-rejecting": Sample(
        [{"rejected": [100, 0, 100], "requests": [400, 400, 400]}],
        [
            {"rejected": [99] * 3, "requests": [100] * 3},
            {"rejected": [2000] * 3, "requests": [10_000] * 3},
        ],
    ),
    "intake-failing": _one([1, 0, 1, 0, 1], [40, 40, 0, 0, 0]),
    "jobs-late": _one([31, 31, 31], [60, 60, 5, 5, 5], [30] * 5),
    "leaderboard-fallback": _one([1] * 5, [50, 50, 0, 50, 50]),
    "live-failing": _sum("failed_0", "failed_1", "failed_2", fires=[6, 6], quiet=[1, 1, 1]),
    "practice-failing": _sum("failed_0", fires=[6, 6, 6], quiet=[5, 5, 5, 5, 5]),
    "projector-late": _one([30_001] * 3, [60_000, 60_000, 100, 100, 100]),
    "quizzes-failing": _sum("failed_0", fires=[6, 6, 6], quiet=[5, 5, 5, 5, 5]),
    # It ran, and looked at nothing: that is a run.
    "reconciliation-silent": Sample([{"runs": [1, None, None]}], [{"runs": [1, None, 1, None]}]),
    "socket-failing": _one([11, 11, 11], [500, 500, 0, 0, 0], [10] * 5),
    "socket-unreachable": _one([11, 11, 11], [500, 500, 0, 0, 0], [10] * 5),
    "stream-late": _one([300_001] * 3, [600_000, 600_000, 0, 0, 0]),
    "submissions-backlog": _one([120_001] * 10, [120_001] * 9, [5000] * 15),
    "submissions-late": _one([601, 601, 601], [900, 900, 1, 1, 1], [600] * 5),
    "submissions-quarantined": _one([11], [10]),
    "submissions-redelivered": _one([1, 0, 1, 0, 1], [50, 50, 0, 0, 0]),
    "table-failing": _sum(
        "getitem",
        "putitem",
        "transactwriteitems",
        fires=[6, 6, 6],
        quiet=[1, 1, 1, 1, 1],
        alarm="table-failing-results",
    ),
    "table-throttled": _sum(
        "read",
        "write",
        "read_by_user",
        "write_by_user",
        fires=[1, 1, 1],
        quiet=[0] * 5,
        alarm="table-throttled-results",
    ),
    "triggers-failing": _one([1, 1], [5, 0, 0]),
    "triggers-late": _one([1, 1, 1], [1, 1, 0]),
}
