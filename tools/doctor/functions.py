"""Functions and the mappings that call them."""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from tools.doctor.clinic import Clinic, side_by_side
from tools.doctor.report import Area, Problem, Urgency, runbook

# AWS says no more than OK; the emulator adds how much there was.
_HEALTHY_RESULTS = ("OK", "No records processed")


class Seen(Struct, frozen=True):
    """A function as Lambda tells of it: the version that serves, the newest code, and its reserved concurrency."""

    name: str
    live: dict[str, Any]
    newest: dict[str, Any]
    reserved: int | None


def functions(clinic: Clinic) -> Area:
    """Whether each could run now, and which version would."""
    known = clinic.functions
    answers = side_by_side(lambda name: _look(clinic, name), known.values())
    problems: list[Problem] = []
    told = {}
    ready = 0
    for short, answer in zip(known, answers, strict=True):
        if not isinstance(answer, Seen):
            problems.append(Problem(Urgency.FUNCTION, f"{short} cannot be looked at: {answer}"))
            continue
        found = list(_judged(clinic, short, answer))
        ready += not any(problem.urgency is Urgency.FUNCTION for problem in found)
        problems += found
        told[short] = {"version": answer.live.get("Version"), "reserved": answer.reserved}
    return Area("functions", f"{ready} of {len(known)} ready", tuple(problems), told)


def mappings(clinic: Clinic) -> Area:
    """Whether queues and streams call their functions, and how that went the last time."""
    names = {name: short for short, name in clinic.functions.items()}
    pages = clinic.clients["lambda"].get_paginator("list_event_source_mappings").paginate()
    found = [
        (names[function], mapping)
        for page in pages
        for mapping in page["EventSourceMappings"]
        if (function := mapping["FunctionArn"].split(":")[6]) in names
    ]
    problems = [problem for short, mapping in found for problem in _mapped(short, mapping)]
    if not found:
        problems.append(Problem(Urgency.MAPPING, "nothing calls any function: no event source mapping is there"))
    facts = {f"{_source(mapping)} to {short}": mapping["State"] for short, mapping in found}
    return Area("mappings", f"{len(found) - len(problems)} of {len(found)} at work", tuple(problems), facts)


def _look(clinic: Clinic, name: str) -> Seen:
    client = clinic.clients["lambda"]
    return Seen(
        name=name,
        live=client.get_function_configuration(FunctionName=name, Qualifier="live"),
        newest=client.get_function_configuration(FunctionName=name),
        reserved=client.get_function_concurrency(FunctionName=name).get("ReservedConcurrentExecutions"),
    )


def _judged(clinic: Clinic, short: str, seen: Seen) -> Iterable[Problem]:
    look = f"aws lambda get-function-configuration --function-name {seen.name} --qualifier live"
    page = runbook("function-errors")
    state, update = seen.live.get("State", "Active"), seen.live.get("LastUpdateStatus", "Successful")
    if seen.reserved == 0:
        restore = f"make plan ENV={clinic.name}  # shows what it should be; make deploy restores it"
        yield Problem(
            Urgency.FUNCTION, f"{short} is turned off: 0 may run at once", restore, runbook("function-throttled")
        )
    if state != "Active":
        reason = seen.live.get("StateReason", "")
        urgency = Urgency.FUNCTION if state == "Failed" else Urgency.ODD
        yield Problem(urgency, f"{short} is {state}{f': {reason}' if reason else ''}", look, page)
    if update != "Successful":
        reason = seen.live.get("LastUpdateStatusReason", "")
        urgency = Urgency.FUNCTION if update == "Failed" else Urgency.ODD
        yield Problem(urgency, f"the last update of {short} is {update}: {reason}".rstrip(": "), look, page)
    if seen.live.get("CodeSha256") != seen.newest.get("CodeSha256"):
        told = (
            f"{short} serves version {seen.live.get('Version')}, and newer code is there: rolled back, or half deployed"
        )
        yield Problem(Urgency.ODD, told, f"aws lambda list-versions-by-function --function-name {seen.name}")


def _mapped(short: str, mapping: Any) -> Iterable[Problem]:
    source, state = _source(mapping), mapping.get("State", "")
    page = runbook(f"{short}-late") or runbook(f"{source.removeprefix('the queue ')}-late")
    if state != "Enabled":
        mending = f"aws lambda update-event-source-mapping --uuid {mapping['UUID']} --enabled"
        urgency = Urgency.MAPPING if state in ("Disabled", "Disabling") else Urgency.ODD
        yield Problem(urgency, f"{source} does not call {short}: the mapping is {state}", mending, page)
    elif not (result := mapping.get("LastProcessingResult", "OK")).startswith(_HEALTHY_RESULTS):
        look = f"aws lambda get-event-source-mapping --uuid {mapping['UUID']}"
        yield Problem(Urgency.MAPPING, f"{source} has trouble calling {short}: {result}", look, page)


def _source(mapping: Any) -> str:
    """The queue, or the table whose stream it is, by the end of its name."""
    arn: str = mapping["EventSourceArn"]
    if ":table/" in arn:
        return f"the stream of {arn.split('/')[1].rsplit('-', 1)[-1]}"
    return f"the queue {arn.rsplit(':', 1)[1].removesuffix('.fifo').rsplit('-', 1)[-1]}"
