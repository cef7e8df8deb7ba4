"""The page, for people."""

from rich.console import Console
from rich.markup import escape

from tools.dlq.showing import printable
from tools.doctor.report import Area, Problem, Report


def show(screen: Console, report: Report) -> None:
    """What to look at first, then a line for each area with what is wrong below it."""
    problems = report.problems
    screen.print(f"[bold]{escape(report.environment)}[/]  [dim]{report.checked_at}, looked at in {report.seconds} s[/]")
    if problems:
        more = f", and {len(problems) - 1} more below" if len(problems) > 1 else ""
        screen.print(f"\n[bold red]Look at this first[/]{more}:")
        _problem(screen, problems[0])
    screen.print()
    width = max(len(area.name) for area in report.areas)
    for area in report.areas:
        _area(screen, area, width)
    if not problems:
        screen.print("\n[green]All is well.[/]")


def _area(screen: Console, area: Area, width: int) -> None:
    screen.print(f"{_sign(area)} {escape(area.name):<{width}}  {escape(printable(area.summary))}")
    for problem in sorted(area.problems, key=lambda problem: problem.urgency):
        _problem(screen, problem)


def _problem(screen: Console, problem: Problem) -> None:
    colour = "yellow" if problem.is_mild else "red"
    screen.print(f"    [{colour}]{escape(printable(problem.what))}[/]")
    for told in (problem.command, problem.runbook):
        if told:
            screen.print(f"      [dim]{escape(told)}[/]")


def _sign(area: Area) -> str:
    if not area.problems:
        return "[green]✓[/]"
    return "[yellow]![/]" if all(problem.is_mild for problem in area.problems) else "[red]✗[/]"
