"""Whether the tables answer, and could be restored."""

from collections.abc import Iterable
from typing import Any

from tools.doctor.clinic import Clinic, side_by_side
from tools.doctor.report import Area, Problem, Urgency, runbook

_AT_WORK = ("ACTIVE", "UPDATING")


def tables(clinic: Clinic) -> Area:
    """Each of them."""
    known = clinic.deployed.output("tables")
    answers = side_by_side(lambda name: _look(clinic, name), known.values())
    problems: list[Problem] = []
    told: dict[str, Any] = {}
    for short, answer in zip(known, answers, strict=True):
        if not isinstance(answer, dict):
            page = runbook("table-failing")
            problems.append(Problem(Urgency.TABLE, f"{short} cannot be looked at: {answer}", runbook=page))
            continue
        told[short] = answer
        problems += _judged(short, known[short], answer)
    restorable = sum(table["restorable"] for table in told.values())
    summary = f"{len(told)} of {len(known)} there, {restorable or 'none'} restorable to any second"
    return Area("tables", summary, tuple(problems), told)


def _look(clinic: Clinic, name: str) -> dict[str, Any]:
    client = clinic.clients["dynamodb"]
    table = client.describe_table(TableName=name)["Table"]
    backups = client.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    recovery = backups.get("PointInTimeRecoveryDescription", {}).get("PointInTimeRecoveryStatus")
    return {
        "state": table["TableStatus"],
        "indexes": {index["IndexName"]: index["IndexStatus"] for index in table.get("GlobalSecondaryIndexes", [])},
        "protected": table.get("DeletionProtectionEnabled", False),
        "restorable": recovery == "ENABLED",
    }


def _judged(short: str, name: str, table: dict[str, Any]) -> Iterable[Problem]:
    look, page = f"aws dynamodb describe-table --table-name {name}", runbook("table-failing")
    if table["state"] not in _AT_WORK:
        yield Problem(Urgency.TABLE, f"{short} is {table['state']}", look, page)
    for index, state in table["indexes"].items():
        if state not in _AT_WORK:
            yield Problem(Urgency.TABLE, f"the index {index} of {short} is {state}", look, page)
    # Where tables may be deleted, nobody wants them back either.
    if table["protected"] and not table["restorable"]:
        mending = (
            f"aws dynamodb update-continuous-backups --table-name {name} "
            "--point-in-time-recovery-specification PointInTimeRecoveryEnabled=true"
        )
        yield Problem(Urgency.SCHEDULE, f"{short} could not be restored: no recovery to a point in time", mending)
