"""Look into a box without changing it."""

from argparse import Namespace

from tools.dlq import explaining, showing
from tools.dlq.changing import SUBMISSIONS
from tools.dlq.session import Session, Usage
from tools.dlq.survey import survey
from tools.dlq.verdicts import Judge


def peek(session: Session, options: Namespace) -> int:
    """What is in there, by code; or each letter of one code."""
    seen = survey(session.sqs, session.box, options.most, session.stop)
    if options.group is None:
        showing.overview(session.screen, session.deployed.name, seen)
        return 0
    groups = [group for group in seen.groups if group.code == options.group]
    if not groups:
        raise Usage(f"no letter has the code {options.group} (there is: {', '.join(g.code for g in seen.groups)})")
    for group in groups:
        showing.members(session.screen, group)
    return 0


def explain(session: Session, options: Namespace) -> int:
    """What the letters mean; or one of them, opened."""
    seen = survey(session.sqs, session.box, options.most, session.stop)
    judge = Judge.of(session.deployed).verdict if session.box.name == SUBMISSIONS else None
    if options.id is None:
        if not seen.letters:
            showing.overview(session.screen, session.deployed.name, seen)
        explaining.groups(session.screen, session.deployed.name, seen, judge)
        return 0
    found = [letter for letter in seen.letters if letter.message_id == options.id]
    if not found:
        raise Usage(f"no letter {options.id} among the {len(seen.letters)} that were seen of about {seen.counts.all}")
    explaining.one(session.screen, session.box.name, found[0], judge, options.show_answers)
    return 0
