"""The rules of the health check: numbers that were read, against what is still healthy."""

from collections.abc import Iterable

from msgspec import Struct

from quiz.operations.findings import Finding

# So many messages of one queue may be received and not yet deleted; of a standard queue as of a FIFO queue.
MOST_IN_FLIGHT = 120_000


class Thresholds(Struct, frozen=True, forbid_unknown_fields=True):
    """What is still healthy, as the environment says."""

    waiting: float
    oldest_seconds: float
    in_flight_percent: float
    dead_letters: float
    table_milliseconds: float
    cache_milliseconds: float
    canary_seconds: float


class Reading(Struct, frozen=True):
    """A finding, and the metric that keeps its number; none if nobody draws it."""

    finding: Finding
    metric: str = ""


def queue(name: str, waiting: int, in_flight: int, healthy: Thresholds) -> tuple[Reading, ...]:
    """A queue that somebody works on."""
    share = 100 * in_flight / MOST_IN_FLIGHT
    return (
        Reading(
            Finding(f"queue {name}", waiting, healthy.waiting, "Count", f"Messages pile up in the queue {name}"),
            "QueueDepth",
        ),
        Reading(
            Finding(
                f"queue {name} in flight",
                share,
                healthy.in_flight_percent,
                "Percent",
                f"Nearly as many messages of the queue {name} are in flight as SQS allows",
            ),
            "InFlightShare",
        ),
    )


def age(name: str, seconds: float | None, healthy: Thresholds) -> Reading:
    """How long the oldest message of a queue has been there; None where the metric was refused."""
    problem = f"The oldest message waits in the queue {name}"
    if seconds is None:
        problem = f"CloudWatch does not say how old the messages in the queue {name} are"
    return Reading(Finding(f"queue {name} age", seconds, healthy.oldest_seconds, "Seconds", problem), "QueueAge")


def dead_letters(name: str, held: int, healthy: Thresholds) -> Reading:
    """A queue that a person has to look into."""
    problem = f"Messages were set aside in the dead letters of {name}"
    return Reading(Finding(f"dead letters {name}", held, healthy.dead_letters, "Count", problem), "DeadLetters")


def table(name: str, milliseconds: float, healthy: Thresholds) -> Reading:
    """How quickly a table answers."""
    problem = f"The table {name} answers slowly"
    return Reading(Finding(f"table {name}", milliseconds, healthy.table_milliseconds, "Milliseconds", problem))


def cache(milliseconds: float, *, reachable: bool, healthy: Thresholds) -> Reading:
    """How quickly the cache answers, if it does."""
    problem = "The cache answers slowly" if reachable else "The cache does not answer: boards are read from the table"
    value = milliseconds if reachable else None
    return Reading(Finding("cache", value, healthy.cache_milliseconds, "Milliseconds", problem))


def canary(milliseconds: float | None, percentage: float, healthy: Thresholds) -> tuple[Reading, ...]:
    """How long the canary took to be scored, None for too long, and whether it was scored rightly."""
    most = healthy.canary_seconds * 1000
    if milliseconds is None:
        problem = f"A submission was not scored within {healthy.canary_seconds:g} seconds"
        return (Reading(Finding("canary", None, most, "Milliseconds", problem)),)
    late = Finding("canary", milliseconds, most, "Milliseconds", "A submission was scored late")
    wrong = Finding("canary score", 100 - percentage, 0, "Percent", "A submission with right answers lost points")
    return Reading(late, "CanaryLatency"), Reading(wrong)


def leftovers(number: int) -> Reading:
    """Rows of canaries that could not be taken out of the table again."""
    problem = "Submissions of the canary stay in the table"
    return Reading(Finding("leftovers of the canary", number, 0, "Count", problem))


def unanswered(check: str, reason: str) -> Reading:
    """A check that came to no number."""
    return Reading(Finding(check, None, 0, "None", f"Nothing is known of {check}: {reason}"))


def canary_failed(findings: Iterable[Finding]) -> bool:
    """Whether a submission would not have been scored, or wrongly; leftovers alone harm nobody."""
    return any(finding.failed and finding.check in ("canary", "canary score") for finding in findings)
