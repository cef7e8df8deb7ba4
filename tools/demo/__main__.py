"""Post a class of submissions, take quizzes, play one live and practise one on the local stack: what became of it."""

import secrets
import sys

from rich.console import Console
from rich.table import Table

from tools.demo import live, practice, submissions
from tools.demo.live_check import Check
from tools.demo.quizzes import QuizFailed, Taken, take
from tools.live.connection import Lost, Refused
from tools.live.truth import Unreadable
from tools.stack import bank, outputs

_FAILURES = (
    submissions.DemoFailed,
    QuizFailed,
    live.LiveFailed,
    practice.PracticeFailed,
    Lost,
    Refused,
    Unreadable,
    TimeoutError,
    outputs.StackDown,
)
_console = Console(highlight=False)


def main() -> int:
    """Run the demo on the stack that is up."""
    try:
        known, questions = outputs.read(), bank.read()
        run = f"demo-{secrets.token_hex(3)}"
        lost = submissions.play(known, questions, run, _console)
        _show_quizzes(take(known, questions.by_id(), run))
        checked = live.play(known, questions.by_id(), run, _console)
        practised = practice.play(known, questions.by_id(), run, _console)
    except _FAILURES as error:
        _console.print(f"[red]{error or type(error).__name__}[/]", soft_wrap=True)
        return 1
    _show_check(checked)
    _show_counts(practised)
    return 1 if lost or checked.differing or practised.differing else 0


def _show_quizzes(taken: list[Taken]) -> None:
    table = Table("student", "category", "right", "score", "percentage", title="Quizzes generated and scored over HTTP")
    for student, category, result in taken:
        right = sum(answer["correct"] for answer in result["results"])
        score = f"{result['score']} of {result['total']}"
        table.add_row(student, category, f"{right} of {len(result['results'])}", score, f"{result['percentage']} %")
    _console.print(table)


def _show_check(checked: Check) -> None:
    mark, style = ("✗", "red") if checked.differing else ("✓", "green")
    _console.print(f"[{style}]{mark} {checked.line}[/]", soft_wrap=True)
    for player in checked.differing:
        _console.print(f"[red]  {player}: {checked.of(player)}[/]", soft_wrap=True)


def _show_counts(practised: practice.Practised) -> None:
    differing = practised.differing
    mark, style = ("✗", "red") if differing else ("✓", "green")
    told = f"differ: {differing}" if differing else "counted once each"
    answers = len(practised.course.steps)
    _console.print(f"[{style}]{mark} answers of a student who practised: {answers}, {told}[/]", soft_wrap=True)


if __name__ == "__main__":
    sys.exit(main())
