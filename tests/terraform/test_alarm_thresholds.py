"""Every alarm goes off for what it is meant for, and for nothing less."""

import pytest

from tests.terraform.alarm_samples import SAMPLES
from tests.terraform.alarms import named, runbook
from tests.terraform.metric_math import evaluate, fires
from tests.terraform.plans import Raw, Resources

_HEARTBEATS = {"health-silent", "reconciliation-silent"}


@pytest.fixture(scope="module")
def alarms(local: Resources) -> dict[str, Raw]:
    return named(local)


@pytest.mark.parametrize("family", SAMPLES)
def test_an_alarm_goes_off_for_what_it_is_meant_for(family: str, alarms: dict[str, Raw]) -> None:
    sample = SAMPLES[family]
    alarm = alarms[sample.alarm or family]
    assert not [series for series in sample.fires if not fires(alarm, series)]


@pytest.mark.parametrize("family", SAMPLES)
def test_an_alarm_goes_off_for_nothing_less(family: str, alarms: dict[str, Raw]) -> None:
    sample = SAMPLES[family]
    alarm = alarms[sample.alarm or family]
    assert not [series for series in sample.quiet if fires(alarm, series)]


def test_every_family_of_alarms_has_a_sample(alarms: dict[str, Raw]) -> None:
    assert {runbook(alarm) for alarm in alarms.values()} == set(SAMPLES)
    assert {runbook(alarms[sample.alarm or family]) for family, sample in SAMPLES.items()} == set(SAMPLES)


def test_only_a_heartbeat_goes_off_for_silence(alarms: dict[str, Raw]) -> None:
    assert {name for name, alarm in alarms.items() if fires(alarm, {})} == _HEARTBEATS
    assert {name for name, alarm in alarms.items() if alarm["treat_missing_data"] != "notBreaching"} == _HEARTBEATS


class TestTheModel:
    def test_fills_what_is_missing(self) -> None:
        assert evaluate("FILL(a, 0) + FILL(b, 7)", {"a": [1, None], "b": [None, 2]}) == [8, 2]

    def test_makes_nothing_of_nothing(self) -> None:
        assert evaluate("a + b", {"a": [1, 1], "b": [None, 2]}) == [None, 3]
        assert evaluate("IF(a >= 1, 100 / a, 0)", {"a": [None, 0, 4]}) == [None, 0, 25]

    def test_divides_nothing_by_zero(self) -> None:
        assert evaluate("100 * a / b", {"a": [1, 1], "b": [0, 4]}) == [None, 25]

    @pytest.mark.parametrize("expression", ["MAX(METRICS())", "a AND b", "RATE(a)", "a ** 2"])
    def test_refuses_what_it_does_not_know(self, expression: str) -> None:
        with pytest.raises((ValueError, SyntaxError, KeyError)):
            evaluate(expression, {"a": [1], "b": [1]})

    def test_counts_breaching_periods_among_the_last(self) -> None:
        alarm = {
            "evaluation_periods": 3,
            "datapoints_to_alarm": 2,
            "comparison_operator": "GreaterThanThreshold",
            "threshold": 0,
            "treat_missing_data": "notBreaching",
        }
        assert fires(alarm, {"it": [0, 1, None, 1, 0]})
        assert not fires(alarm, {"it": [1, 0, 0, 1, 0, 0, 1]})
        assert fires({**alarm, "treat_missing_data": "breaching"}, {"it": [0, None, None]})
