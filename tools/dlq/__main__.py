"""`python -m tools.dlq`: what was set aside in an environment, and the way back. docs/dead-letters.md is the guide.

NAME is a dead-letter queue: submissions, triggers, jobs, control, stream, projector and so on.
"""

import argparse
import sys
from pathlib import Path

from tools import deployed
from tools.dlq import changing, looking
from tools.dlq.boxes import Box
from tools.dlq.edits import NotAnEdit
from tools.dlq.session import Session, Usage
from tools.dlq.showing import console
from tools.dlq.stopping import stoppable
from tools.environment import LOCAL_NAME, Refused, variables_file

_COMMANDS = {
    "peek": looking.peek,
    "explain": looking.explain,
    "redrive": changing.redrive,
    "purge": changing.purge,
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 if it is done, 1 if something is left or failed, 2 if it makes no sense."""
    options = _options(arguments)
    screen = console()
    try:
        with stoppable() as stop:
            place = _environment(options.env)
            session = Session(place, _box(place, options.name), place.client("sqs"), screen, stop)
            return _COMMANDS[options.command](session, options)
    except (Usage, NotAnEdit) as error:
        print(f"{error}", file=sys.stderr)
        return 2
    except (*deployed.FAILURES, OSError) as error:
        print(f"stopped: {deployed.told(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nended at once; what is still held is visible again within five minutes", file=sys.stderr)
        return 1


def _environment(name: str) -> deployed.Deployed:
    try:
        variables_file(name)
    except Refused as error:
        raise Usage(str(error)) from error
    return deployed.find(name)


def _box(place: deployed.Deployed, name: str) -> Box:
    known = place.output("dead_letters")
    if name not in known:
        raise Usage(f"{place.name} has no dead-letter queue {name!r} (there is: {', '.join(sorted(known))})")
    return Box(name=name, **known[name])


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tools.dlq", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("name", metavar="NAME", help="the dead-letter queue")
    common.add_argument("--env", default=LOCAL_NAME, metavar="ENV", help="the environment; without it, the local stack")
    _looking(commands, common)
    _changing(commands, common)
    return parser.parse_args(arguments)


def _looking(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    peek = commands.add_parser("peek", parents=[common], help="what is in there, by error code; changes nothing")
    peek.add_argument("--group", metavar="CODE", help="each message of one code")
    explain = commands.add_parser(
        "explain", parents=[common], help="what it means, who acts, whether it would work now"
    )
    explain.add_argument("--id", metavar="MESSAGE_ID", help="one message, opened")
    explain.add_argument("--show-answers", action="store_true", help="with --id: what students answered, too")
    for parser in (peek, explain):
        parser.add_argument("--most", type=_number, default=1_000, metavar="N", help="look at so many (1000)")


def _changing(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    which = argparse.ArgumentParser(add_help=False)
    which.add_argument("--code", action="append", default=[], metavar="CODE", help="only these; none for those without")
    which.add_argument("--student", default="", metavar="ID", help="only submissions of this student")
    which.add_argument("--most", type=_number, metavar="N", help="at most so many")
    which.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
    which.add_argument("--yes", action="store_true", help="do not ask")
    redrive = commands.add_parser("redrive", parents=[common, which], help="bring back what the cause is removed of")
    redrive.add_argument(
        "--edit", action="append", default=[], metavar="FIELD=TEXT", help="correct submissions; FIELD:=JSON for others"
    )
    redrive.add_argument("--edit-file", type=Path, metavar="FILE", help="the same as a JSON merge patch")
    redrive.add_argument("--one-by-one", action="store_true", help="do not leave the moving to SQS")
    purge = commands.add_parser("purge", parents=[common, which], help="delete, after a copy was written to .local/")
    purge.add_argument("--all", action="store_true", help="whatever the code")


def _number(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("a number above 0 is wanted")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
