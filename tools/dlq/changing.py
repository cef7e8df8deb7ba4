"""Bring letters back or clear them away: shown first, asked for, and written down."""

from argparse import Namespace
from collections import Counter
from datetime import UTC, datetime

from botocore.config import Config
from rich.markup import escape

from tools.dlq import edits, planning
from tools.dlq.boxes import count
from tools.dlq.calling import Caller
from tools.dlq.move_tasks import move_all
from tools.dlq.moving import Mover
from tools.dlq.purging import Keeper
from tools.dlq.session import Session, Usage
from tools.dlq.showing import printable
from tools.dlq.sweeping import Choice, Settling, Tally
from tools.paths import LOCAL

SUBMISSIONS = "submissions"
# Longer than any function of ours may run.
_PATIENT = Config(read_timeout=330, retries={"mode": "standard", "total_max_attempts": 2})


def redrive(session: Session, options: Namespace) -> int:
    """Bring back what is chosen: messages to their queue, failed calls and parts of streams to their function."""
    patch = edits.patch(options.edit, options.edit_file)
    if patch and session.box.name != SUBMISSIONS:
        raise Usage(f"only {SUBMISSIONS} can be corrected; of nothing else is it known what would be right")
    choice, url = _choice(options), session.box.source_url
    mover = Mover(session.sqs, url, patch) if url else None
    if options.dry_run or not options.yes:
        planned = planning.plan(session, choice, mover, deletes=False)
        if (end := planning.verdict(session, options, planned, planning.BRING_BACK)) is not None:
            return end
    with session.audited("redrive", options) as notes:
        alone = bool(mover) and choice.is_everything and not patch and not options.one_by_one
        tally = _moved_by_sqs(session) if alone else None
        notes["by"] = "SQS" if tally else "this tool"
        tally = tally or session.sweep(choice, mover or _caller(session), at_once=10 if mover else 1)
        notes |= _facts(tally)
        return _report(session, tally, "brought back")


def purge(session: Session, options: Namespace) -> int:
    """Delete what is chosen, after it is written to a file."""
    if bool(options.code) == options.all:
        raise Usage("say which: --code CODE, or --all")
    choice = _choice(options)
    if options.dry_run or not options.yes:
        planned = planning.plan(session, choice, None, deletes=True)
        if (end := planning.verdict(session, options, planned, planning.DELETE)) is not None:
            return end
    keeper = Keeper(LOCAL / f"purged-{session.box.name}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.jsonl")
    with session.audited("purge", options) as notes:
        tally = session.sweep(choice, keeper, at_once=10)
        notes |= {**_facts(tally), "kept": str(keeper.file)}
        if tally.done:
            told = f"kept in {keeper.file}; it may hold answers of students: delete it in the end"
            session.screen.print(told, markup=False)
        return _report(session, tally, "deleted")


def _choice(options: Namespace) -> Choice:
    return Choice(frozenset(options.code), options.student, options.most)


def _caller(session: Session) -> Settling:
    client = session.deployed.client
    return Caller(client("lambda", _PATIENT), client("dynamodbstreams"), client("sns"), session.box.name)


def _moved_by_sqs(session: Session) -> Tally | None:
    with session.progress(count(session.sqs, session.box.url).all) as tell:
        moved = move_all(session.sqs, session.box, session.stop, tell)
    if moved is None:
        return None
    return Tally(done=moved.done, stayed=Counter([moved.reason] if moved.reason else []), stopped=session.stop())


def _facts(tally: Tally) -> dict[str, object]:
    """What became of the letters, for the record."""
    return {name: value for name in Tally.__struct_fields__ if (value := getattr(tally, name))}


def _report(session: Session, tally: Tally, did: str) -> int:
    """Say how it went; 1 if something is left of what was asked for."""
    left = f", {tally.not_chosen} left alone" if tally.not_chosen else ""
    session.screen.print(f"[{'green' if tally.is_clean else 'yellow'}]{did}: {tally.done}[/]{left}")
    for reason, number in tally.stayed.most_common():
        session.screen.print(f"[yellow]stayed:[/] {number}, {escape(printable(reason))}")
    for code, number in tally.came_back.most_common():
        session.screen.print(f"[yellow]failed again at once:[/] {number}, {escape(code)}")
    if tally.not_deleted:
        session.screen.print(
            f"[yellow]{did}, but still in the box:[/] {tally.not_deleted}; the same once more does no harm"
        )
    if tally.unseen:
        session.screen.print(
            f"[yellow]not seen:[/] about {tally.unseen}; they are in somebody's hands for up to five minutes, or stand "
            "behind others of the same student"
        )
    if tally.stopped:
        session.screen.print("[yellow]stopped before the end[/]; the same command goes on from here")
    return 0 if tally.is_clean else 1
