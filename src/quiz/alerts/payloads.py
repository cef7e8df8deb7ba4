"""What comes to the alerts topic: alarms of CloudWatch, what the health check found, whatever else somebody sends."""

import re
from datetime import datetime

import msgspec
from msgspec import Struct

from quiz.alerts import described, measures
from quiz.alerts.described import Described
from quiz.alerts.fields import Fields, decoded, fields_in, items_in, text_in, time_in
from quiz.alerts.measures import Measure
from quiz.operations.findings import Health

ALARM, OK, NO_DATA = "ALARM", "OK", "INSUFFICIENT_DATA"

_ARN = re.compile(r"arn:([\w-]+):cloudwatch:([\w-]+):(\d*):alarm:(.+)")
# In the midst of a text a name ends at a blank.
_MENTIONED = re.compile(r"arn:[\w-]+:cloudwatch:[\w-]+:\d*:alarm:(\S+)")
_REFERENCE = re.compile(r"\bALARM\s*\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s()\"']+))\s*\)")
# Those that tell which function a metric is of.
_FUNCTION_DIMENSIONS = ("FunctionName", "service")
_LONGEST_RULE = 10_240
_MOST_CHILDREN = 100


class Alarm(Struct, frozen=True):
    """An alarm, as a notification tells of its change or CloudWatch of its state; composite ones measure nothing."""

    name: str
    state: str
    old_state: str = ""
    changed_at: datetime | None = None
    reason: str = ""
    reason_data: str = ""
    partition: str = ""
    region: str = ""
    account: str = ""
    described: Described = Described()
    measure: Measure | None = None
    children: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """What it saw, in words; nothing for a composite one."""
        return measures.in_words(self.measure, self.reason, self.reason_data) if self.measure else ""


class Other(Struct, frozen=True):
    """What nobody here knows the form of."""

    text: str


Alert = Alarm | Health | Other


def read(text: str) -> Alert:
    """What the text of a notification says; never fails."""
    fields = decoded(text)
    if text_in(fields, "AlarmName") and text_in(fields, "NewStateValue") in (ALARM, OK, NO_DATA):
        return _alarm(fields)
    try:
        return msgspec.json.decode(text, type=Health)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return Other(text)


def read_described(fields: Fields) -> Alarm:
    """A metric alarm as DescribeAlarms tells of it."""
    return _alarm(
        {
            **fields,
            "NewStateValue": text_in(fields, "StateValue"),
            "NewStateReason": text_in(fields, "StateReason"),
            "NewStateReasonData": text_in(fields, "StateReasonData"),
            "Trigger": fields,
        }
    )


def _alarm(fields: Fields) -> Alarm:
    trigger = fields_in(fields, "Trigger")
    measured = bool(text_in(trigger, "MetricName") or items_in(trigger, "Metrics"))
    reason = text_in(fields, "NewStateReason")
    partition, region, account = _place(text_in(fields, "AlarmArn"))
    parts = described.read(text_in(fields, "AlarmDescription"))
    return Alarm(
        name=text_in(fields, "AlarmName"),
        state=text_in(fields, "NewStateValue"),
        old_state=text_in(fields, "OldStateValue"),
        changed_at=time_in(text_in(fields, "StateChangeTime")),
        reason=reason,
        reason_data=text_in(fields, "NewStateReasonData"),
        partition=partition,
        region=region,
        account=account or text_in(fields, "AWSAccountId"),
        described=parts,
        measure=measures.read(trigger) if measured else None,
        children=() if measured else _children(fields, reason),
        functions=described.functions([*parts.functions, *_functions(trigger)]),
    )


def _place(arn: str) -> tuple[str, str, str]:
    """Partition, region and account. The field Region is for people: "EU (Ireland)"."""
    match = _ARN.fullmatch(arn)
    return (match[1], match[2], match[3]) if match else ("", "", "")


def _children(fields: Fields, reason: str) -> tuple[str, ...]:
    """Names of the alarms behind a composite one: those that set it off, or all of its rule."""
    triggering = [
        text_in(child, "Arn")
        for child in items_in(fields, "TriggeringChildren")
        if text_in(fields_in(child, "State"), "Value") == ALARM
    ]
    of_rule = ["".join(found) for found in _REFERENCE.findall(text_in(fields, "AlarmRule")[:_LONGEST_RULE])]
    # Some senders tell neither of them, but name the one that set it off.
    referred = triggering or of_rule or _MENTIONED.findall(reason[:_LONGEST_RULE])
    return tuple(dict.fromkeys(_name_of(reference) for reference in referred if reference))[:_MOST_CHILDREN]


def _name_of(reference: str) -> str:
    """An alarm is referred to by its ARN or by its name alone."""
    match = _ARN.fullmatch(reference)
    return match[4] if match else reference


def _functions(trigger: Fields) -> list[str]:
    """Of the metric, or of all metrics of an expression."""
    stats = (fields_in(part, "MetricStat") for part in items_in(trigger, "Metrics"))
    metrics = [trigger, *(fields_in(stat, "Metric") for stat in stats)]
    dimensions = [dimension for metric in metrics for dimension in items_in(metric, "Dimensions")]
    return [
        text_in(dimension, "value", "Value")
        for dimension in dimensions
        if text_in(dimension, "name", "Name") in _FUNCTION_DIMENSIONS
    ]
