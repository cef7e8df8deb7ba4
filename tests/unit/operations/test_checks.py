"""Numbers against thresholds: what is a finding, and what somebody hears of it."""

import pytest

from quiz.operations import checks
from quiz.operations.checks import Reading, Thresholds
from quiz.operations.findings import Finding

HEALTHY = Thresholds(
    waiting=10,
    oldest_seconds=900,
    in_flight_percent=80,
    dead_letters=0,
    table_milliseconds=100,
    cache_milliseconds=50,
    canary_seconds=20,
)


def _failed(*readings: Reading) -> list[str]:
    return [reading.finding.check for reading in readings if reading.finding.failed]


@pytest.mark.parametrize(("waiting", "failed"), [(0, []), (10, []), (11, ["queue jobs"])])
def test_a_queue_may_be_as_full_as_its_threshold(waiting: int, failed: list[str]) -> None:
    assert _failed(*checks.queue("jobs", waiting, 0, HEALTHY)) == failed


def test_what_is_in_flight_is_a_share_of_what_sqs_allows() -> None:
    at_most, over = (checks.queue("jobs", 0, number, HEALTHY)[1] for number in (96_000, 96_001))
    assert (at_most.finding.value, at_most.finding.unit, at_most.metric) == (80, "Percent", "InFlightShare")
    assert _failed(at_most, over) == ["queue jobs in flight"]


def test_one_dead_letter_is_too_many() -> None:
    assert _failed(*(checks.dead_letters("jobs", held, HEALTHY) for held in (0, 1))) == ["dead letters jobs"]


def test_an_age_that_is_not_told_is_a_finding() -> None:
    assert _failed(*(checks.age("jobs", seconds, HEALTHY) for seconds in (0, 900))) == []
    unknown, old = checks.age("jobs", None, HEALTHY), checks.age("jobs", 901, HEALTHY)
    assert _failed(unknown, old) == ["queue jobs age", "queue jobs age"]
    assert "CloudWatch" in unknown.finding.problem
    assert "CloudWatch" not in old.finding.problem


def test_a_table_answers_in_its_time() -> None:
    assert _failed(*(checks.table("games", taken, HEALTHY) for taken in (99.9, 100.1))) == ["table games"]


def test_a_cache_that_does_not_answer_has_no_number() -> None:
    away = checks.cache(0, reachable=False, healthy=HEALTHY)
    slow, quick = (checks.cache(taken, reachable=True, healthy=HEALTHY) for taken in (50.1, 0.3))
    assert away.finding.value is None
    assert _failed(away, slow, quick) == ["cache", "cache"]


class TestCanary:
    def test_in_time_and_rightly_scored_is_well(self) -> None:
        readings = checks.canary(1234.5, 100, HEALTHY)
        assert _failed(*readings) == []
        assert {reading.metric: reading.finding.value for reading in readings if reading.metric} == {
            "CanaryLatency": 1234.5
        }

    def test_without_a_score_there_is_no_latency(self) -> None:
        [reading] = checks.canary(None, 0, HEALTHY)
        assert reading.finding == Finding(
            "canary", None, 20_000, "Milliseconds", "A submission was not scored within 20 seconds"
        )

    @pytest.mark.parametrize(
        ("readings", "failed"),
        [
            (checks.canary(1000, 100, HEALTHY), False),
            (checks.canary(20_001, 100, HEALTHY), True),
            (checks.canary(1000, 99.5, HEALTHY), True),
            (checks.canary(None, 0, HEALTHY), True),
            ((checks.unanswered("canary", "Query failed"),), True),
            ((checks.leftovers(1),), False),
            ((checks.unanswered("cache", "gone"),), False),
        ],
    )
    def test_failed_where_a_submission_would_have(self, readings: tuple[Reading, ...], failed: bool) -> None:
        assert checks.canary_failed(reading.finding for reading in readings) is failed


def test_what_came_to_no_number_says_why() -> None:
    finding = checks.unanswered("table games", "GetItem failed with AccessDeniedException").finding
    assert finding.failed
    assert finding.problem == "Nothing is known of table games: GetItem failed with AccessDeniedException"


def test_problems_can_be_put_beside_each_other() -> None:
    """They are joined into one summary, so none ends like a sentence."""
    readings = [
        *checks.queue("jobs", 11, 120_000, HEALTHY),
        *checks.canary(20_001, 50, HEALTHY),
        *checks.canary(None, 0, HEALTHY),
        checks.age("jobs", None, HEALTHY),
        checks.age("jobs", 901, HEALTHY),
        checks.dead_letters("jobs", 1, HEALTHY),
        checks.table("games", 101, HEALTHY),
        checks.cache(51, reachable=True, healthy=HEALTHY),
        checks.cache(0, reachable=False, healthy=HEALTHY),
        checks.leftovers(1),
        checks.unanswered("cache", "gone"),
    ]
    assert all(reading.finding.failed for reading in readings)
    assert not [reading.finding.problem for reading in readings if reading.finding.problem.endswith(".")]
