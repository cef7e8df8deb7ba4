"""The alarms that a release is watched by."""

from collections.abc import Sequence

from tools.deployed import Deployed
from tools.environment import Refused
from tools.release.aliases import Alias

_AT_ONCE = 100


class Alarms:
    """The alarm on errors of each function."""

    def __init__(self, deployed: Deployed) -> None:
        self._client = deployed.client("cloudwatch")

    def ringing(self, aliases: Sequence[Alias]) -> list[Alias]:
        """Those whose alarm is on; refused where one has no alarm, because nobody would notice."""
        states = self._states([alias.alarm for alias in aliases])
        if missing := [alias.alarm for alias in aliases if alias.alarm not in states]:
            raise Refused(f"there is no alarm {', '.join(missing)}: a release of it cannot be watched")
        return [alias for alias in aliases if states[alias.alarm] == "ALARM"]

    def _states(self, names: list[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for first in range(0, len(names), _AT_ONCE):
            some = names[first : first + _AT_ONCE]
            answer = self._client.describe_alarms(AlarmNames=some, AlarmTypes=["MetricAlarm"], MaxRecords=_AT_ONCE)
            found.update({alarm["AlarmName"]: alarm["StateValue"] for alarm in answer["MetricAlarms"]})
        return found
