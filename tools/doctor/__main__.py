"""`python -m tools.doctor ENV`: how an environment does, on one page, and what to look at first.

It only looks, and takes less than twenty seconds.
"""

import argparse
import sys

import msgspec

from tools import deployed
from tools.dlq.showing import console
from tools.doctor import page
from tools.doctor.examining import examine
from tools.environment import LOCAL_NAME, Refused, variables_file


def main(arguments: list[str] | None = None) -> int:
    """Examine it; 0 if all is well, 1 if not, 2 for an environment that nobody knows."""
    options = _options(arguments)
    try:
        variables_file(options.environment)
    except Refused as error:
        print(error, file=sys.stderr)
        return 2
    try:
        report = examine(deployed.find(options.environment))
    except deployed.FAILURES as error:
        print(f"stopped: {deployed.told(error)}", file=sys.stderr)
        return 1
    if options.json:
        told = {**msgspec.to_builtins(report), "well": not report.problems, "problems": report.problems}
        print(msgspec.json.format(msgspec.json.encode(told), indent=2).decode())
    else:
        page.show(console(), report)
    return 1 if report.problems else 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tools.doctor", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("environment", nargs="?", default=LOCAL_NAME, metavar="ENV", help="local, if none is named")
    parser.add_argument("--json", action="store_true", help="for machines")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
