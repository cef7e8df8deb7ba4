"""Import files: read all of them, compare with the bank, then write what is new."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from quiz.errors import Rejected
from tools.bank.bank_table import MOST_READ, BankTable
from tools.bank.encodings import decode
from tools.bank.formats import format_of
from tools.bank.identity import changed
from tools.bank.plan import Plan
from tools.bank.results import Parsed, Refusal, Refused, Result


def import_files(table: BankTable, options: Namespace, console: Console) -> bool:
    """Put the files' questions into the bank; returns whether nothing was refused."""
    plan = Plan(options.replace)
    parsed = list(_parsed(plan, options))
    with _progress(console) as progress:
        plan.decide(parsed, _stored(table, sorted({question.question_id for _, (_, question) in parsed}), progress))
        if not options.dry_run:
            _write(table, plan, progress)
    for (file, line), reason in sorted(plan.refused):
        console.print(f"[yellow]{escape(file.name)}:{line}[/] not imported: {escape(reason)}")
    done = "would be " if options.dry_run else ""
    console.print(
        f"{done}imported {len(plan.new)}, {done}replaced {len(plan.replaced)}, "
        f"in the bank before {plan.unchanged}, refused {len(plan.refused)}"
    )
    return not plan.refused


def _parsed(plan: Plan, options: Namespace) -> Iterator[tuple[Path, Parsed]]:
    changes = {"category": options.category, "difficulty": options.difficulty}
    changes = {field: value for field, value in changes.items() if value is not None}
    for file in options.files:
        for result in _read(file, options.format):
            if isinstance(result, Refused):
                plan.refuse(file, result)
            else:
                yield file, result._replace(question=changed(result.question, **changes)) if changes else result


def _read(file: Path, format_name: str | None) -> list[Result]:
    try:
        return format_of(file, format_name).read(decode(file.read_bytes()))
    except (OSError, Refusal) as error:
        # The other files are none the worse for it.
        return [Refused(1, str(error))]


def _stored(table: BankTable, ids: list[str], progress: Progress) -> dict[str, dict[str, Any]]:
    task = progress.add_task("looking up", total=len(ids))
    stored = {}
    for found in table.read(ids):
        stored.update({item["question_id"]["S"]: item for item in found})
        progress.advance(task, MOST_READ)
    progress.update(task, completed=len(ids))
    return stored


def _write(table: BankTable, plan: Plan, progress: Progress) -> None:
    task = progress.add_task("writing", total=len(plan.new) + len(plan.replaced))
    for written in table.write(plan.new):
        progress.advance(task, written)
    for source, question in list(plan.replaced):
        try:
            table.replace(question)
        except Rejected as error:
            plan.replaced.remove((source, question))
            plan.refused.append((source, f"changed meanwhile: {error}"))
        progress.advance(task)


def _progress(console: Console) -> Progress:
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
