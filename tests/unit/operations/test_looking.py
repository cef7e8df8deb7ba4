"""How full queues are, how old what is in them is, and whether tables answer."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from adapters.operations.ages import Ages
from adapters.operations.probes import Tables
from adapters.operations.queues import Load, Queues

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_sqs import SQSClient

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
URLS = {"jobs": "https://sqs/123456789012/quiz-jobs", "submissions": "https://sqs/123456789012/quiz-submissions.fifo"}


def _cloudwatch(*results: dict[str, Any]) -> Any:
    """One that says this, and remembers what it was asked."""
    asked: list[dict[str, Any]] = []

    def get_metric_data(**parameters: Any) -> Any:
        asked.append(parameters)
        return {"MetricDataResults": list(results)}

    return SimpleNamespace(get_metric_data=get_metric_data, asked=asked)


class TestLoad:
    def test_is_what_waits_and_what_is_worked_on(self, sqs: "SQSClient") -> None:
        url = sqs.create_queue(QueueName="jobs")["QueueUrl"]
        for body in "abc":
            sqs.send_message(QueueUrl=url, MessageBody=body)
        sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=1)
        assert Queues(lambda: sqs).load(url) == Load(waiting=2, in_flight=1)

    def test_of_a_queue_that_is_gone_is_an_error(self, sqs: "SQSClient") -> None:
        with pytest.raises(ClientError):
            Queues(lambda: sqs).load("https://sqs.eu-central-1.amazonaws.com/123456789012/gone")


class TestAges:
    def test_are_asked_of_all_queues_at_once_by_their_names(self) -> None:
        cloudwatch = _cloudwatch()
        Ages(lambda: cloudwatch).oldest(URLS, NOW)
        [asked] = cloudwatch.asked
        metrics = [query["MetricStat"]["Metric"] for query in asked["MetricDataQueries"]]
        assert [metric["Dimensions"][0]["Value"] for metric in metrics] == ["quiz-jobs", "quiz-submissions.fifo"]
        assert (asked["EndTime"], asked["ScanBy"]) == (NOW, "TimestampDescending")

    def test_are_the_latest_that_are_known(self) -> None:
        cloudwatch = _cloudwatch(
            {"Id": "q1", "StatusCode": "Complete", "Values": [12.0, 900.0]},
            {"Id": "q0", "StatusCode": "PartialData", "Values": [3.0]},
        )
        assert Ages(lambda: cloudwatch).oldest(URLS, NOW) == {"jobs": 3.0, "submissions": 12.0}

    def test_of_a_queue_that_nobody_uses_are_zero(self) -> None:
        cloudwatch = _cloudwatch(
            {"Id": "q0", "StatusCode": "Complete", "Values": []},
            {"Id": "q1", "StatusCode": "Complete", "Values": []},
        )
        assert Ages(lambda: cloudwatch).oldest(URLS, NOW) == {"jobs": 0, "submissions": 0}

    @pytest.mark.parametrize("status", ["Forbidden", "InternalError"])
    def test_that_are_not_told_are_unknown_for_that_queue_alone(self, status: str) -> None:
        cloudwatch = _cloudwatch(
            {"Id": "q0", "StatusCode": status, "Values": []},
            {"Id": "q1", "StatusCode": "Complete", "Values": [4.0]},
        )
        assert Ages(lambda: cloudwatch).oldest(URLS, NOW) == {"jobs": None, "submissions": 4.0}

    def test_that_are_missing_in_the_answer_are_unknown(self) -> None:
        assert Ages(_cloudwatch).oldest(URLS, NOW) == {"jobs": None, "submissions": None}


class TestTables:
    def _clock(self, *seconds: float) -> Callable[[], float]:
        moments: Iterator[float] = iter(seconds)
        return lambda: next(moments)

    def test_are_asked_twice_and_the_quicker_answer_counts(self, tables: "DynamoDBClient") -> None:
        clock = self._clock(0, 0.4, 1, 1.005)
        assert Tables(lambda: tables, clock).milliseconds("quizzes", "quizzes") == pytest.approx(5)

    def test_are_asked_by_both_parts_of_their_key(self, tables: "DynamoDBClient") -> None:
        assert Tables(lambda: tables).milliseconds("submissions", "results") > 0

    def test_that_are_gone_are_an_error(self, tables: "DynamoDBClient") -> None:
        with pytest.raises(ClientError):
            Tables(lambda: tables).milliseconds("games", "gone")
