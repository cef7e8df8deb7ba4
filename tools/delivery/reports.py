"""Reports of plans, handed from the job that may read AWS to the one that may write to people."""

import msgspec

from tools.delivery.comment import failed
from tools.paths import LOCAL


class Report(msgspec.Struct, frozen=True):
    """A plan in words."""

    environment: str
    headline: str
    changes: list[str]
    body: str


def write(report: Report) -> None:
    """Keep a report for whoever tells of it."""
    path = LOCAL / "reports" / f"{report.environment}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.encode(report))


def read_or_failed(environment: str) -> Report:
    """The report of an environment; one that is missing says that there was no plan, which is worth telling too."""
    try:
        kept = (LOCAL / "reports" / f"{environment}.json").read_bytes()
    except FileNotFoundError:
        told = "could not be planned"
        return Report(environment, told, [f"{told}; the log of the run says why"], failed(environment))
    return msgspec.json.decode(kept, type=Report)
