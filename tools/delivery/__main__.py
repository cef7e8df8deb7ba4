"""Tell people what a kept plan does.

python -m tools.delivery describe ENV               print it, and keep it as a report
python -m tools.delivery comment PULL_REQUEST ENV…  write each environment's report into one comment of its own
python -m tools.delivery drift ENV…                 keep one issue open for as long as an environment differs from main

The last two need GITHUB_TOKEN, GITHUB_REPOSITORY and GITHUB_API_URL, which GitHub gives to its workflows.
"""

import os
import sys
from collections.abc import Mapping

from tools.delivery import drift, reports
from tools.delivery.changes import parse
from tools.delivery.comment import body, marker
from tools.delivery.github import GitHub, GitHubRefused
from tools.environment import Refused, extra, kept, variables_file
from tools.terraform import TerraformFailed, TerraformMissing, run


def describe(name: str) -> str:
    """The kept plan in words, from what Terraform shows of it: values that are sensitive are masked by Terraform."""
    variables_file(name)
    if not kept(name).exists():
        raise Refused(f"no plan of {name} is kept; make one with: make plan ENV={name}")
    changes = parse(run(["show", "-json", str(kept(name))], extra=extra(name)))
    text = body(name, changes, run(["show", "-no-color", str(kept(name))], extra=extra(name)))
    reports.write(reports.Report(name, changes.headline, changes.lines(), text))
    return text


def comment(github: GitHub, number: int, names: list[str]) -> None:
    """One comment per environment, written over when it is there."""
    for name in names:
        github.comment(number, marker(name), reports.read_or_failed(name).body)


def report_drift(github: GitHub, names: list[str]) -> str:
    """One issue for all environments, closed once none differs."""
    found = [reports.read_or_failed(name) for name in names]
    drifted = [report for report in found if report.changes]
    github.keep_issue(drift.MARKER, drift.TITLE, drift.body(drifted) if drifted else None)
    return ", ".join(f"{report.environment}: {report.headline}" for report in found)


def _run(arguments: list[str], variables: Mapping[str, str]) -> int:
    match arguments:
        case ["describe", name]:
            print(describe(name))
        case ["comment", number, _, *_] if number.isdecimal():
            comment(GitHub.of(variables), int(number), arguments[2:])
        case ["drift", _, *_]:
            print(report_drift(GitHub.of(variables), arguments[1:]))
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


def main(arguments: list[str]) -> int:
    """Run one command; what goes wrong is one sentence."""
    try:
        return _run(arguments, os.environ)
    except (Refused, GitHubRefused, TerraformFailed, TerraformMissing) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
