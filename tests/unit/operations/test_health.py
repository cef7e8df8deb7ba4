"""The health check as a whole: one message where something is wrong, silence where nothing is, and metrics always."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from adapters.operations import alerts_topic, probes, queues
from handlers.scheduler import health
from quiz.errors import Unavailable
from quiz.operations.inspection import Inspected
from tests.unit.operations.platform import Platform

_CACHED: tuple[Any, ...] = (alerts_topic.client, health.bootstrap, probes.client, queues.client)


@pytest.fixture
def platform(aws: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Platform]:
    yield Platform(monkeypatch)
    for cached in _CACHED:
        cached.cache_clear()


def _metrics(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Those of the check, not of the processor that works meanwhile."""
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    [found] = [line for line in lines if "HealthChecked" in line]
    return dict(found)


def _failed(platform: Platform) -> list[str]:
    """What one run tells of, in one message."""
    platform.run()
    [alert] = platform.alerts()
    return [finding["check"] for finding in alert["findings"]]


def test_where_all_is_well_nobody_hears_of_it(platform: Platform, capsys: pytest.CaptureFixture[str]) -> None:
    platform.run()
    assert platform.alerts() == []
    metrics = _metrics(capsys)
    assert (metrics["HealthChecked"], metrics["ChecksFailed"], metrics["CanaryFailed"]) == ([1], [0], [0])
    assert metrics["CanaryLatency"] == [250]
    assert len(metrics["QueueDepth"]) == len(metrics["QueueAge"]) == len(metrics["InFlightShare"]) == 2
    assert metrics["DeadLetters"] == [0, 0]
    units = {one["Name"]: one["Unit"] for one in metrics["_aws"]["CloudWatchMetrics"][0]["Metrics"]}
    assert units == {
        "QueueDepth": "Count",
        "InFlightShare": "Percent",
        "DeadLetters": "Count",
        "QueueAge": "Seconds",
        "CanaryLatency": "Milliseconds",
        "CanaryFailed": "Count",
        "ChecksFailed": "Count",
        "HealthChecked": "Count",
    }


def test_the_canary_leaves_nothing_behind(platform: Platform) -> None:
    platform.run()
    assert platform.rows() == 0


def test_many_findings_are_one_message(platform: Platform, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(11):
        platform.sqs.send_message(QueueUrl=platform.urls["jobs"], MessageBody=str(number))
    platform.sqs.send_message(QueueUrl=platform.dead_letters["jobs"], MessageBody="lost")
    platform.ages = {"jobs": 901}
    platform.run()
    [alert] = platform.alerts()
    assert (alert["kind"], alert["environment"], alert["version"]) == ("health", "test", 1)
    assert [finding["check"] for finding in alert["findings"]] == ["queue jobs", "dead letters jobs", "queue jobs age"]
    assert [finding["value"] for finding in alert["findings"]] == [11, 1, 901]
    assert alert["checks"] > 20
    assert _metrics(capsys)["ChecksFailed"] == [3]


def test_what_somebody_looks_at_is_still_a_dead_letter(platform: Platform) -> None:
    platform.sqs.send_message(QueueUrl=platform.dead_letters["jobs"], MessageBody="lost")
    platform.sqs.receive_message(QueueUrl=platform.dead_letters["jobs"])
    assert _failed(platform) == ["dead letters jobs"]


def test_a_table_that_does_not_answer_is_the_only_finding(platform: Platform) -> None:
    platform.set("GAMES_TABLE", "gone")
    assert _failed(platform) == ["table games"]


def test_a_table_whose_keys_are_unknown_is_a_finding(platform: Platform) -> None:
    platform.set("NOVEL_TABLE", "novel")
    assert _failed(platform) == ["table novel"]


def test_a_queue_that_does_not_answer_is_the_only_finding(platform: Platform) -> None:
    platform.set("JOBS_QUEUE_URL", f"{platform.urls['jobs']}-gone")
    assert _failed(platform) == ["queue jobs"]


def test_metrics_that_are_refused_are_one_finding(platform: Platform, capsys: pytest.CaptureFixture[str]) -> None:
    platform.refused_metrics = True
    assert _failed(platform) == ["message ages"]
    assert "QueueAge" not in _metrics(capsys)


def test_an_age_that_is_not_told_is_a_finding_without_a_number(platform: Platform) -> None:
    platform.ages = {"jobs": None}
    platform.run()
    [alert] = platform.alerts()
    assert [(finding["check"], finding["value"]) for finding in alert["findings"]] == [("queue jobs age", None)]


def test_a_cache_that_is_away_is_the_only_finding(platform: Platform) -> None:
    platform.inspected = lambda: Inspected(reachable=False, milliseconds=0)
    assert _failed(platform) == ["cache"]


def test_a_function_beside_the_cache_that_fails_is_the_only_finding(platform: Platform) -> None:
    def fail() -> Inspected:
        raise Unavailable("the function beside the cache failed")

    platform.inspected = fail
    assert _failed(platform) == ["cache"]


def test_a_canary_that_nobody_scores_is_told(platform: Platform, capsys: pytest.CaptureFixture[str]) -> None:
    platform.processing = False
    assert _failed(platform) == ["canary"]
    metrics = _metrics(capsys)
    assert metrics["CanaryFailed"] == [1]
    assert "CanaryLatency" not in metrics


def test_a_bank_without_the_canary_sends_nothing_to_the_dead_letters(platform: Platform) -> None:
    platform.dynamodb.delete_item(TableName="quizzes", Key={"quiz_id": {"S": "#canary"}})
    assert _failed(platform) == ["canary"]
    platform.run()
    [alert] = platform.alerts()
    assert [finding["check"] for finding in alert["findings"]] == ["canary"]


def test_a_topic_that_cannot_be_reached_does_not_end_the_run(
    platform: Platform, capsys: pytest.CaptureFixture[str]
) -> None:
    platform.set("GAMES_TABLE", "gone")
    platform.set("ALERTS_TOPIC_ARN", "arn:aws:sns:eu-central-1:123456789012:gone")
    platform.run()
    out = capsys.readouterr().out
    [metrics] = [json.loads(line) for line in out.splitlines() if "HealthChecked" in line]
    assert (metrics["HealthChecked"], metrics["ChecksFailed"]) == ([1], [1])
    assert "nobody was told" in out


def test_settings_that_are_wrong_stop_the_function(platform: Platform) -> None:
    """Nothing could be told by such a run, so it fails where an alarm sees it."""
    platform.set("HEALTH_THRESHOLDS", '{"waiting": 1}')
    with pytest.raises(Exception, match="missing required field"):
        platform.run()
