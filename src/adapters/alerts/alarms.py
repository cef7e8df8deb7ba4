"""The alarms behind a composite one, as CloudWatch knows them."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from adapters import clients
from adapters.failures import as_unavailable
from quiz.alerts.payloads import ALARM, Alarm, read_described

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient

_MOST = 100


@cache
def client() -> "CloudWatchClient":
    """The one CloudWatch client of this environment."""
    made: CloudWatchClient = clients.make("cloudwatch")
    return made


class Alarms:
    """Metric alarms by their names; of composite ones CloudWatch tells only those who may see everything."""

    def __init__(self, client: "Callable[[], CloudWatchClient]") -> None:
        # Called, not given: most alerts are of a metric alarm, which tells everything itself.
        self._client = client

    def ringing(self, names: Sequence[str]) -> tuple[Alarm, ...]:
        """Those of them that are on, in the order of their names here."""
        with as_unavailable():
            answer = self._client().describe_alarms(AlarmNames=list(names[:_MOST]), MaxRecords=_MOST)
        found = [read_described(described) for described in answer["MetricAlarms"]]
        known = {alarm.name: alarm for alarm in found if alarm.state == ALARM}
        return tuple(known[name] for name in names if name in known)
