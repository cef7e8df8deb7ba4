"""How old the messages in queues are, which CloudWatch alone knows."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from adapters import clients

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_cloudwatch.type_defs import MetricDataQueryTypeDef

# SQS counts once a minute, and CloudWatch shows it some minutes later.
_LOOKED_BACK = timedelta(minutes=10)


@cache
def client() -> "CloudWatchClient":
    """The one CloudWatch client of this environment."""
    made: CloudWatchClient = clients.make("cloudwatch")
    return made


class Ages:
    """Asks for the ages in all queues at once."""

    def __init__(self, client: "Callable[[], CloudWatchClient]") -> None:
        self._client = client

    def oldest(self, urls: Mapping[str, str], now: datetime) -> dict[str, float | None]:
        """By name of the queue, how many seconds its oldest message has been there; None where it is not told.

        A queue that nobody used for six hours has no such metric, and nothing in it.
        """
        names = list(urls)
        answer = self._client().get_metric_data(
            MetricDataQueries=[_oldest(position, urls[name]) for position, name in enumerate(names)],
            StartTime=now - _LOOKED_BACK,
            EndTime=now,
            ScanBy="TimestampDescending",
        )
        results = {result["Id"]: result for result in answer["MetricDataResults"]}
        return {name: _latest(results.get(f"q{position}")) for position, name in enumerate(names)}


def _oldest(position: int, url: str) -> "MetricDataQueryTypeDef":
    return {
        "Id": f"q{position}",
        "MetricStat": {
            "Metric": {
                "Namespace": "AWS/SQS",
                "MetricName": "ApproximateAgeOfOldestMessage",
                "Dimensions": [{"Name": "QueueName", "Value": url.rpartition("/")[2]}],
            },
            "Period": 60,
            "Stat": "Maximum",
        },
    }


def _latest(result: Mapping[str, Any] | None) -> float | None:
    if result is None or result.get("StatusCode") in ("Forbidden", "InternalError"):
        return None
    return float(result["Values"][0]) if result["Values"] else 0.0
