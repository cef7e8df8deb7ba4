"""Whether what has to happen by itself does: schedules, and the rules of the bus."""

from collections.abc import Iterator
from typing import Any

from tools.doctor.clinic import Clinic
from tools.doctor.report import Area, Problem, Urgency, runbook, some_of

_PAGES = {"inspections": "health-silent", "sessions": "schedules-dropped"}


def schedules(clinic: Clinic) -> Area:
    """Those that are off may be meant to be: a person decides."""
    found = list(_schedules(clinic))
    rules = _rules(clinic)
    problems = [
        Problem(
            Urgency.SCHEDULE,
            f"the schedule {one['Name']} is off",
            f"aws scheduler get-schedule --group-name {one['GroupName']} --name {one['Name']}",
            runbook(_PAGES.get(one["GroupName"].rsplit("-", 1)[-1], "")),
        )
        for one in found
        if one["State"] != "ENABLED"
    ]
    problems += [
        Problem(
            Urgency.SCHEDULE,
            f"the rule {rule['Name']} is off",
            f"aws events enable-rule --event-bus-name {clinic.deployed.prefix} --name {rule['Name']}",
            runbook("control-failing"),
        )
        for rule in rules
        if rule["State"] == "DISABLED"
    ]
    summary = f"{some_of(len(found), 'schedule')} and {some_of(len(rules), 'rule')}" + ("" if problems else ", all on")
    facts = {one["Name"]: one["State"] for one in [*found, *rules]}
    return Area("schedules", summary, tuple(problems), facts)


def _schedules(clinic: Clinic) -> Iterator[Any]:
    client = clinic.clients["scheduler"]
    for groups in client.get_paginator("list_schedule_groups").paginate(NamePrefix=f"{clinic.deployed.prefix}-"):
        for group in groups["ScheduleGroups"]:
            for page in client.get_paginator("list_schedules").paginate(GroupName=group["Name"]):
                yield from page["Schedules"]


def _rules(clinic: Clinic) -> list[Any]:
    pages = clinic.clients["events"].get_paginator("list_rules").paginate(EventBusName=clinic.deployed.prefix)
    return [rule for page in pages for rule in page["Rules"]]
