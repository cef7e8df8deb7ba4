"""`python -m tools.release COMMAND ENV`: release to a share first, watch, go back. docs/releases.md is the guide."""

import argparse
import sys
import time

from tools import deployed, environment
from tools.deployed import Deployed
from tools.dlq.stopping import stoppable
from tools.environment import Refused
from tools.package import PackageError
from tools.release.alarms import Alarms
from tools.release.aliases import Aliases, Overtaken
from tools.release.going_back import back
from tools.release.planning import plan
from tools.release.pruning import prune
from tools.release.watching import End, Watch

_SHARE_PERCENT = 10
# The alarm looks at two of three times five minutes, and a minute passes before CloudWatch has counted.
_MINUTES = 20
_KEEP = 10
_SECONDS_BETWEEN_LOOKS = 15


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 if all is well, 1 if the release was taken back or something failed."""
    options = _options(arguments)
    try:
        return _run(options)
    except Overtaken as error:
        print(f"stopped: somebody else changed {error} a moment ago; look, and do it again", file=sys.stderr)
    except (*deployed.FAILURES, PackageError) as error:
        print(f"stopped: {deployed.told(error)}", file=sys.stderr)
    return 1


def _run(options: argparse.Namespace) -> int:
    try:
        place = deployed.find(options.environment)
    except deployed.NothingDeployed:
        if options.command != "plan":
            raise
        # Nothing serves yet beside which the newest could be tried.
        environment.plan(options.environment)
        return 0
    return _command(place, options)


def _command(place: Deployed, options: argparse.Namespace) -> int:
    if options.command == "back":
        back(place, options.functions, options.to)
        return 0
    if options.command == "prune":
        pruned = prune(place, options.keep, really=not options.dry_run)
        print(
            f"{pruned.versions} versions, {pruned.bytes / 1e6:.0f} MB {'would go' if options.dry_run else 'are gone'}"
        )
        return 0
    if options.command in ("plan", "run"):
        plan(place, options.share / 100)
    if options.command == "run":
        _agree(place.name)
        environment.deploy(place.name)
    return 0 if options.command == "plan" else _watch(place, options.minutes)


def _agree(name: str) -> None:
    if not sys.stdin.isatty() or input(f"\nType {name} to release this: ") != name:
        raise Refused("nothing was applied; the plan is kept for make deploy, and watch goes on from there")


def _watch(place: Deployed, minutes: float) -> int:
    with stoppable() as stopped:
        watch = Watch(
            aliases=Aliases(place),
            alarms=Alarms(place),
            now=time.monotonic,
            pause=lambda: time.sleep(_SECONDS_BETWEEN_LOOKS),
            stopped=stopped,
        )
        end = watch.until(minutes * 60)
    print(end.value)
    return 0 if end in (End.PROMOTED, End.NOTHING_TRIED) else 1


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.release", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    share = argparse.ArgumentParser(add_help=False)
    share.add_argument("--share", type=_percent, default=_SHARE_PERCENT, metavar="PERCENT", help="10 without it")
    minutes = argparse.ArgumentParser(add_help=False)
    minutes.add_argument("--minutes", type=float, default=_MINUTES, help="how long to watch; 20 without it")
    for command, parents, told in (
        ("run", [share, minutes], "plan, apply and watch"),
        ("plan", [share], "keep a plan that gives the newest versions a share; make deploy applies it"),
        ("watch", [minutes], "promote what is tried if no alarm goes off, else take it back"),
        ("back", [], "rollback: let what served before serve again, at once"),
        ("prune", [], "delete old versions"),
    ):
        made = commands.add_parser(command, parents=parents, help=told)
        made.add_argument("environment", metavar="ENV")
        if command == "back":
            made.add_argument("functions", nargs="*", metavar="FUNCTION", help="none: what the latest release changed")
            made.add_argument("--to", metavar="VERSION", help="this one, instead of the one before")
        if command == "prune":
            made.add_argument("--keep", type=_count, default=_KEEP, help="how many of each function; 10 without it")
            made.add_argument("--dry-run", action="store_true", help="only say what would go")
    return parser.parse_args(arguments)


def _percent(text: str) -> float:
    if not 0 < float(text) < 100:
        raise argparse.ArgumentTypeError("a share is more than 0 and less than 100 percent")
    return float(text)


def _count(text: str) -> int:
    if int(text) < 1:
        raise argparse.ArgumentTypeError("keep at least one")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
