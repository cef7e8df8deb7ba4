"""What a command would do, shown before it does it."""

import sys
from argparse import Namespace
from collections import Counter

from msgspec import Struct
from rich.markup import escape

from tools.dlq.letters import Kind, Letter
from tools.dlq.meanings import OUTDATED
from tools.dlq.moving import Mover
from tools.dlq.session import Session, Usage
from tools.dlq.showing import printable
from tools.dlq.stopping import impatient
from tools.dlq.survey import Survey, survey
from tools.dlq.sweeping import Choice

BRING_BACK, DELETE = "bring back", "delete"

# More are done, but not all of them shown before.
_MOST_SEEN = 1_000


class Plan(Struct, frozen=True):
    """The letters that are meant, and why some of them would stay."""

    seen: Survey
    chosen: tuple[Letter, ...]
    staying: dict[str, str]


def plan(session: Session, choice: Choice, mover: Mover | None, *, deletes: bool) -> Plan:
    """Look, and put everything back."""
    seen = survey(session.sqs, session.box, _MOST_SEEN, session.stop)
    chosen = [letter for letter in seen.letters if choice.takes(letter)][: choice.most]
    staying = mover.prepare(chosen)[1] if mover else {}
    if not deletes:
        staying |= {each.message_id: "nobody knows where it belongs" for each in chosen if each.kind is Kind.UNKNOWN}
    return Plan(seen, tuple(chosen), staying)


def show(session: Session, planned: Plan, does: str) -> None:
    """Say what would happen, with the reasons."""
    if does == BRING_BACK and session.box.name in OUTDATED:
        session.screen.print(f"[yellow]think twice:[/] {OUTDATED[session.box.name]}")
    going = [letter for letter in planned.chosen if letter.message_id not in planned.staying]
    codes = Counter(letter.code for letter in going)
    of = ", ".join(f"{number} {code}" for code, number in codes.most_common())
    seen = f"{len(planned.seen.letters)} seen of about {max(planned.seen.counts.all, len(planned.seen.letters))}"
    session.screen.print(f"would {does}: {len(going)}{f' ({escape(of)})' if of else ''} of {seen}")
    for reason, number in Counter(planned.staying.values()).most_common():
        session.screen.print(f"[yellow]would stay:[/] {number}, {escape(printable(reason))}")


def agreed(session: Session, planned: Plan, does: str) -> bool:
    """Whether the person at the terminal wants it."""
    name = session.deployed.name
    if not sys.stdin.isatty():
        raise Usage("nobody is there to be asked: add --yes")
    try:
        with impatient():
            answer = input(f"Type {name} to {does} {len(planned.chosen) - len(planned.staying)}: ")
    except EOFError:
        answer = ""
    if answer != name:
        session.screen.print("nothing was changed")
    return answer == name


def verdict(session: Session, options: Namespace, planned: Plan, does: str) -> int | None:
    """The exit code, if it ends here; None to go on."""
    show(session, planned, does)
    if planned.seen.stopped:
        return 1
    if options.dry_run or len(planned.chosen) == len(planned.staying):
        return int(bool(planned.staying))
    return None if agreed(session, planned, does) else 1
