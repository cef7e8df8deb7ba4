"""The issue that says which environments differ from main."""

from collections.abc import Sequence

from tools.delivery.reports import Report

MARKER = "<!-- drift -->"
TITLE = "Environments differ from main"

_MEANING = """\
Last night's plans found changes to make. Either somebody changed something by hand, or what was merged is not applied
yet: the workflow Apply tells. What was changed by hand is written into the configuration, or undone by applying it.
`make plan ENV=…` shows a plan in full. This issue is kept up to date and closes by itself."""


def body(drifted: Sequence[Report]) -> str:
    """A section per environment, with one line for each change."""
    sections = [MARKER, _MEANING]
    for report in drifted:
        lines = "\n".join(f"- {line}" for line in report.changes)
        sections.append(f"### {report.environment}: {report.headline}\n\n{lines}")
    return "\n\n".join(sections) + "\n"
