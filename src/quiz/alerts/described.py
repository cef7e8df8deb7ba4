"""What a description of an alarm says, line by line: modules/alarms writes them so."""

import re

from msgspec import Struct

_LABELLED = re.compile(r"(Why|Severity|Pillar|Runbook|Logs):[ \t]*(.*)")
# As Lambda allows them, so that nothing else gets into a query or the name of a log group.
_FUNCTION = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MOST_FUNCTIONS = 10


class Described(Struct, frozen=True):
    """The parts of a description; what it does not say is empty."""

    summary: str = ""
    why: str = ""
    severity: str = ""
    pillar: str = ""
    runbook: str = ""
    functions: tuple[str, ...] = ()

    @property
    def pages(self) -> bool:
        """Whether the alarm wakes a person."""
        return self.severity == "page"


def read(description: str) -> Described:
    """Take a description apart; lines without a label are its summary."""
    labelled: dict[str, str] = {}
    summary: list[str] = []
    for line in description.splitlines():
        if match := _LABELLED.fullmatch(line.strip()):
            labelled.setdefault(match[1], match[2].strip())
        elif line.strip():
            summary.append(line.strip())
    return Described(
        summary=" ".join(summary),
        why=labelled.get("Why", ""),
        severity=labelled.get("Severity", "").lower(),
        pillar=labelled.get("Pillar", "").lower(),
        runbook=labelled.get("Runbook", ""),
        functions=functions(labelled.get("Logs", "").split(",")),
    )


def functions(names: list[str]) -> tuple[str, ...]:
    """Those that can be names of functions, each once."""
    good = dict.fromkeys(name.strip() for name in names if _FUNCTION.fullmatch(name.strip()))
    return tuple(good)[:_MOST_FUNCTIONS]
