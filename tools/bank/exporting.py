"""Export the bank to a file."""

from argparse import Namespace
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import track

from quiz.errors import BrokenQuiz
from quiz.questions import Question
from tools.bank.bank_table import BankTable
from tools.bank.formats import format_of
from tools.bank.store import read_question


def export_file(table: BankTable, options: Namespace, console: Console) -> bool:
    """Write the bank's questions to the file; returns whether every stored question is one."""
    target = format_of(options.file, options.format)
    questions: list[Question] = []
    broken = 0
    for page in track(
        table.all(options.category), "reading", console=console, transient=True, disable=not console.is_terminal
    ):
        for item in page:
            try:
                questions.append(read_question(item))
            except BrokenQuiz as error:
                broken += 1
                console.print(f"[yellow]{escape(item['question_id']['S'])}[/] not exported: {escape(str(error))}")
    # The same bank gives the same file, which version control then compares.
    questions.sort(key=lambda question: (question.category, question.question_id))
    _write_whole(options.file, target.write(questions).encode(target.encoding))
    console.print(f"exported {len(questions)} to {escape(options.file.name)}, refused {broken}")
    return not broken


def _write_whole(file: Path, data: bytes) -> None:
    """Replace the file at once: a crash leaves the old one."""
    partial = file.with_name(f"{file.name}.partial")
    partial.write_bytes(data)
    partial.rename(file)
