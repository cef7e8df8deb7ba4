"""Finds out what else there is to say of an alarm that went off. None of it may hold the alarm up."""

from datetime import datetime

from msgspec import Struct

from adapters.alerts.alarms import Alarms
from adapters.alerts.logs import Logs
from adapters.observability import logger
from quiz.alerts.composing import Known, functions_of, window
from quiz.alerts.payloads import ALARM, Alarm, Alert
from quiz.alerts.repeats import Form


class Knowing(Struct, frozen=True):
    """Asks CloudWatch for the alarms behind a composite one, and the logs for the latest errors."""

    alarms: Alarms
    logs: Logs

    def of(self, alert: Alert, form: Form, now: datetime) -> Known:
        """What could be found out; nothing for what is told in a line anyway."""
        if not isinstance(alert, Alarm) or alert.state != ALARM or form is not Form.ALL:
            return Known(now)
        children = self._children(alert)
        functions = functions_of(alert, children)
        start, end = window(alert, children, now)
        errors = self.logs.latest(functions, start, min(end, now)) if functions else ()
        return Known(now, children, errors)

    def _children(self, alarm: Alarm) -> tuple[Alarm, ...]:
        if not alarm.children:
            return ()
        try:
            return self.alarms.ringing(alarm.children)
        except Exception as error:  # noqa: BLE001  # what is known without them is told
            logger().warning("the alarms behind an alarm are not known", alarm=alarm.name, reason=str(error))
            return ()
