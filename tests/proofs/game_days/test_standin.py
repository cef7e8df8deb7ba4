"""The stand-in decides as CloudWatch does, and gives its reasons so that they can be read."""

from typing import Any

import pytest

from quiz.alerts.datapoints import datapoints
from tests.proofs.game_days import wording
from tests.proofs.game_days.clock import Clock
from tests.proofs.game_days.readings import Reading, of_lines, reading
from tests.proofs.game_days.standin import StandIn
from tests.terraform.plans import Raw

_FAILED = reading("QuizPlatform", "Failed", 1, service="any")
_EMBEDDED = (
    '{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"QuizPlatform","Dimensions":[["service"]],'
    '"Metrics":[{"Name":"Failed","Unit":"Count"}]}]},"service":"any","request_id":"1","Failed":[1.0,2.0]}'
)


def _alarm(**changes: Any) -> Raw:
    return {
        "alarm_name": "failing",
        "comparison_operator": "GreaterThanThreshold",
        "datapoints_to_alarm": 2,
        "dimensions": {"service": "any"},
        "evaluation_periods": 3,
        "metric_name": "Failed",
        "metric_query": [],
        "namespace": "QuizPlatform",
        "period": 60,
        "statistic": "Sum",
        "threshold": 0,
        "treat_missing_data": "notBreaching",
        **changes,
    }


def _measured(*data: tuple[float, Reading]) -> StandIn:
    made = StandIn()
    for at, one in data:
        made.take([one], at)
    return made


def test_an_alarm_looks_at_its_own_metric_alone() -> None:
    others = (
        reading("QuizPlatform", "Failed", 1, service="other"),
        reading("AWS/Lambda", "Failed", 1, service="any"),
        reading("QuizPlatform", "Other", 1, service="any"),
    )
    for other in others:
        assert not _measured((0, other), (60, other)).goes_off(_alarm(), 120)
    assert _measured((0, _FAILED), (60, _FAILED)).goes_off(_alarm(), 120)


def test_its_window_slides_by_minutes() -> None:
    twice = _measured((0, _FAILED), (299, _FAILED))
    slow = _alarm(period=300, datapoints_to_alarm=2, evaluation_periods=2)
    # Before there is one in each half, and after the first has gone by, they are not two of two.
    assert [at for at in range(60, 900, 60) if twice.goes_off(slow, at)] == [360, 420, 480, 540]


@pytest.mark.parametrize(
    ("statistic", "threshold", "on"), [("Sum", 2, True), ("Maximum", 2, False), ("Average", 1, True)]
)
def test_it_compares_by_its_statistic(statistic: str, threshold: float, on: bool) -> None:
    twice = _measured((1, _FAILED), (2, reading("QuizPlatform", "Failed", 2, service="any")))
    alarm = _alarm(statistic=statistic, threshold=threshold, datapoints_to_alarm=1)
    assert twice.goes_off(alarm, 60) is on


def test_lines_of_a_log_are_readings() -> None:
    found = list(of_lines("any", ["START", _EMBEDDED, "no JSON", "REPORT RequestId: 1\tDuration: 1 ms"]))
    assert found[:2] == [_FAILED, reading("QuizPlatform", "Failed", 2, service="any")]
    assert found[2:] == [
        reading("AWS/Lambda", "Invocations", 1, FunctionName="any"),
        reading("AWS/Lambda", "Errors", 0, FunctionName="any"),
    ]


def test_an_invocation_that_failed_is_an_error() -> None:
    lines = ['{"message":"the invocation failed","request_id":"2"}', "REPORT RequestId: 1", "REPORT RequestId: 2"]
    assert [one.value for one in of_lines("any", lines) if one.metric == "Errors"] == [0, 1]


def test_the_reason_tells_what_was_seen() -> None:
    twice, alarm, clock = _measured((0, _FAILED), (120, _FAILED), (121, _FAILED)), _alarm(), Clock()
    reason = wording.gone_off(alarm, twice.points(alarm, 180), clock)
    assert reason.startswith("Threshold Crossed: 2 out of the last 3 datapoints [2.0 (")
    assert reason.endswith("were greater than the threshold (0.0) (minimum 2 datapoints for OK -> ALARM transition).")
    assert datapoints(reason, "") == [2, 1]
