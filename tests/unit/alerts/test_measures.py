"""A value against its threshold, in words."""

from typing import Any

import pytest

from quiz.alerts import measures
from quiz.alerts.measures import in_words
from tests.unit.alerts import support
from tests.unit.alerts.support import alarm, described


def _words(reason: str, reason_data: str = "", **trigger: Any) -> str:
    fields = {**support.single()["Trigger"], "MetricName": "", "Metrics": [], "Statistic": "", **trigger}
    return in_words(measures.read({**fields, "DatapointsToAlarm": 5}), reason, reason_data)


ONE = "Threshold Crossed: 1 datapoint [{} (20/11/26 02:59:00)] was {} than the threshold ({})."


@pytest.mark.parametrize(
    ("value", "threshold", "comparison", "shown"),
    [
        ("12.0", 10.0, "GreaterThanThreshold", "12 > 10"),
        ("0.0512", 0.05, "GreaterThanOrEqualToThreshold", "0.0512 >= 0.05"),
        ("0.0", 1, "LessThanThreshold", "0 < 1"),
        ("-3.25", "-3", "LessThanOrEqualToThreshold", "-3.25 <= -3"),
        ("1.2E7", 10_000_000, "GreaterThanThreshold", "12000000 > 10000000"),
        ("12345.678", 9999.5, "GreaterThanThreshold", "12345.7 > 9999.5"),
    ],
)
def test_each_comparison(value: str, threshold: Any, comparison: str, shown: str) -> None:
    words = _words(ONE.format(value, "greater", threshold), Threshold=threshold, ComparisonOperator=comparison)
    assert words.startswith(shown)
    assert words.endswith(" within 5 minutes")


@pytest.mark.parametrize(
    ("trigger", "shown"),
    [
        ({"Unit": "Percent"}, "12% > 10% within 5 minutes"),
        ({"Unit": "Count"}, "12 > 10 within 5 minutes"),
        ({"Unit": "Bytes"}, "12 bytes > 10 bytes within 5 minutes"),
        ({"MetricName": "Duration", "Namespace": "AWS/Lambda", "ExtendedStatistic": "p99"}, "12 ms > 10 ms within"),
        ({"MetricName": "ApproximateAgeOfOldestMessage", "Namespace": "AWS/SQS"}, "12 s > 10 s within 5 minutes"),
    ],
)
def test_units_are_named_or_known(trigger: dict[str, Any], shown: str) -> None:
    assert _words(ONE.format("12.0", "greater", "10.0"), **trigger).startswith(shown)


def test_the_newest_value_that_was_too_much_is_told() -> None:
    reason = (
        "2 out of the last 3 datapoints [5.0 (20/11/26 02:59:00), 12.0 (20/11/26 02:58:00), 40.0 (19/11/26 02:57:00)]"
    )
    assert _words(reason).startswith("12 > 10 ")
    # In whatever order they come.
    reason = "datapoints [40.0 (19/11/26 02:57:00), 5.0 (20/11/26 02:59:00), 12.0 (20/11/26 02:58:00)]"
    assert _words(reason).startswith("12 > 10 ")


def test_data_is_believed_before_sentences() -> None:
    assert _words("[1.0]", '{"recentDatapoints":[11.0,13.0],"threshold":10.0}').startswith("13 > 10 ")
    assert _words("[12.0]", '{"recentDatapoints":[null]}').startswith("12 > 10 ")


def test_a_threshold_that_the_trigger_lacks_is_in_the_data() -> None:
    data = '{"recentDatapoints":[13.0],"threshold":10.0}'
    assert _words("", data, Threshold=None).startswith("13 > 10 ")


def test_silence_is_told_as_such() -> None:
    reason = "no datapoints were received for 3 periods and 3 missing datapoints were treated as [Breaching]."
    assert _words(reason, Period=300, EvaluationPeriods=3) == "nothing came within 15 minutes"


@pytest.mark.parametrize("reason", ["it is so", "", "[", "[]", "Threshold Crossed: 1 datapoint [x] was greater"])
def test_without_a_value_the_reason_is_told_as_it_came(reason: str) -> None:
    assert _words(reason) == reason


def test_bands_are_left_to_their_reason() -> None:
    assert _words(ONE.format("12.0", "greater", "10.0"), ComparisonOperator="GreaterThanUpperThreshold").startswith(
        "Thr"
    )


class TestWhatIsMeasured:
    def test_a_metric_is_told_with_its_statistic(self) -> None:
        assert alarm(support.single()).value.endswith("(QuizPlatform BroadcastFailed, Sum, 3 of 5 times)")

    def test_an_expression_by_its_label_or_itself(self) -> None:
        payload = support.math()
        assert "(http-errors, 2 of 3 times)" in alarm(payload).value
        del payload["Trigger"]["Metrics"][0]["Label"]
        assert "(IF(errors >= 3, 100 * errors / invocations, 0), 2 of 3 times)" in alarm(payload).value

    def test_a_metric_among_metrics_is_a_metric(self) -> None:
        payload = support.math()
        payload["Trigger"]["Metrics"] = [{**payload["Trigger"]["Metrics"][1], "ReturnData": True}]
        assert "(Errors, Sum, 2 of 3 times)" in alarm(payload).value

    def test_what_cloudwatch_describes_is_measured_alike(self) -> None:
        assert described().value == "4 > 0 within 5 minutes (AWS/Lambda Errors, Sum, 3 of 5 times)"
